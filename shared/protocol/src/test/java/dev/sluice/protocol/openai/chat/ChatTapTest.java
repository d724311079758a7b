package dev.sluice.protocol.openai.chat;

import static dev.sluice.protocol.openai.chat.Chat.bytes;
import static dev.sluice.protocol.openai.chat.Chat.delta;
import static dev.sluice.protocol.openai.chat.Chat.finish;
import static dev.sluice.protocol.openai.chat.Chat.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.IdentityLane;
import dev.sluice.protocol.Lane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatTapTest {
    private static final String DONE = "data: [DONE]\n\n";
    private static final String USAGE =
            "data: {\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n";

    private final List<StreamEvent> heard = new ArrayList<>();
    private final ByteSink out = new ByteSink(64);
    private final Lane lane = new IdentityLane(Chat.CODEC.answers().frames(), new ChatTap(false), "text/event-stream");

    private String passed(String stream, boolean usageAdded) {
        ChatTap tap = new ChatTap(usageAdded);
        FrameReader frames = Chat.CODEC.answers().frames();
        out.clear();
        byte[] bytes = bytes(stream);
        frames.feed(bytes, 0, bytes.length, frame -> tap.pass(frame, out, heard::add));
        frames.end(frame -> tap.pass(frame, out, heard::add));
        tap.end(false, out, heard::add);
        return out.text();
    }

    private void feed(String stream) {
        byte[] bytes = bytes(stream);
        lane.feed(bytes, 0, bytes.length, out, heard::add);
    }

    private Failure.Category failure() {
        return ((Failure.Upstream) ((StreamEvent.Failed) heard.getLast()).failure()).category();
    }

    @Test
    void passes_every_byte_of_a_well_formed_stream() {
        String stream = ": ping\r\n\r\ndata: {\"id\":\"1\",\"choices\":[],\"prompt_filter_results\":[]}\r\n\r\n"
                + "data:{\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\u00e9\"},"
                + "\"finish_reason\":null}],\"obfuscation\":\"ab\"}\r\n\r\n"
                + USAGE + "data: [DONE]\r\n\r\n";
        assertThat(passed(stream, false)).isEqualTo(stream);
        assertThat(heard.getLast()).isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));
    }

    @Test
    void withholds_the_usage_chunk_that_only_the_gateway_asked_for() {
        String before = stream(delta("\"content\":\"x\""), finish("stop"));
        assertThat(passed(before + USAGE + DONE, true)).isEqualTo(before + DONE);
        assertThat(heard)
                .filteredOn(StreamEvent.UsageReported.class::isInstance)
                .hasSize(1);
    }

    @Test
    void keeps_usage_that_rides_on_the_finish_chunk() {
        String last = "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n";
        String stream = stream(delta("\"content\":\"x\"")) + last + DONE;
        assertThat(passed(stream, true)).isEqualTo(stream);
    }

    @Test
    void hears_content_once_and_only_when_something_is_said() {
        passed(
                stream(
                                delta("\"role\":\"assistant\",\"content\":\"\""),
                                delta("\"content\":\"x\""),
                                delta("\"content\":\"y\""),
                                finish("stop"))
                        + DONE,
                false);
        assertThat(heard.stream().filter(StreamEvent::isContent)).hasSize(2);
        assertThat(heard.get(0)).isInstanceOf(StreamEvent.Started.class);
        assertThat(heard.get(1)).isEqualTo(new StreamEvent.TextDelta(0, ""));
    }

    @Test
    void mends_a_missing_done_after_the_finish() {
        String stream = stream(delta("\"content\":\"x\""), finish("stop"));
        assertThat(passed(stream, false)).isEqualTo(stream + DONE);
    }

    @Test
    void what_is_written_behind_a_last_event_without_its_blank_line_stands_alone() {
        String stream = stream(delta("\"content\":\"x\""), finish("stop"));
        feed(stream.stripTrailing());
        lane.end(false, out, heard::add);
        assertThat(out.text()).isEqualTo(stream + DONE);
    }

    @Test
    void a_blank_line_too_many_holds_no_keep_alive_back() {
        String stream = stream(delta("\"content\":\"x\"")) + "\n";
        feed(stream);
        lane.keepAlive(out);
        assertThat(out.text()).isEqualTo(stream + ": keep-alive\n\n");
    }

    @Test
    void tells_a_cut_before_the_finish_and_writes_no_ending() {
        String stream = stream(delta("\"content\":\"x\""));
        assertThat(passed(stream, false)).isEqualTo(stream);
        assertThat(failure()).isEqualTo(Failure.Category.TRUNCATED);
    }

    @Test
    void passes_an_error_on_and_nothing_behind_it() {
        String error = "data: {\"error\":{\"message\":\"boom\",\"type\":\"server_error\"}}\n\n";
        String stream = stream(delta("\"content\":\"x\"")) + error;
        assertThat(passed(stream + DONE, false)).isEqualTo(stream);
        assertThat(heard.getLast()).isInstanceOf(StreamEvent.Failed.class);
        assertThat(heard.stream().filter(StreamEvent::isTerminal)).hasSize(1);
    }

    @Test
    void does_not_mistake_the_users_text_for_fields() {
        String stream = stream(
                        delta("\"content\":\"x\""),
                        delta("\"content\":\"{\\\"error\\\":{\\\"message\\\":1},\\\"finish_reason\\\":\\\"stop\\\"}\""),
                        finish("stop"))
                + DONE;
        assertThat(passed(stream, false)).isEqualTo(stream);
        assertThat(heard.getLast()).isInstanceOf(StreamEvent.Finished.class);
    }

    @Test
    void knows_that_calls_make_the_finish() {
        passed(
                stream(
                                delta("\"content\":\"x\""),
                                delta("\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\"}}]"),
                                finish("stop"))
                        + DONE,
                false);
        assertThat(heard.getLast()).isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
    }
}
