package dev.sluice.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
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

    @Test
    void finds_the_session_in_the_order_of_the_headers() {
        Headers all =
                Headers.of("session-id", "5", "session_id", "4", "X-Claude-Code-Session-Id", "3", "x-session-id", "2");
        assertThat(SessionId.of(all, "body")).contains("2");
        assertThat(SessionId.of(all.without("x-session-id"), "body")).contains("3");
        assertThat(SessionId.of(Headers.of("session-id", "5", "session_id", "4"), "body"))
                .contains("4");
        assertThat(SessionId.of(Headers.of("session-id", "5"), null)).contains("5");
        assertThat(SessionId.of(Headers.of("x-session-id", "  "), " body ")).contains("body");
        assertThat(SessionId.of(Headers.NONE, "")).isEmpty();
        assertThat(SessionId.of(Headers.NONE, null)).isEmpty();
    }
}
