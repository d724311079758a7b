package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"input\":\"abc\"}|abc",
                " { \"input\" : \"a\\\"b\\\\c\\/\\u00e9\\ud83d\\ude00\" , \"x\":1}|a\"b\\c/\u00e9\ud83d\ude00",
                "{\"x\":1,\"input\":\"late\"}|late",
                "*** Begin Patch|*** Begin Patch",
                "{\"other\":1}|{\"other\":1}",
                "{\"inputs\":\"no\"}|{\"inputs\":\"no\"}",
                "{\"input\":\"cut|cut"
            })
    void every_cut_into_pieces_gives_the_same_text(String json, String text) {
        for (int size = 1; size <= json.length(); size++) {
            PropertyText property = new PropertyText("input");
            StringBuilder out = new StringBuilder();
            for (int from = 0; from < json.length(); from += size) {
                out.append(property.feed(json.substring(from, Math.min(json.length(), from + size))));
            }
            assertThat(out.append(property.end()).toString()).isEqualTo(text);
        }
    }
}
