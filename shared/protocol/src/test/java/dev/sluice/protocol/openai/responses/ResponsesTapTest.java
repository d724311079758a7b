package dev.sluice.protocol.openai.responses;

import static dev.sluice.protocol.openai.responses.Responses.added;
import static dev.sluice.protocol.openai.responses.Responses.completed;
import static dev.sluice.protocol.openai.responses.Responses.created;
import static dev.sluice.protocol.openai.responses.Responses.data;
import static dev.sluice.protocol.openai.responses.Responses.done;
import static dev.sluice.protocol.openai.responses.Responses.event;
import static dev.sluice.protocol.openai.responses.Responses.json;
import static dev.sluice.protocol.openai.responses.Responses.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.IdentityLane;
import dev.sluice.protocol.Outline;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsesTapTest {
    private static final String USAGE = ",\"usage\":{\"input_tokens\":5,\"output_tokens\":2}";
    private static final String MESSAGE = "{\"type\":\"message\",\"id\":\"msg_1\",\"content\":[]}";
    private static final String DELTA =
            event("response.output_text.delta", ",\"sequence_number\": 41,\"item_id\":\"msg_1\",\"delta\":\"hello\"");

    private final List<StreamEvent> heard = new ArrayList<>();

    private String passed(String stream) {
        return passed(stream, stream.length(), false);
    }

    private String passed(String stream, int cut, boolean reset) {
        heard.clear();
        byte[] bytes = Responses.bytes(stream);
        ByteSink out = new ByteSink(64);
        IdentityLane lane = new IdentityLane(
                Responses.ANSWERS.frames(),
                Responses.ANSWERS.tap(EncodedRequest.NONE, Outline.NONE),
                "text/event-stream");
        lane.feed(bytes, 0, cut, out, heard::add);
        lane.end(reset, out, heard::add);
        return out.text();
    }

    @Test
    void a_whole_stream_passes_byte_for_byte() {
        String stream = created() + ": hi\n\n" + added(0, MESSAGE) + DELTA + completed(USAGE);

        assertThat(passed(stream)).isEqualTo(stream);
        assertThat(heard)
                .containsExactly(
                        new StreamEvent.Started("resp_1", "up", 7),
                        new StreamEvent.TextDelta(0, ""),
                        new StreamEvent.UsageReported(Usage.of(5, 2)),
                        new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));
    }

    @Test
    void a_call_is_content_from_its_begin_and_names_the_end() {
        String call =
                "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"\"}";
        passed(created() + added(0, call) + completed(USAGE));

        assertThat(heard.get(1))
                .isInstanceOfSatisfying(
                        StreamEvent.BlockOpened.class,
                        opened -> assertThat(opened.opening()).isInstanceOf(Opening.ToolCall.class));
        assertThat(heard.getLast()).isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
    }

    @Test
    void the_begin_of_a_message_is_no_content_and_its_end_is() {
        passed(created() + added(0, MESSAGE));
        assertThat(heard).noneMatch(StreamEvent::isContent);

        passed(created() + done(0, MESSAGE));
        assertThat(heard).contains(new StreamEvent.TextDelta(0, ""));
    }

    @Test
    void clients_get_no_done_and_nothing_behind_the_end() {
        String stream = created() + "data: [DONE]\n\n" + completed(USAGE);

        assertThat(passed(stream + "data: [DONE]\n\n" + DELTA)).isEqualTo(created() + completed(USAGE));
    }

    @Test
    void an_event_without_its_name_gets_it() {
        String unnamed = DELTA.substring(DELTA.indexOf("data:"));

        assertThat(passed(created() + unnamed + completed(USAGE))).isEqualTo(created() + DELTA + completed(USAGE));
    }

    @Test
    void an_event_of_a_name_that_says_nothing_is_known_by_its_type() {
        String stream = (created() + DELTA + completed(USAGE)).replaceAll("event: [a-z._]+", "event: message");

        assertThat(passed(stream)).isEqualTo(stream);
        assertThat(heard.getLast()).isInstanceOf(StreamEvent.Finished.class);
    }

    @Test
    void an_end_without_usage_gets_one() {
        Json.Obj usage =
                Responses.last(passed(created() + DELTA + completed(""))).object("usage");

        assertThat(usage).isEqualTo(UsageJson.write(Usage.NONE));
        assertThat(heard.getLast()).isInstanceOf(StreamEvent.Finished.class);
    }

    @Test
    void an_end_that_was_cut_off_is_named() {
        String incomplete = event(
                "response.incomplete",
                ",\"response\":{\"incomplete_details\":{\"reason\":\"max_output_tokens\"}" + USAGE + "}");
        assertThat(passed(created() + DELTA + incomplete)).endsWith(incomplete);
        assertThat(heard.getLast()).isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.LENGTH)));
    }

    @Test
    void a_failure_is_passed_and_heard() {
        String failed = event(
                "response.failed", ",\"response\":{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"busy\"}}");
        assertThat(passed(created() + failed)).isEqualTo(created() + failed);
        assertThat(((Failure.Upstream) ((StreamEvent.Failed) heard.getLast()).failure()).category())
                .isEqualTo(Failure.Category.RATE_LIMITED);

        String error = event("error", ",\"code\":\"server_error\",\"message\":\"boom\"");
        assertThat(passed(created() + error)).isEqualTo(created() + error);
        assertThat(((StreamEvent.Failed) heard.getLast()).failure().message()).isEqualTo("boom");
    }

    @Test
    void a_stream_without_an_end_is_truncated_and_ends_in_a_failed_response_that_counts_on() {
        List<Json.Obj> events = data(passed(created() + DELTA));

        Json.Obj last = events.getLast();
        assertThat(last.text("type")).isEqualTo("response.failed");
        assertThat(last.whole("sequence_number")).isEqualTo(42);
        assertThat(last.object("response"))
                .isEqualTo(json("{\"id\":\"resp_1\",\"model\":\"up\",\"created_at\":7,\"status\":\"failed\",\"error\":"
                        + "{\"code\":\"server_error\",\"message\":\"The provider's answer ended before it was complete.\"},"
                        + "\"usage\":null}"));
        assertThat(((Failure.Upstream) ((StreamEvent.Failed) heard.getLast()).failure()).category())
                .isEqualTo(Failure.Category.TRUNCATED);
    }

    @Test
    void a_failure_before_the_response_has_a_name_is_an_error_event() {
        assertThat(data(passed("")))
                .containsExactly(json("{\"type\":\"error\",\"sequence_number\":0,\"code\":\"server_error\",\"message\":"
                        + "\"The provider's answer ended before it was complete.\",\"param\":null}"));
    }

    @Test
    void a_stream_cut_anywhere_ends_in_one_event_that_can_be_read() {
        String stream = created() + added(0, MESSAGE) + DELTA + done(0, MESSAGE) + completed(USAGE);
        for (int cut = 0; cut < stream.length(); cut++) {
            List<String> types = types(passed(stream, cut, true));
            boolean isFinished = heard.getLast() instanceof StreamEvent.Finished;
            assertThat(types.getLast())
                    .as("cut at " + cut)
                    .isIn(isFinished ? List.of("response.completed") : List.of("response.failed", "error"));
            assertThat(types.subList(0, types.size() - 1))
                    .doesNotContain("response.completed", "response.failed", "error");
            assertThat(heard.stream().filter(StreamEvent::isTerminal)).hasSize(1);
        }
    }

    @Test
    void a_terminal_event_that_cannot_be_read_breaks_the_answer() {
        passed(created() + DELTA + "event: response.completed\ndata: {\n\n");

        assertThat(((Failure.Upstream) ((StreamEvent.Failed) heard.getLast()).failure()).category())
                .isEqualTo(Failure.Category.MALFORMED_ANSWER);
    }
}
