package dev.sluice.protocol.anthropic;

import static dev.sluice.protocol.anthropic.Messages.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.IdentityLane;
import dev.sluice.protocol.Lane;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicTapTest {
    private static final String START = event(
            "message_start",
            "{\"type\":\"message_start\", \"message\":{\"id\":\"msg_1\",\"model\":\"m\",\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}");
    private static final String BLOCK = event(
                    "content_block_start",
                    "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
            + ": comment\n\n"
            + event(
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"h\\u00e9\"}}")
            + event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
    private static final String DELTA = event(
            "message_delta",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":9}}");
    private static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private final List<StreamEvent> heard = new ArrayList<>();

    private String through(String stream) {
        StreamTap tap = Messages.CODEC
                .answers()
                .tap(
                        new EncodedRequest("", Headers.NONE, new byte[0], true, ToolNames.none(), false, List.of()),
                        Outline.NONE);
        ByteSink out = new ByteSink(16);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        new SseReader().feed(bytes, 0, bytes.length, frame -> tap.pass(frame, out, heard::add));
        tap.end(false, out, heard::add);
        return out.text();
    }

    @Test
    void a_good_stream_passes_byte_for_byte() {
        String stream = (START + BLOCK + DELTA + STOP).replace("\n", "\r\n");

        assertThat(through(stream)).isEqualTo(stream);
        assertThat(heard.stream().filter(StreamEvent::isContent)).hasSize(2); // content once, and the end
        assertThat(heard).contains(new StreamEvent.UsageReported(Usage.of(3, 1)));
        assertThat(heard.getLast()).isInstanceOf(StreamEvent.Finished.class);
    }

    @Test
    void foreign_event_types_are_left_out() {
        String foreign = event("vendor.metrics", "{\"type\":\"vendor.metrics\"}");

        assertThat(through(START + foreign + BLOCK + DELTA + STOP + foreign + BLOCK))
                .isEqualTo(START + BLOCK + DELTA + STOP);
    }

    @Test
    void a_missing_end_is_mended_once_the_answer_was_complete() {
        assertThat(through(START + BLOCK + DELTA)).isEqualTo(START + BLOCK + DELTA + STOP);
        assertThat(heard.getLast()).isInstanceOf(StreamEvent.Finished.class);
    }

    @Test
    void a_broken_stream_is_never_mended() {
        assertThat(through(START + BLOCK)).isEqualTo(START + BLOCK);
        assertThat(((StreamEvent.Failed) heard.getLast()).failure())
                .extracting(failure -> ((Failure.Upstream) failure).category())
                .isEqualTo(Failure.Category.TRUNCATED);
    }

    @Test
    void nameless_frames_get_their_name() {
        String named = START + DELTA + STOP;

        assertThat(through(named.replace("event: message_start\n", "").replace("event: message_stop\n", "")))
                .isEqualTo(named);
    }

    @Test
    void missing_counts_are_mended() {
        String out = through(event(
                        "message_start", "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"m\"}}")
                + event("message_delta", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}")
                + STOP);

        assertThat(out)
                .contains("\"usage\":{\"input_tokens\":0,\"output_tokens\":0}")
                .contains("\"usage\":{\"output_tokens\":0}");
        assertThat(heard).noneMatch(event -> event instanceof StreamEvent.UsageReported);
    }

    @Test
    void an_error_is_passed_and_judged() {
        String error = event(
                "error", "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}");

        assertThat(through(START + error + BLOCK)).isEqualTo(START + error);
        assertThat(((StreamEvent.Failed) heard.getLast()).failure().kind()).isEqualTo(Failure.Kind.RATE_LIMITED);
    }

    @Test
    void a_call_is_content_at_its_begin() {
        through(
                START
                        + event(
                                "content_block_start",
                                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}}"));

        assertThat(heard.stream().filter(StreamEvent::isContent)).hasSize(1);
    }

    @Test
    void a_whole_answer_is_read_without_its_content() {
        byte[] body =
                "{\"content\":[],\"stop_reason\":\"max_tokens\",\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}"
                        .getBytes(StandardCharsets.UTF_8);

        var tapped = Messages.ok(Messages.CODEC.answers().tap(body));
        assertThat(tapped.usage()).isEqualTo(Usage.of(3, 4));
        assertThat(tapped.finish().reason()).isEqualTo(dev.sluice.model.Finish.Reason.LENGTH);
    }

    @Test
    void a_terminal_event_does_not_become_part_of_one_that_lacks_its_blank_line() {
        StreamTap tap = Messages.CODEC
                .answers()
                .tap(
                        new EncodedRequest("", Headers.NONE, new byte[0], true, ToolNames.none(), false, List.of()),
                        Outline.NONE);
        Lane lane = new IdentityLane(new SseReader(), tap, "text/event-stream");
        ByteSink out = new ByteSink(16);
        byte[] bytes = (START + BLOCK + DELTA.strip()).getBytes(StandardCharsets.UTF_8);
        lane.feed(bytes, 0, bytes.length, out, heard::add);
        lane.end(false, out, heard::add);

        assertThat(out.text()).isEqualTo(START + BLOCK + DELTA + STOP);
    }
}
