package dev.sluice.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
    @ParameterizedTest
    @CsvSource({
        "a*, a, true",
        "a*, abc, true",
        "a*, ba, false",
        "*, '', true",
        "*, anything/at all, true",
        "a*c, abc, true",
        "a*c, abcd, false",
        "a*c, ac, true",
        "m-*-fast*, m-1-fast, true",
        "m-*-fast*, m-fast, false",
        "m-*-fast*, m-1-fast-fast-2, true",
        "a*b*c, aXbXbXc, true",
        "a**c, abc, true",
        "abc, abc, true",
        "abc, abd, false",
        "'', '', true",
        "'', a, false",
    })
    void matches_wildcards(String pattern, String name, boolean matches) {
        assertThat(Wildcard.matches(pattern, name)).isEqualTo(matches);
    }
}
