package dev.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteScanTest {
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void finds_a_word_wherever_it_stands() {
        for (int before = 0; before < 40; before++) {
            for (int after = 0; after < 20; after++) {
                byte[] bytes = ascii("a".repeat(before) + "abc." + "a".repeat(after));
                assertThat(ByteScan.indexOf(bytes, 0, bytes.length, "abc."))
                        .as("%d before, %d after", before, after)
                        .isEqualTo(before);
            }
        }
    }

    @Test
    void finds_nothing_outside_the_range() {
        byte[] bytes = ascii("abc.abc.abc.");
        assertThat(ByteScan.indexOf(bytes, 1, bytes.length, "abc.")).isEqualTo(4);
        assertThat(ByteScan.indexOf(bytes, 1, 7, "abc.")).isEqualTo(-1);
        assertThat(ByteScan.indexOf(bytes, 9, bytes.length, "abc.")).isEqualTo(-1);
        assertThat(ByteScan.indexOf(bytes, 0, 3, "abc.")).isEqualTo(-1);
    }

    /// Few different bytes, some of them neighbours in value and some with the top bit: what the word tests confuse.
    @Test
    void agrees_with_the_plain_search_on_any_bytes() {
        byte[] alphabet = {'g', 'w', 'f', 'v', 'h', (byte) ('g' | 0x80), 0};
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            int expected = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("gw");
            assertThat(ByteScan.indexOf(bytes, 0, bytes.length, "gw")).isEqualTo(expected);
        }
    }
}
