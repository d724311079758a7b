package dev.sluice.protocol.openai.chat;

import static dev.sluice.protocol.openai.chat.Chat.delta;
import static dev.sluice.protocol.openai.chat.Chat.events;
import static dev.sluice.protocol.openai.chat.Chat.finish;
import static dev.sluice.protocol.openai.chat.Chat.said;
import static dev.sluice.protocol.openai.chat.Chat.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.BlockClosed;
import dev.sluice.model.StreamEvent.BlockOpened;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkDecoderTest {
    private static final String DONE = "data: [DONE]\n\n";

    private static String call(String fields) {
        return delta("\"tool_calls\":[{" + fields + "}]");
    }

    private static List<String> callIds(List<StreamEvent> events) {
        return events.stream()
                .filter(event -> event instanceof BlockOpened(int _, Opening.ToolCall _))
                .map(event -> ((Opening.ToolCall) ((BlockOpened) event).opening()).id())
                .toList();
    }

    private static Finish.Reason reason(List<StreamEvent> events) {
        return ((StreamEvent.Finished) events.getLast()).finish().reason();
    }

    private static Failure failure(List<StreamEvent> events) {
        return ((StreamEvent.Failed) events.getLast()).failure();
    }

    @Test
    void keeps_text_whole_and_ends_with_the_finish() {
        List<StreamEvent> events = events(stream(
                        delta("\"role\":\"assistant\",\"content\":\"\""),
                        delta("\"content\":\"Hel\""),
                        delta("\"content\":\"lo\""),
                        finish("stop"))
                + DONE);
        assertThat(events)
                .containsExactly(
                        new StreamEvent.Started("chatcmpl-1", "up", 7),
                        new BlockOpened(0, Opening.TEXT),
                        new StreamEvent.TextDelta(0, "Hel"),
                        new StreamEvent.TextDelta(0, "lo"),
                        new BlockClosed(0),
                        new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));
    }

    @Test
    void takes_a_new_id_on_a_known_index_for_a_new_call() {
        List<StreamEvent> events = events(stream(
                        call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}"),
                        call("\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(callIds(events)).containsExactly("a", "b");
        assertThat(said(events, 0)).isEqualTo("{\"x\":1}");
        assertThat(said(events, 1)).isEqualTo("{}");
        assertThat(events.indexOf(new BlockClosed(0))).isLessThan(events.indexOf(new BlockClosed(1)));
    }

    @Test
    void takes_repeated_and_empty_ids_for_the_same_call() {
        List<StreamEvent> events = events(stream(
                        call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\"\"}"),
                        call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\":\"}"),
                        call("\"index\":0,\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":\"1}\"}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(callIds(events)).containsExactly("a");
        assertThat(said(events, 0)).isEqualTo("{\"x\":1}");
    }

    @Test
    void keeps_interleaved_calls_apart() {
        List<StreamEvent> events = events(stream(
                        call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}"),
                        call("\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}"),
                        call("\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":\"}"),
                        call("\"index\":1,\"function\":{\"arguments\":\"{\\\"b\\\":2}\"}"),
                        call("\"index\":0,\"function\":{\"arguments\":\"1}\"}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(said(events, 0)).isEqualTo("{\"a\":1}");
        assertThat(said(events, 1)).isEqualTo("{\"b\":2}");
    }

    @Test
    void tells_calls_without_index_and_id_apart_by_their_whole_arguments() {
        List<StreamEvent> events = events(stream(
                        call("\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}"),
                        call("\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}"),
                        finish("stop"))
                + DONE);
        assertThat(callIds(events)).hasSize(2).doesNotHaveDuplicates().allMatch(id -> id.matches("call_[0-9a-f]+"));
        assertThat(reason(events)).isEqualTo(Finish.Reason.TOOL_CALLS);
    }

    @Test
    void waits_for_a_name_that_comes_late() {
        List<StreamEvent> events = events(stream(
                        call("\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{\\\"x\\\"\"}"),
                        call("\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\":1}\"}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(events).contains(new BlockOpened(0, new Opening.ToolCall("a", "f", null, Tool.Kind.FUNCTION, null)));
        assertThat(said(events, 0)).isEqualTo("{\"x\":1}");
    }

    @Test
    void closes_a_whole_call_before_the_text_after_it() {
        List<StreamEvent> events = events(stream(
                        call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}"),
                        delta("\"content\":\"after\""),
                        finish("tool_calls"))
                + DONE);
        assertThat(events.indexOf(new BlockClosed(0))).isLessThan(events.indexOf(new BlockOpened(1, Opening.TEXT)));
    }

    @Test
    void ends_at_the_end_of_bytes_only_after_a_finish() {
        assertThat(reason(events(stream(delta("\"content\":\"x\""), finish("length")))))
                .isEqualTo(Finish.Reason.LENGTH);
        Failure cut = failure(events(stream(delta("\"content\":\"x\""))));
        assertThat(((Failure.Upstream) cut).category()).isEqualTo(Failure.Category.TRUNCATED);
    }

    @Test
    void takes_done_without_a_finish_for_the_end_unless_a_call_is_half() {
        assertThat(reason(events(stream(delta("\"content\":\"x\"")) + DONE))).isEqualTo(Finish.Reason.STOP);
        String half = stream(call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\"}"));
        assertThat(((Failure.Upstream) failure(events(half + DONE))).category()).isEqualTo(Failure.Category.TRUNCATED);
        assertThat(((Failure.Upstream) failure(events(DONE))).category()).isEqualTo(Failure.Category.TRUNCATED);
    }

    @Test
    void hears_usage_after_the_finish_and_nothing_else() {
        String usage = "data: {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":1000,"
                + "\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":800,\"cache_write_tokens\":100}}}\n\n";
        List<StreamEvent> events = events(
                stream(delta("\"content\":\"x\""), finish("stop"), delta("\"content\":\"late\"")) + usage + DONE);
        assertThat(said(events, 0)).isEqualTo("x");
        StreamEvent.UsageReported reported = (StreamEvent.UsageReported) events.get(events.size() - 2);
        assertThat(reported.usage().inputUncached()).isEqualTo(100);
        assertThat(reported.usage().prompt()).isEqualTo(1000);
    }

    @Test
    void tells_an_error_in_the_stream_and_nothing_after_it() {
        List<StreamEvent> events = events(stream(delta("\"content\":\"x\""))
                + "data: {\"error\":{\"message\":\"Overloaded now\",\"type\":\"server_error\",\"code\":503}}\n\n"
                + stream(finish("stop")) + DONE);
        assertThat(failure(events).message()).contains("Overloaded now");
        assertThat(events.stream().filter(StreamEvent::isTerminal)).hasSize(1);
    }

    @Test
    void takes_reasoning_once_when_two_fields_repeat_it() {
        List<StreamEvent> events = events(stream(
                        delta(
                                "\"reasoning\":\"hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]"),
                        delta("\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"S\","
                                + "\"format\":\"anthropic-claude-v1\"}]"),
                        delta("\"content\":\"A\""),
                        finish("stop"))
                + DONE);
        assertThat(said(events, 0)).isEqualTo("hm");
        assertThat(events).contains(new StreamEvent.SignatureDelta(0, new Signature(Dialect.ANTHROPIC, "S")));
        assertThat(said(events, 1)).isEqualTo("A");
    }

    @Test
    void holds_half_a_character_back() {
        List<StreamEvent> events = events(
                stream(delta("\"content\":\"a\\ud83d\""), delta("\"content\":\"\\ude00b\""), finish("stop")) + DONE);
        assertThat(events).contains(new StreamEvent.TextDelta(0, "a"), new StreamEvent.TextDelta(0, "\ud83d\ude00b"));
    }

    @Test
    void unwraps_an_emulated_custom_tool_piece_by_piece() {
        ToolNames names = ToolNames.none();
        names.put("patch", new ToolNames.Original("patch", null, Tool.Kind.CUSTOM, "input"));
        List<StreamEvent> events = events(
                stream(
                                call(
                                        "\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"patch\",\"arguments\":\"{\\\"in\"}"),
                                call("\"index\":0,\"function\":{\"arguments\":\"put\\\": \\\"a\\\\\"}"),
                                call("\"index\":0,\"function\":{\"arguments\":\"n\\\\u00e\"}"),
                                call("\"index\":0,\"function\":{\"arguments\":\"9\\\\\\\"\\\"}\"}"),
                                finish("tool_calls"))
                        + DONE,
                names);
        assertThat(said(events, 0)).isEqualTo("a\n\u00e9\"");
        assertThat(events)
                .contains(new BlockOpened(0, new Opening.ToolCall("a", "patch", null, Tool.Kind.CUSTOM, null)));
    }

    @Test
    void reads_the_deprecated_function_call_and_a_refusal() {
        List<StreamEvent> legacy = events(stream(
                        delta("\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}"),
                        delta("\"function_call\":{\"arguments\":\"{}\"}"),
                        finish("function_call"))
                + DONE);
        assertThat(said(legacy, 0)).isEqualTo("{}");
        assertThat(reason(legacy)).isEqualTo(Finish.Reason.TOOL_CALLS);
        List<StreamEvent> refusal = events(stream(delta("\"refusal\":\"No.\""), finish("stop")) + DONE);
        assertThat(refusal).contains(new BlockOpened(0, Opening.REFUSAL));
        assertThat(reason(refusal)).isEqualTo(Finish.Reason.REFUSAL);
    }

    @Test
    void cutting_at_any_byte_never_ends_clean_before_the_finish() {
        String whole = stream(
                        delta("\"content\":\"x\""),
                        call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}"),
                        finish("tool_calls"))
                + DONE;
        int finishAt = whole.indexOf("\"finish_reason\":\"tool_calls\"");
        for (int cut = 0; cut < whole.length(); cut++) {
            List<StreamEvent> events = events(whole.substring(0, cut));
            assertThat(events.stream().filter(StreamEvent::isTerminal)).hasSize(1);
            if (cut <= finishAt) {
                assertThat(events.getLast()).isInstanceOf(StreamEvent.Failed.class);
            }
        }
    }
}
