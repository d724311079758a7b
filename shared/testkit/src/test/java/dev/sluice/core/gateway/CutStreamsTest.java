package dev.sluice.core.gateway;

import static dev.sluice.core.gateway.Wire.BLOCK_DELTA;
import static dev.sluice.core.gateway.Wire.BLOCK_START;
import static dev.sluice.core.gateway.Wire.CHAT_STREAM_REQUEST;
import static dev.sluice.core.gateway.Wire.MESSAGES_STREAM_REQUEST;
import static dev.sluice.core.gateway.Wire.MESSAGE_DELTA;
import static dev.sluice.core.gateway.Wire.MESSAGE_START;
import static dev.sluice.core.gateway.Wire.MESSAGE_STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Usage;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an answer has used that never came to its end, where its provider counts the output.
class CutStreamsTest {
    private static final String REQUEST = MESSAGES_STREAM_REQUEST.replace("coding", "two/m");
    private static final String LONG = "It is said that \\\"four bytes\\\" are a token. ".repeat(25);
    private static final String LONG_DELTA = BLOCK_DELTA.replace("hello", LONG);

    private final GatewayFixture g = new GatewayFixture(LedgerUseTest.WITH_TOKENS);

    private void streams(Step last, String... pieces) {
        g.upstream.always(
                g.upstream.stream(List.of(new Step.Send(MESSAGE_START + BLOCK_START + String.join("", pieces)), last)));
    }

    private Usage settled() {
        return g.ledger.last().settlement().usage();
    }

    @Test
    void every_piece_that_went_through_is_a_token_at_least() {
        streams(new Step.Reset(), BLOCK_DELTA.repeat(40));

        g.messages(REQUEST);

        assertThat(settled()).isEqualTo(Usage.of(5, 40));
    }

    @Test
    void of_long_pieces_four_bytes_are_a_token_and_the_wire_around_them_is_none() {
        streams(new Step.Reset(), LONG_DELTA, LONG_DELTA);

        g.messages(REQUEST);

        assertThat(settled()).isEqualTo(Usage.of(5, 2L * (LONG.length() / 4)));
    }

    @Test
    void a_translated_stream_is_counted_by_its_text() {
        streams(new Step.Reset(), LONG_DELTA, LONG_DELTA);

        g.chat(CHAT_STREAM_REQUEST.replace("coding", "two/m"));

        assertThat(settled()).isEqualTo(Usage.of(5, 2 * LONG.replace("\\", "").length() / 4));
    }

    @Test
    void what_was_reported_counts_when_it_is_more() {
        streams(new Step.Reset(), BLOCK_DELTA, MESSAGE_DELTA.replace("\"output_tokens\":2", "\"output_tokens\":90"));

        g.messages(REQUEST);

        assertThat(settled()).isEqualTo(Usage.of(5, 90));
    }

    @Test
    void a_whole_answer_is_what_its_provider_says() {
        streams(new Step.Silence(Duration.ZERO), LONG_DELTA, MESSAGE_DELTA, MESSAGE_STOP);

        g.messages(REQUEST);

        assertThat(settled()).isEqualTo(Usage.of(5, 2));
    }

    @Test
    void a_client_that_leaves_has_used_what_it_was_sent() {
        g.upstream.always(g.upstream.stream(List.of(
                new Step.Send(MESSAGE_START + BLOCK_START + BLOCK_DELTA.repeat(30)),
                new Step.Silence(Duration.ofSeconds(1)),
                new Step.Send(BLOCK_DELTA))));

        g.gateway.handle(
                GatewayFixture.request("POST", "/v1/messages", REQUEST, "x-api-key", GatewayFixture.KEY),
                new RecordingResponse(1));

        assertThat(g.log.getLast().outcome()).isEqualTo("client-gone");
        assertThat(settled().output()).isGreaterThanOrEqualTo(30);
    }
}
