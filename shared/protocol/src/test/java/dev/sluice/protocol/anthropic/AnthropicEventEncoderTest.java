package dev.sluice.protocol.anthropic;

import static dev.sluice.protocol.anthropic.Messages.at;
import static dev.sluice.protocol.anthropic.Messages.frames;
import static dev.sluice.protocol.anthropic.Messages.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.EventEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicEventEncoderTest {
    private static final StreamEvent STARTED = new StreamEvent.Started("chatcmpl-1", "up", 0);
    private static final StreamEvent FINISHED = new StreamEvent.Finished(Finish.of(Finish.Reason.STOP));

    private static StreamEvent call(int index, String id) {
        return new StreamEvent.BlockOpened(index, new Opening.ToolCall(id, "f", null, Tool.Kind.FUNCTION, null));
    }

    private static StreamEvent arguments(int index, String text) {
        return new StreamEvent.ArgumentsDelta(index, text);
    }

    @Test
    void nothing_is_written_before_content() {
        EventEncoder encoder = Messages.encoder();
        ByteSink out = new ByteSink(16);
        encoder.encode(STARTED, out);
        encoder.encode(new StreamEvent.UsageReported(Usage.of(5, 1)), out);
        encoder.encode(new StreamEvent.BlockOpened(0, Opening.TEXT), out);

        assertThat(out.isEmpty()).isTrue();
        encoder.keepAlive(out);
        assertThat(out.text()).isEqualTo("event: ping\ndata: {\"type\":\"ping\"}\n\n");
    }

    @Test
    void an_empty_answer_is_complete() {
        List<Json.Obj> frames = frames(STARTED, new StreamEvent.BlockOpened(0, Opening.TEXT), FINISHED);

        assertThat(types(frames)).containsExactly("message_start", "message_delta", "message_stop");
        assertThat(at(frames.getFirst(), "message.id")).isEqualTo("msg_abc123");
        assertThat(at(frames.getFirst(), "message.model")).isEqualTo("up");
        assertThat(frames.getFirst().object("message")).isNotNull();
        assertThat(at(frames.getFirst(), "message.container")).isEqualTo("null");
        assertThat(at(frames.get(1), "usage.output_tokens")).isEqualTo("0");
    }

    @Test
    void interleaved_calls_are_written_one_after_the_other() {
        List<Json.Obj> frames = frames(
                STARTED,
                call(0, "a"),
                call(1, "b"),
                arguments(1, "{\"y\""),
                arguments(0, "{\"x\":1}"),
                arguments(1, ":2}"),
                new StreamEvent.BlockClosed(1),
                new StreamEvent.BlockClosed(0),
                FINISHED);

        assertThat(types(frames))
                .containsExactly(
                        "message_start",
                        "content_block_start 0",
                        "content_block_delta 0",
                        "content_block_stop 0",
                        "content_block_start 1",
                        "content_block_delta 1",
                        "content_block_stop 1",
                        "message_delta",
                        "message_stop");
        assertThat(at(frames.get(5), "delta.partial_json")).isEqualTo("{\"y\":2}");
        assertThat(at(frames.get(7), "delta.stop_reason")).isEqualTo("tool_use");
    }

    @Test
    void what_waits_is_written_even_when_nothing_is_closed() {
        List<Json.Obj> frames = frames(
                STARTED,
                call(0, "a"),
                call(1, "b"),
                arguments(1, "{}"),
                new StreamEvent.BlockOpened(2, Opening.TEXT),
                new StreamEvent.TextDelta(2, "after"),
                FINISHED);

        assertThat(types(frames))
                .containsSubsequence(
                        "content_block_stop 0",
                        "content_block_start 1",
                        "content_block_stop 1",
                        "content_block_start 2",
                        "content_block_delta 2",
                        "content_block_stop 2",
                        "message_delta");
    }

    @Test
    void text_gives_way_to_the_next_block_and_may_go_on_in_a_new_one() {
        List<Json.Obj> frames = frames(
                STARTED,
                new StreamEvent.BlockOpened(0, Opening.REASONING),
                new StreamEvent.TextDelta(0, "hm"),
                new StreamEvent.BlockOpened(1, Opening.TEXT),
                new StreamEvent.TextDelta(1, "x"),
                new StreamEvent.TextDelta(0, "more"),
                FINISHED);

        assertThat(types(frames))
                .containsSubsequence(
                        "content_block_stop 0",
                        "content_block_stop 1",
                        "content_block_start 2",
                        "content_block_stop 2");
        assertThat(at(frames.get(1), "content_block.signature")).isEmpty();
        assertThat(at(frames.get(8), "delta.thinking")).isEqualTo("more");
    }

    /// As the API itself does: its library for Java refuses a call without.
    @Test
    void a_call_without_arguments_has_an_empty_piece_of_input() {
        List<Json.Obj> frames = frames(STARTED, call(0, "c1"), new StreamEvent.BlockClosed(0), FINISHED);

        assertThat(types(frames).subList(1, 4))
                .containsExactly("content_block_start 0", "content_block_delta 0", "content_block_stop 0");
        assertThat(at(frames.get(2), "delta.partial_json")).isEmpty();
    }

    @Test
    void a_call_of_the_provider_s_own_tool_has_its_input_in_pieces() {
        Json.Obj search = Json.object()
                .put("type", "server_tool_use")
                .put("id", "srvtoolu_1")
                .put("name", "web_search")
                .put("input", Json.object().put("query", "q").build())
                .build();
        Block block = new Block.ServerToolCall(Dialect.ANTHROPIC, "srvtoolu_1", "web_search", search, Mark.NONE);

        List<Json.Obj> frames = frames(
                STARTED,
                new StreamEvent.BlockOpened(0, new Opening.Whole(block)),
                new StreamEvent.BlockClosed(0),
                FINISHED);

        assertThat(at(frames.get(1), "content_block.input")).isEqualTo("{}");
        assertThat(at(frames.get(2), "delta.partial_json")).isEqualTo("{\"query\":\"q\"}");
    }

    @Test
    void signatures_of_others_travel_sealed() {
        List<Json.Obj> frames = frames(
                STARTED,
                new StreamEvent.BlockOpened(0, Opening.REASONING),
                new StreamEvent.SignatureDelta(0, new Signature(Dialect.GEMINI, "G")),
                new StreamEvent.BlockClosed(0),
                new StreamEvent.BlockOpened(
                        1,
                        new Opening.Whole(new Block.EncryptedReasoning(
                                new Signature(Dialect.OPENAI_RESPONSES, "E"), "rs_1", Mark.NONE))),
                new StreamEvent.BlockClosed(1),
                FINISHED);

        var signature = Messages.SEAL.open(at(frames.get(2), "delta.signature")).orElseThrow();
        assertThat(signature.signature()).isEqualTo(new Signature(Dialect.GEMINI, "G"));
        var data = Messages.SEAL.open(at(frames.get(4), "content_block.data")).orElseThrow();
        assertThat(data.encrypted()).isTrue();
        assertThat(data.itemId()).isEqualTo("rs_1");
    }

    @Test
    void own_signatures_travel_as_they_are() {
        List<Json.Obj> frames = frames(
                STARTED,
                new StreamEvent.BlockOpened(0, Opening.REASONING),
                new StreamEvent.SignatureDelta(0, new Signature(Dialect.ANTHROPIC, "SIG+/==")),
                FINISHED);

        assertThat(at(frames.get(2), "delta.signature")).isEqualTo("SIG+/==");
    }

    @Test
    void ids_are_legal_and_no_two_are_alike() {
        List<Json.Obj> frames = frames(
                STARTED,
                call(0, "functions.Bash:0"),
                new StreamEvent.BlockClosed(0),
                call(1, ""),
                new StreamEvent.BlockClosed(1),
                call(2, "functions.Bash:0"),
                FINISHED);

        List<String> ids = frames.stream()
                .filter(frame -> "content_block_start".equals(frame.text("type")))
                .map(frame -> at(frame, "content_block.id"))
                .toList();
        assertThat(ids).hasSize(3).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-zA-Z0-9_-]+"));
    }

    @Test
    void an_error_is_the_last_frame() {
        List<Json.Obj> frames = frames(
                STARTED,
                new StreamEvent.BlockOpened(0, Opening.TEXT),
                new StreamEvent.TextDelta(0, "x"),
                new StreamEvent.Failed(Failure.Upstream.of(Failure.Category.TRUNCATED, "It broke off.")),
                new StreamEvent.TextDelta(0, "y"),
                FINISHED);

        assertThat(types(frames)).endsWith("content_block_delta 0", "error").doesNotContain("message_stop");
        assertThat(at(frames.getLast(), "error.type")).isEqualTo("api_error");
    }

    /// Some tools know a fault that passes by these words alone: without them they end the session.
    @ParameterizedTest
    @CsvSource({
        "TRUNCATED,Internal server error: why",
        "TEMPORARY_ERROR,Internal server error: why",
        "TIMEOUT,Request timed out: why",
        "OVERLOADED,why",
        "AUTH_FAILED,why",
        "INVALID_REQUEST,why"
    })
    void an_error_event_says_whether_another_try_is_worth_it(Failure.Category category, String message) {
        List<Json.Obj> frames = frames(STARTED, new StreamEvent.Failed(Failure.Upstream.of(category, "why")));

        assertThat(at(frames.getLast(), "error.message")).isEqualTo(message);
    }

    @Test
    void a_fault_that_must_not_be_repeated_is_not_said_to_pass() {
        Failure.Upstream isFinal =
                new Failure.Upstream(Failure.Category.TEMPORARY_ERROR, 500, "why", null, null, null, false, null);

        List<Json.Obj> frames = frames(STARTED, new StreamEvent.Failed(isFinal));

        assertThat(at(frames.getLast(), "error.message")).isEqualTo("why");
    }

    @Test
    void text_of_all_kinds_is_one_line_of_json() {
        String text = "\"\\\n\r\u2028\u00e9\ud83d\ude00\u0001";
        List<Json.Obj> frames =
                frames(STARTED, new StreamEvent.BlockOpened(0, Opening.TEXT), new StreamEvent.TextDelta(0, text));

        assertThat(at(frames.get(2), "delta.text")).isEqualTo(text);
    }

    @Test
    void late_counts_are_told_with_the_end() {
        List<Json.Obj> frames = frames(
                STARTED,
                new StreamEvent.BlockOpened(0, Opening.TEXT),
                new StreamEvent.TextDelta(0, "x"),
                new StreamEvent.UsageReported(new Usage(200L, 800L, null, 100L, 50L, 30L, null, null)),
                FINISHED);
        Json.Obj end = frames.get(4);

        assertThat(at(end, "usage.input_tokens")).isEqualTo("200");
        assertThat(at(end, "usage.cache_read_input_tokens")).isEqualTo("800");
        assertThat(at(end, "usage.cache_creation_input_tokens")).isEqualTo("100");
        assertThat(at(end, "usage.output_tokens_details.thinking_tokens")).isEqualTo("30");
    }

    @Test
    void a_picture_is_told_in_words_as_answers_hold_none() {
        List<Json.Obj> frames = Messages.frames(
                new StreamEvent.Started("", "", 0),
                new StreamEvent.BlockOpened(
                        0, new Opening.Whole(new Block.GeneratedImage("aGk=", "image/png", Mark.NONE))),
                new StreamEvent.BlockClosed(0),
                new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));

        assertThat(Messages.at(frames.get(2), "delta.text"))
                .isEqualTo("[A picture (image/png), which answers of this API cannot hold.]");
    }

    @Test
    void another_provider_s_source_is_one_of_a_search() {
        Citation source = new Citation(Dialect.GEMINI, Json.Obj.EMPTY, "https://e.org", "E", null);
        List<Json.Obj> frames = Messages.frames(
                new StreamEvent.Started("", "", 0),
                new StreamEvent.BlockOpened(0, Opening.TEXT),
                new StreamEvent.TextDelta(0, "a"),
                new StreamEvent.CitationDelta(0, source),
                new StreamEvent.CitationDelta(0, new Citation(Dialect.GEMINI, Json.Obj.EMPTY, null, "E", null)),
                new StreamEvent.BlockClosed(0),
                new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));

        assertThat(frames.stream().map(frame -> Messages.at(frame, "delta.citation.url")))
                .filteredOn(url -> !url.equals("absent"))
                .containsExactly("https://e.org");
    }

    @Test
    void sources_without_a_text_get_one_as_an_empty_one_is_refused_when_it_comes_back() {
        Citation source = new Citation(Dialect.GEMINI, Json.Obj.EMPTY, "https://e.org", "E", null);
        List<Json.Obj> frames = Messages.frames(
                new StreamEvent.Started("", "", 0),
                new StreamEvent.BlockOpened(0, Opening.TEXT),
                new StreamEvent.CitationDelta(0, source),
                new StreamEvent.BlockClosed(0),
                new StreamEvent.BlockOpened(1, Opening.TEXT),
                new StreamEvent.CitationDelta(1, source),
                new StreamEvent.TextDelta(1, "late"),
                new StreamEvent.BlockClosed(1),
                new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));

        assertThat(frames.stream().map(frame -> Messages.at(frame, "delta.text")))
                .filteredOn(text -> !text.equals("absent"))
                .containsExactly("Sources:", "late");
        assertThat(frames.stream().map(frame -> Messages.at(frame, "delta.citation.url")))
                .filteredOn(url -> !url.equals("absent"))
                .hasSize(2);
    }
}
