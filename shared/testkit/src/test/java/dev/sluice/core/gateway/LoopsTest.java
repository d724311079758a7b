package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.*;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.RecordingResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Tools that go on without end with what keeps failing: seen with a real one, whose every turn sends a longer body.
class LoopsTest {
    private final GatewayFixture g = new GatewayFixture(GatewayFixture.TWO_ACCOUNTS.replace(
            "\"version\": 1,", "\"version\": 1, \"loopBreaker\": {\"repeats\": 3},"));
    private int turns;

    /// The next turn of a conversation, with a body that was never there before.
    private RecordingResponse turn(String session, String model) {
        turns++;
        g.time.advance(Duration.ofSeconds(25));
        String body = CHAT_STREAM_REQUEST.replace("coding", model).replace("\"hi\"", "\"turn " + turns + "\"");
        return g.post(
                "/v1/chat/completions", body, "authorization", "Bearer " + GatewayFixture.KEY, "x-session-id", session);
    }

    private void breaksOff(String session, String model) {
        g.upstream.then(g.upstream.stream(CHAT_FIRST, CHAT_CONTENT));
        assertThat(turn(session, model).body()).contains("\"error\"").doesNotContain("[DONE]");
    }

    private void isWhole(String session, String model) {
        g.upstream.then(g.upstream.stream(CHAT_FIRST, CHAT_CONTENT, CHAT_FINISH, CHAT_USAGE, CHAT_DONE));
        assertThat(turn(session, model).body()).endsWith(CHAT_DONE);
    }

    private void breaksOffThreeTimes() {
        for (int i = 0; i < 3; i++) {
            breaksOff("s", "single");
        }
    }

    @Test
    void a_conversation_whose_answers_all_break_off_is_not_sent_on_for_ever() {
        breaksOffThreeTimes();

        RecordingResponse stopped = turn("s", "single");

        assertThat(stopped.status()).isEqualTo(429);
        assertThat(stopped.header("retry-after")).isEmpty();
        assertThat(stopped.header("x-should-retry")).isEqualTo("false");
        assertThat(stopped.body()).contains("More than 3 answers of this conversation broke off", "another model");
        assertThat(g.upstream.calls()).hasSize(3);
    }

    @Test
    void another_conversation_and_another_model_of_the_same_are_sent_on() {
        breaksOffThreeTimes();

        isWhole("other", "single");
        isWhole("s", "one/m");

        assertThat(turn("s", "single").status()).isEqualTo(429);
    }

    @Test
    void a_whole_answer_between_ends_the_count() {
        breaksOff("s", "single");
        breaksOff("s", "single");
        isWhole("s", "single");
        breaksOffThreeTimes();

        assertThat(turn("s", "single").status()).isEqualTo(429);
    }

    @Test
    void a_failure_before_an_answer_began_says_nothing_about_the_conversation() {
        g.upstream.always(json(400, error("invalid_request_error", "no such field")));

        for (int i = 0; i < 5; i++) {
            assertThat(turn("s", "single").status()).isEqualTo(400);
        }
    }

    @Test
    void after_a_pause_it_is_sent_on_again() {
        breaksOffThreeTimes();
        g.time.advance(Duration.ofMinutes(3));

        isWhole("s", "single");
    }
}
