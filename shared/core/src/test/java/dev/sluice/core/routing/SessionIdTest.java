package dev.sluice.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Headers;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonSpans;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
    private static Outline body(String session) {
        RequestHead head = new RequestHead("/", Map.of(), Headers.NONE);
        return new Outline(new byte[0], head, new JsonSpans(List.of()), "m", false, false, session, null, Set.of());
    }

    @Test
    void the_first_header_wins_over_the_others_and_all_over_the_body() {
        Headers all =
                Headers.of("session-id", "4", "session_id", "3", "X-Claude-Code-Session-Id", "2", "X-Session-Id", "1");
        assertThat(SessionId.of(all, body("5"))).contains("1");
        assertThat(SessionId.of(all.without("x-session-id"), body("5"))).contains("2");
        assertThat(SessionId.of(Headers.of("session-id", "4", "session_id", "3"), body("5")))
                .contains("3");
        assertThat(SessionId.of(Headers.of("session-id", "4"), body("5"))).contains("4");
        assertThat(SessionId.of(Headers.NONE, body("5"))).contains("5");
        assertThat(SessionId.of(Headers.NONE, body(null))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void a_blank_one_is_none(String blank) {
        assertThat(SessionId.of(Headers.of("x-session-id", blank), body(blank))).isEmpty();
        assertThat(SessionId.of(Headers.of("x-session-id", blank), body("s"))).contains("s");
    }

    @Test
    void one_that_is_too_long_is_none() {
        assertThat(SessionId.of(Headers.of("x-session-id", "s".repeat(512)), body(null)))
                .isPresent();
        assertThat(SessionId.of(Headers.of("x-session-id", "s".repeat(513)), body("t".repeat(513))))
                .isEmpty();
    }
}
