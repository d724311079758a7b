package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryStringTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "'' ''",
                "key=secret ''",
                "k%65y=secret&stream=true stream=true",
                "include%5B%5D=a&include[]=b&key include%5B%5D=a&include%5B%5D=b",
                "after=a|b&limit limit=&after=a%7Cb",
            })
    void a_query_goes_on_without_a_key_and_legal(String raw, String kept) {
        assertThat(QueryString.without("key", raw).split("&", -1)).containsExactlyInAnyOrder(kept.split("&", -1));
    }
}
