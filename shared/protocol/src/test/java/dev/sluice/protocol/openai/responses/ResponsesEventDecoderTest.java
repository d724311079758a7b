package dev.sluice.protocol.openai.responses;

import static dev.sluice.protocol.openai.responses.Responses.added;
import static dev.sluice.protocol.openai.responses.Responses.completed;
import static dev.sluice.protocol.openai.responses.Responses.created;
import static dev.sluice.protocol.openai.responses.Responses.done;
import static dev.sluice.protocol.openai.responses.Responses.event;
import static dev.sluice.protocol.openai.responses.Responses.events;
import static dev.sluice.protocol.openai.responses.Responses.openings;
import static dev.sluice.protocol.openai.responses.Responses.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesEventDecoderTest {
    private static final String MESSAGE = "{\"type\":\"message\",\"id\":\"msg_1\",\"content\":[]}";

    private static String textDelta(String place, String text) {
        return event("response.output_text.delta", "," + place + ",\"content_index\":0,\"delta\":\"" + text + "\"");
    }

    private static String argumentsDelta(String place, String text) {
        return event("response.function_call_arguments.delta", "," + place + ",\"delta\":" + text);
    }

    private static String call(String id, String callId, String name, String arguments) {
        return "{\"type\":\"function_call\",\"id\":\"" + id + "\",\"call_id\":\"" + callId + "\",\"name\":\"" + name
                + "\",\"arguments\":" + arguments + "}";
    }

    private static String message(String text) {
        return "{\"type\":\"message\",\"id\":\"msg_1\",\"content\":[{\"type\":\"output_text\",\"text\":\"" + text
                + "\",\"annotations\":[]}]}";
    }

    private static Finish.Reason reason(List<StreamEvent> events) {
        return ((StreamEvent.Finished) events.getLast()).finish().reason();
    }

    private static Failure.Upstream failure(List<StreamEvent> events) {
        return (Failure.Upstream) ((StreamEvent.Failed) events.getLast()).failure();
    }

    @Test
    void what_came_in_pieces_is_not_told_again_as_a_whole() {
        List<StreamEvent> events = events(created()
                + added(0, MESSAGE)
                + textDelta("\"item_id\":\"msg_1\",\"output_index\":0", "He")
                + textDelta("\"item_id\":\"msg_1\",\"output_index\":0", "llo")
                + event("response.output_text.done", ",\"item_id\":\"msg_1\",\"content_index\":0,\"text\":\"Hello\"")
                + done(0, message("Hello"))
                + completed(",\"output\":[" + message("Hello") + "]"));

        assertThat(events)
                .containsExactly(
                        new StreamEvent.Started("resp_1", "up", 7),
                        new StreamEvent.BlockOpened(0, Opening.TEXT),
                        new StreamEvent.TextDelta(0, "He"),
                        new StreamEvent.TextDelta(0, "llo"),
                        new StreamEvent.BlockClosed(0),
                        new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));
    }

    @Test
    void what_the_pieces_lack_is_told_from_the_whole() {
        List<StreamEvent> events = events(created()
                + added(0, MESSAGE)
                + textDelta("\"item_id\":\"msg_1\"", "He")
                + done(0, message("Hello"))
                + completed(""));

        assertThat(said(events, 0)).isEqualTo("Hello");
    }

    @Test
    void items_that_only_the_last_event_holds_are_told() {
        List<StreamEvent> events = events(
                created() + completed(",\"output\":[" + message("Hi") + "," + call("fc_1", "c1", "f", "\"{}\"") + "]"));

        assertThat(said(events, 0)).isEqualTo("Hi");
        assertThat(said(events, 1)).isEqualTo("{}");
        assertThat(reason(events)).isEqualTo(Finish.Reason.TOOL_CALLS);
    }

    @Test
    void pieces_find_their_item_by_its_id_where_every_place_is_0() {
        List<StreamEvent> events = events(created()
                + added(0, call("fc_1", "c1", "f", "\"\""))
                + added(0, call("fc_2", "c2", "g", "\"\""))
                + argumentsDelta("\"item_id\":\"fc_1\",\"output_index\":0", "\"1\"")
                + argumentsDelta("\"item_id\":\"fc_2\",\"output_index\":0", "\"2\"")
                + done(0, call("fc_1", "c1", "f", "\"1\""))
                + done(0, call("fc_2", "c2", "g", "\"2\""))
                + completed(""));

        assertThat(openings(events)).hasSize(2);
        assertThat(said(events, 0)).isEqualTo("1");
        assertThat(said(events, 1)).isEqualTo("2");
    }

    @Test
    void pieces_find_their_item_by_its_place_where_every_event_has_another_id() {
        List<StreamEvent> events = events(created()
                + added(0, call("a", "c1", "f", "\"\""))
                + argumentsDelta("\"item_id\":\"b\",\"output_index\":0", "\"1\"")
                + done(0, call("c", "c1", "f", "\"1\""))
                + completed(",\"output\":[" + call("d", "c1", "f", "\"1\"") + "]"));

        assertThat(openings(events)).hasSize(1);
        assertThat(said(events, 0)).isEqualTo("1");
    }

    @Test
    void the_last_event_tells_nothing_again_whatever_its_ids_and_places() {
        List<StreamEvent> events = events(created()
                + done(0, "{\"type\":\"reasoning\",\"id\":\"a\",\"summary\":[]}")
                + done(1, message("Hello"))
                + completed(",\"output\":[" + message("Hello").replace("msg_1", "b") + ","
                        + call("c", "c1", "f", "\"\"") + "]"));

        assertThat(openings(events)).hasSize(2);
        assertThat(said(events, 0)).isEqualTo("Hello");
    }

    @Test
    void items_without_ids_that_share_a_place_are_all_told() {
        List<StreamEvent> events = events(created()
                + done(0, call("", "c1", "f", "\"1\""))
                + done(0, call("", "c2", "g", "\"2\""))
                + completed(""));

        assertThat(said(events, 0)).isEqualTo("1");
        assertThat(said(events, 1)).isEqualTo("2");
    }

    @Test
    void a_message_that_was_never_begun_is_begun_by_its_first_piece() {
        List<StreamEvent> events = events(textDelta("\"output_index\":0", "a") + completed(""));

        assertThat(events).contains(new StreamEvent.TextDelta(0, "a"));
        assertThat(events.getFirst()).isEqualTo(new StreamEvent.Started("", "", 0));
    }

    @Test
    void a_call_is_named_by_its_call_id_and_has_its_namespace() {
        List<StreamEvent> events =
                events(created() + done(0, call("fc_1", "c1", "f", "{\"a\":1},\"namespace\":\"crm\"")) + completed(""));

        assertThat(openings(events)).containsExactly(new Opening.ToolCall("c1", "f", "crm", Tool.Kind.FUNCTION, null));
        assertThat(said(events, 0)).isEqualTo("{\"a\":1}");
    }

    @Test
    void a_custom_tool_call_is_free_text() {
        String begun = "{\"type\":\"custom_tool_call\",\"id\":\"ctc_1\",\"call_id\":\"c1\",\"name\":\"p\",\"input\":";
        List<StreamEvent> events = events(created()
                + added(0, begun + "\"\"}")
                + event("response.custom_tool_call_input.delta", ",\"item_id\":\"ctc_1\",\"delta\":\"*** B\"")
                + event("response.custom_tool_call_input.done", ",\"item_id\":\"ctc_1\",\"input\":\"*** Begin\"")
                + done(0, begun + "\"*** Begin\"}")
                + completed(""));

        assertThat(openings(events)).containsExactly(new Opening.ToolCall("c1", "p", null, Tool.Kind.CUSTOM, null));
        assertThat(said(events, 0)).isEqualTo("*** Begin");
    }

    @Test
    void a_function_that_stands_for_a_custom_tool_gives_its_text_with_characters_whole() {
        ToolNames names = new ToolNames(64);
        names.put("p", new ToolNames.Original("apply_patch", null, Tool.Kind.CUSTOM, "input"));
        List<StreamEvent> events = events(
                created()
                        + added(0, call("fc_1", "c1", "p", "\"\""))
                        + argumentsDelta("\"item_id\":\"fc_1\"", "\"{\\\"input\\\":\\\"a\\\\\"")
                        + argumentsDelta("\"item_id\":\"fc_1\"", "\"n\\\\ud83d\"")
                        + argumentsDelta("\"item_id\":\"fc_1\"", "\"\\\\ude00\\\"}\"")
                        + completed(""),
                names);

        assertThat(openings(events))
                .containsExactly(new Opening.ToolCall("c1", "apply_patch", null, Tool.Kind.CUSTOM, null));
        assertThat(events)
                .contains(new StreamEvent.ArgumentsDelta(0, "a"), new StreamEvent.ArgumentsDelta(0, "\n"))
                .contains(new StreamEvent.ArgumentsDelta(0, "\ud83d\ude00"));
    }

    @Test
    void a_summary_is_one_thought_and_its_proof_comes_with_its_end() {
        String place = ",\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":";
        List<StreamEvent> events = events(created()
                + added(0, "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}")
                + event("response.reasoning_summary_text.delta", place + "0,\"delta\":\"one\"")
                + event("response.reasoning_summary_text.done", place + "0,\"text\":\"one.\"")
                + event("response.reasoning_summary_text.delta", place + "1,\"delta\":\"two\"")
                + event("response.reasoning_text.delta", place + "0,\"delta\":\"not told\"")
                + done(
                        0,
                        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"encrypted_content\":\"gAAA\",\"summary\":["
                                + "{\"type\":\"summary_text\",\"text\":\"one.\"},{\"type\":\"summary_text\",\"text\":\"two\"}]}")
                + completed(""));

        assertThat(said(events, 0)).isEqualTo("one.\n\ntwo");
        assertThat(events.subList(events.size() - 3, events.size() - 1))
                .containsExactly(
                        new StreamEvent.SignatureDelta(0, new Signature(Dialect.OPENAI_RESPONSES, "gAAA")),
                        new StreamEvent.BlockClosed(0));
    }

    @Test
    void a_thought_without_words_is_encrypted_reasoning() {
        List<StreamEvent> events = events(created()
                + done(0, "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\":\"gAAA\"}")
                + done(1, "{\"type\":\"reasoning\",\"id\":\"rs_2\",\"summary\":[]}")
                + completed(""));

        Signature proof = new Signature(Dialect.OPENAI_RESPONSES, "gAAA");
        assertThat(openings(events))
                .containsExactly(new Opening.Whole(new Block.EncryptedReasoning(proof, "rs_1", Mark.NONE)));
    }

    @Test
    void the_thought_itself_is_told_where_there_is_no_summary() {
        List<StreamEvent> events = events(created()
                + added(0, "{\"type\":\"reasoning\",\"id\":\"rs_1\"}")
                + event("response.reasoning_text.delta", ",\"item_id\":\"rs_1\",\"content_index\":0,\"delta\":\"hm\"")
                + done(
                        0,
                        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"hmm\"}]}")
                + completed(""));

        assertThat(said(events, 0)).isEqualTo("hmm");
    }

    @Test
    void hosted_tools_are_told_whole_and_are_no_calls() {
        String search = "{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\"}";
        List<StreamEvent> events = events(created()
                + added(0, search)
                + event("response.web_search_call.searching", ",\"item_id\":\"ws_1\"")
                + done(0, search)
                + done(1, "{\"type\":\"image_generation_call\",\"id\":\"ig_1\",\"result\":\"AA==\"}")
                + done(2, "{\"type\":\"mcp_list_tools\",\"id\":\"mcp_1\"}")
                + completed(""));

        assertThat(openings(events))
                .satisfiesExactly(
                        opening ->
                                assertThat(((Opening.Whole) opening).block()).isInstanceOf(Block.ServerToolCall.class),
                        opening -> assertThat(((Opening.Whole) opening).block())
                                .isEqualTo(new Block.GeneratedImage("AA==", "image/png", Mark.NONE)),
                        opening -> assertThat(((Opening.Whole) opening).block()).isInstanceOf(Block.Unmodelled.class));
        assertThat(reason(events)).isEqualTo(Finish.Reason.STOP);
    }

    @Test
    void a_source_is_cited_once() {
        String source =
                "{\"type\":\"url_citation\",\"start_index\":0,\"end_index\":1,\"url\":\"https://a.test\",\"title\":\"A\"}";
        List<StreamEvent> events = events(created()
                + added(0, MESSAGE)
                + textDelta("\"item_id\":\"msg_1\"", "a")
                + event(
                        "response.output_text.annotation.added",
                        ",\"item_id\":\"msg_1\",\"content_index\":0,\"annotation\":" + source)
                + done(
                        0,
                        "{\"type\":\"message\",\"id\":\"msg_1\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":["
                                + source + "]}]}")
                + completed(""));

        assertThat(events.stream().filter(StreamEvent.CitationDelta.class::isInstance))
                .singleElement()
                .satisfies(event -> assertThat(
                                ((StreamEvent.CitationDelta) event).citation().url())
                        .isEqualTo("https://a.test"));
    }

    @Test
    void usage_is_read_from_the_last_event() {
        List<StreamEvent> events = events(
                created()
                        + completed(
                                ",\"usage\":{\"input_tokens\":100,\"input_tokens_details\":{\"cached_tokens\":60,"
                                        + "\"cache_write_tokens\":10},\"output_tokens\":20,\"output_tokens_details\":{\"reasoning_tokens\":5}}"));

        assertThat(events).contains(new StreamEvent.UsageReported(new Usage(30L, 60L, 10L, null, 20L, 5L, null, null)));
    }

    @ParameterizedTest
    @CsvSource({"max_output_tokens,LENGTH", "content_filter,CONTENT_FILTER", "something_new,LENGTH"})
    void an_incomplete_response_never_looks_whole(String reason, Finish.Reason expected) {
        List<StreamEvent> events = events(created()
                + done(0, call("fc_1", "c1", "f", "\"{\\\"a\""))
                + event(
                        "response.incomplete",
                        ",\"response\":{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"" + reason
                                + "\"}}"));

        assertThat(reason(events)).isEqualTo(expected);
    }

    @Test
    void a_refusal_is_a_block_of_its_own_kind_and_a_reason() {
        List<StreamEvent> events = events(created()
                + added(0, MESSAGE)
                + event("response.refusal.delta", ",\"item_id\":\"msg_1\",\"content_index\":0,\"delta\":\"No.\"")
                + completed(""));

        assertThat(openings(events)).containsExactly(Opening.REFUSAL);
        assertThat(reason(events)).isEqualTo(Finish.Reason.REFUSAL);
    }

    @Test
    void a_failed_response_is_judged_by_its_error() {
        String overflow = ",\"response\":{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"too much\"}}";
        assertThat(failure(events(created() + event("response.failed", overflow)))
                        .category())
                .isEqualTo(Failure.Category.CONTEXT_OVERFLOW);
        String busy = ",\"response\":{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow down\"}}";
        assertThat(failure(events(created() + event("response.failed", busy))).category())
                .isEqualTo(Failure.Category.RATE_LIMITED);
        assertThat(failure(events(created() + event("response.cancelled", ""))).category())
                .isEqualTo(Failure.Category.TEMPORARY_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"code\":\"server_error\",\"message\":\"boom\",\"param\":null",
                "\"error\":{\"type\":\"server_error\",\"code\":null,\"message\":\"boom\"}"
            })
    void an_error_event_is_read_flat_and_nested(String fields) {
        Failure.Upstream failure = failure(events(created() + event("error", "," + fields)));

        assertThat(failure.message()).isEqualTo("boom");
        assertThat(failure.category()).isEqualTo(Failure.Category.TEMPORARY_ERROR);
    }

    @Test
    void neither_done_nor_the_end_of_the_bytes_is_an_end() {
        List<StreamEvent> events = events(created() + done(0, message("Hi")) + "data: [DONE]\n\n");

        assertThat(failure(events).category()).isEqualTo(Failure.Category.TRUNCATED);
        assertThat(events.stream().filter(StreamEvent::isTerminal)).hasSize(1);
    }

    @Test
    void nothing_follows_the_end() {
        List<StreamEvent> events = events(created() + completed("") + done(0, message("late")) + event("error", ""));

        assertThat(events.stream().filter(StreamEvent::isTerminal)).hasSize(1);
        assertThat(events.getLast()).isInstanceOf(StreamEvent.Finished.class);
    }

    @Test
    void an_event_that_is_not_json_breaks_the_answer() {
        assertThat(failure(events(created() + "event: response.output_text.delta\ndata: {\n\n"))
                        .category())
                .isEqualTo(Failure.Category.MALFORMED_ANSWER);
        assertThat(failure(events(created() + event("response.completed", ""))).category())
                .isEqualTo(Failure.Category.MALFORMED_ANSWER);
    }
}
