package dev.sluice.protocol.openai.responses;

import static dev.sluice.protocol.openai.responses.Responses.arguments;
import static dev.sluice.protocol.openai.responses.Responses.call;
import static dev.sluice.protocol.openai.responses.Responses.client;
import static dev.sluice.protocol.openai.responses.Responses.clientOfEncrypted;
import static dev.sluice.protocol.openai.responses.Responses.closed;
import static dev.sluice.protocol.openai.responses.Responses.data;
import static dev.sluice.protocol.openai.responses.Responses.json;
import static dev.sluice.protocol.openai.responses.Responses.last;
import static dev.sluice.protocol.openai.responses.Responses.opened;
import static dev.sluice.protocol.openai.responses.Responses.output;
import static dev.sluice.protocol.openai.responses.Responses.text;
import static dev.sluice.protocol.openai.responses.Responses.types;
import static dev.sluice.protocol.openai.responses.Responses.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesEventEncoderTest {
    private static final StreamEvent STARTED = new StreamEvent.Started("msg_9", "real", 5);
    private static final StreamEvent STOP = new StreamEvent.Finished(Finish.of(Finish.Reason.STOP));
    private static final StreamEvent LENGTH = new StreamEvent.Finished(Finish.of(Finish.Reason.LENGTH));

    private static String at(List<Json> items, int index, String field) {
        return ((Json.Obj) items.get(index)).text(field, "");
    }

    @Test
    void nothing_is_written_before_the_first_content() {
        assertThat(written(client(), STARTED, opened(0, Opening.TEXT), new StreamEvent.UsageReported(Usage.of(1, 2))))
                .isEmpty();
        assertThat(types(written(client(), STARTED, STOP)))
                .containsExactly("response.created", "response.in_progress", "response.completed");
    }

    @Test
    void sequence_numbers_ascend_from_0() {
        String stream =
                written(client(), STARTED, opened(0, Opening.TEXT), text(0, "a"), text(0, "b"), closed(0), STOP);

        List<Long> numbers = data(stream).stream()
                .map(event -> event.whole("sequence_number"))
                .toList();
        assertThat(numbers).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(stream).contains("\"delta\":\"b\",\"logprobs\":[]}\n\n");
    }

    @Test
    void texts_in_a_row_are_the_parts_of_one_message() {
        String stream = written(
                client(),
                STARTED,
                opened(0, Opening.TEXT),
                text(0, "a"),
                closed(0),
                opened(1, Opening.REFUSAL),
                text(1, "no"),
                closed(1),
                opened(2, call("c1", "f")),
                closed(2),
                opened(3, Opening.TEXT),
                text(3, "b"),
                closed(3),
                STOP);

        assertThat(output(stream)).hasSize(3);
        assertThat(((Json.Obj) output(stream).getFirst()).items("content"))
                .extracting(JsonText::print)
                .containsExactly(
                        "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"a\"}",
                        "{\"type\":\"refusal\",\"refusal\":\"no\"}");
        assertThat(at(output(stream), 1, "arguments")).isEqualTo("{}");
        assertThat(at(output(stream), 2, "id")).isEqualTo("msg_abc_2");
    }

    @Test
    void a_call_that_the_end_cut_off_is_incomplete_and_one_that_was_followed_is_not() {
        String stream = written(
                client(),
                STARTED,
                opened(0, call("c1", "f")),
                arguments(0, "{}"),
                closed(0),
                opened(1, call("c2", "g")),
                arguments(1, "{\"a"),
                closed(1),
                new StreamEvent.UsageReported(Usage.of(1, 2)),
                LENGTH);

        assertThat(at(output(stream), 0, "status")).isEqualTo("completed");
        assertThat(at(output(stream), 1, "status")).isEqualTo("incomplete");
        assertThat(types(stream)).endsWith("response.output_item.done", "response.incomplete");
        assertThat(last(stream).object("incomplete_details")).isEqualTo(json("{\"reason\":\"max_output_tokens\"}"));
    }

    @Test
    void calls_that_interleave_keep_their_places() {
        String stream = written(
                client(),
                STARTED,
                opened(0, call("c1", "f")),
                opened(1, call("c2", "g")),
                arguments(1, "2"),
                arguments(0, "1"),
                closed(0),
                closed(1),
                STOP);

        assertThat(at(output(stream), 0, "arguments")).isEqualTo("1");
        assertThat(at(output(stream), 1, "arguments")).isEqualTo("2");
        assertThat(last(stream).text("status")).isEqualTo("completed");
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,completed,",
        "STOP_SEQUENCE,completed,",
        "PAUSE,completed,",
        "LENGTH,incomplete,max_output_tokens",
        "CONTEXT_WINDOW,incomplete,max_output_tokens",
        "CONTENT_FILTER,incomplete,content_filter",
        "REFUSAL,incomplete,content_filter"
    })
    void the_end_has_the_status_of_its_reason(Finish.Reason reason, String status, String details) {
        Json.Obj response = last(written(client(), STARTED, new StreamEvent.Finished(Finish.of(reason))));

        assertThat(response.text("status")).isEqualTo(status);
        Json.Obj given = response.object("incomplete_details");
        assertThat(given == null ? null : given.text("reason")).isEqualTo(details);
    }

    @Test
    void a_refusal_in_its_own_part_completes_the_response() {
        Json.Obj response = last(written(
                client(),
                opened(0, Opening.REFUSAL),
                text(0, "No."),
                closed(0),
                new StreamEvent.Finished(Finish.of(Finish.Reason.REFUSAL))));

        assertThat(response.text("status")).isEqualTo("completed");
    }

    @Test
    void a_foreign_proof_is_sealed_for_who_asked_and_nobody_else() {
        Signature foreign = new Signature(Dialect.ANTHROPIC, "SIG");
        StreamEvent[] events = {
            STARTED,
            opened(0, Opening.REASONING),
            text(0, "hm"),
            new StreamEvent.SignatureDelta(0, foreign),
            closed(0),
            STOP
        };

        String value = at(output(written(clientOfEncrypted(), events)), 0, "encrypted_content");
        assertThat(Responses.SEAL.open(value)).contains(new Seal.Content(foreign, false, null, null));
        assertThat(written(client(), events)).doesNotContain("encrypted_content");
    }

    @Test
    void openai_gets_its_own_proofs_back_as_they_were() {
        Signature own = new Signature(Dialect.OPENAI_RESPONSES, "gAAA");
        Opening hidden = new Opening.Whole(new Block.EncryptedReasoning(own, "rs_7", Mark.NONE));
        String stream = written(
                clientOfEncrypted(),
                opened(0, Opening.REASONING),
                new StreamEvent.SignatureDelta(0, own),
                closed(0),
                opened(1, hidden),
                closed(1),
                STOP);

        assertThat(output(stream))
                .containsExactly(
                        json(
                                "{\"type\":\"reasoning\",\"id\":\"rs_abc_0\",\"summary\":[],\"encrypted_content\":\"gAAA\"}"),
                        json("{\"type\":\"reasoning\",\"id\":\"rs_7\",\"summary\":[],\"encrypted_content\":\"gAAA\"}"));
    }

    @Test
    void hidden_reasoning_of_another_provider_is_sealed_with_its_id() {
        Block.EncryptedReasoning hidden =
                new Block.EncryptedReasoning(new Signature(Dialect.ANTHROPIC, "RU5D"), null, Mark.NONE);
        String stream = written(clientOfEncrypted(), opened(0, new Opening.Whole(hidden)), closed(0), STOP);

        String value = at(output(stream), 0, "encrypted_content");
        assertThat(Responses.SEAL.open(value)).contains(new Seal.Content(hidden.data(), true, null, null));
    }

    @Test
    void a_custom_tool_is_called_with_its_text() {
        String stream = written(
                client(),
                opened(0, new Opening.ToolCall("c1", "apply_patch", null, Tool.Kind.CUSTOM, null)),
                arguments(0, "*** Begin"),
                closed(0),
                STOP);

        assertThat(types(stream))
                .contains("response.custom_tool_call_input.delta", "response.custom_tool_call_input.done");
        assertThat(at(output(stream), 0, "input")).isEqualTo("*** Begin");
        assertThat(at(output(stream), 0, "id")).isEqualTo("ctc_abc_0");
    }

    @Test
    void a_call_of_the_search_for_tools_is_one_again() {
        Json.Obj raw = json("{\"type\":\"tool_search\",\"execution\":\"client\"}");
        Tool search = new Tool.Function(
                "tool_search", null, null, null, false, new Extras(Dialect.OPENAI_RESPONSES, raw), Mark.NONE);
        String stream = written(
                client("{}", search),
                opened(0, call("c1", "tool_search")),
                arguments(0, "{\"query\":\"q\"}"),
                closed(0),
                STOP);

        assertThat(output(stream))
                .containsExactly(json(
                        "{\"id\":\"tsc_abc_0\",\"type\":\"tool_search_call\",\"status\":\"completed\",\"call_id\":\"c1\","
                                + "\"execution\":\"client\",\"arguments\":{\"query\":\"q\"}}"));
        assertThat(types(stream)).doesNotContain("response.function_call_arguments.delta");
    }

    @Test
    void what_the_client_asked_comes_back_in_its_own_bytes_on_one_line() {
        ClientContext client = client(
                "{\"temperature\": 1.0,\n\"tools\":[{\"type\":\"function\",\r\n \"name\":\"f\"}],\"tool_choice\":null,\"store\":false}");
        String stream = written(client, STARTED, STOP);

        assertThat(stream)
                .contains("\"temperature\":1.0,")
                .contains("\"tools\":[{\"type\":\"function\", \"name\":\"f\"}],")
                .contains("\"tool_choice\":\"auto\",")
                .contains("\"store\":false,");
        assertThat(data(stream)).hasSize(3);
    }

    @Test
    void the_response_is_named_by_the_client_s_dialect() {
        assertThat(last(written(client(), STARTED, STOP)).text("id")).isEqualTo("resp_abc");
        assertThat(last(written(client(), new StreamEvent.Started("resp_up", "", 0), STOP))
                        .text("id"))
                .isEqualTo("resp_up");
        Json.Obj unnamed = last(written(client(), new StreamEvent.Started("", "", 0), STOP));
        assertThat(unnamed.text("model")).isEqualTo("m");
        assertThat(unnamed.whole("created_at")).isEqualTo(1_700_000_000L);
    }

    @Test
    void usage_is_always_there_at_the_end_and_whole() {
        assertThat(last(written(client(), STARTED, STOP)).object("usage"))
                .isEqualTo(
                        json(
                                "{\"input_tokens\":0,\"input_tokens_details\":{\"cached_tokens\":0,\"cache_write_tokens\":0},"
                                        + "\"output_tokens\":0,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":0}"));
        StreamEvent reported = new StreamEvent.UsageReported(new Usage(1L, 2L, 3L, 4L, 5L, 6L, null, null));
        assertThat(last(written(client(), STARTED, reported, STOP)).object("usage"))
                .isEqualTo(
                        json(
                                "{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":2,\"cache_write_tokens\":7},"
                                        + "\"output_tokens\":5,\"output_tokens_details\":{\"reasoning_tokens\":6},\"total_tokens\":15}"));
    }

    @Test
    void a_source_without_a_place_of_its_own_stands_for_the_whole_text() {
        Citation chat = new Citation(
                Dialect.OPENAI_CHAT,
                json("{\"url_citation\":{\"start_index\":1,\"end_index\":2}}"),
                "https://a.test",
                "A",
                null);
        Citation anthropic = new Citation(Dialect.ANTHROPIC, Json.Obj.EMPTY, "https://b.test", null, "q");
        Citation document = new Citation(Dialect.ANTHROPIC, Json.Obj.EMPTY, null, "D", "q");
        String stream = written(
                client(),
                opened(0, Opening.TEXT),
                new StreamEvent.CitationDelta(0, anthropic),
                text(0, "four"),
                new StreamEvent.CitationDelta(0, chat),
                new StreamEvent.CitationDelta(0, document),
                closed(0),
                STOP);

        assertThat(data(stream).stream().filter(event -> event.has("annotation")))
                .extracting(event -> JsonText.print(event.object("annotation")))
                .containsExactly(
                        "{\"type\":\"url_citation\",\"start_index\":1,\"end_index\":2,\"title\":\"A\",\"url\":\"https://a.test\"}",
                        "{\"type\":\"url_citation\",\"start_index\":0,\"end_index\":4,\"title\":\"\",\"url\":\"https://b.test\"}");
    }

    @Test
    void what_comes_whole_is_begun_and_done() {
        Json.Obj search = json("{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\"}");
        Json.Obj asked = json("{\"type\":\"server_tool_use\",\"input\":{\"query\":\"q\"}}");
        String stream = written(
                client(),
                opened(
                        0,
                        new Opening.Whole(new Block.ServerToolCall(
                                Dialect.OPENAI_RESPONSES, "ws_1", "web_search_call", search, Mark.NONE))),
                closed(0),
                opened(
                        1,
                        new Opening.Whole(
                                new Block.ServerToolCall(Dialect.ANTHROPIC, "s1", "web_search", asked, Mark.NONE))),
                closed(1),
                opened(2, new Opening.Whole(new Block.GeneratedImage("AA==", "image/webp", Mark.NONE))),
                closed(2),
                opened(
                        3,
                        new Opening.Whole(
                                new Block.ServerToolResult(Dialect.ANTHROPIC, "s1", Json.Obj.EMPTY, Mark.NONE))),
                closed(3),
                STOP);

        assertThat(output(stream))
                .containsExactly(
                        search,
                        json(
                                "{\"type\":\"web_search_call\",\"id\":\"ws_abc_1\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"q\"}}"),
                        json(
                                "{\"type\":\"image_generation_call\",\"id\":\"ig_abc_2\",\"status\":\"completed\",\"output_format\":\"webp\",\"result\":\"AA==\"}"));
        assertThat(data(stream).get(2).object("item")).isEqualTo(search.with("status", Json.of("in_progress")));
        assertThat(data(stream).get(6).object("item"))
                .isEqualTo(
                        json(
                                "{\"type\":\"image_generation_call\",\"id\":\"ig_abc_2\",\"status\":\"in_progress\",\"output_format\":\"webp\",\"result\":null}"));
    }

    @Test
    void of_a_sound_its_words_are_told() {
        Block.Audio sound = new Block.Audio(new MediaSource.Base64("AA==", "audio/wav"), "wav", "hello", Mark.NONE);

        assertThat(types(written(client(), opened(0, new Opening.Whole(sound)), closed(0), STOP)))
                .contains("response.output_text.delta");
    }

    @ParameterizedTest
    @CsvSource({
        "CONTEXT_OVERFLOW,context_length_exceeded",
        "RATE_LIMITED,rate_limit_exceeded",
        "BILLING_EXHAUSTED,insufficient_quota",
        "INVALID_REQUEST,invalid_prompt",
        "TRUNCATED,server_error"
    })
    void a_failure_in_the_middle_is_a_failed_response(Failure.Category category, String code) {
        String stream = written(
                client(),
                STARTED,
                opened(0, Opening.TEXT),
                text(0, "a"),
                new StreamEvent.Failed(Failure.Upstream.of(category, "boom")),
                STOP);

        assertThat(types(stream)).endsWith("response.output_text.delta", "response.failed");
        assertThat(last(stream).object("error")).isEqualTo(json("{\"code\":\"" + code + "\",\"message\":\"boom\"}"));
        assertThat(last(stream).text("status")).isEqualTo("failed");
        assertThat(output(stream)).isEmpty();
    }

    @Test
    void a_failure_before_anything_is_a_failed_response_too() {
        Failure failure = Failure.Upstream.of(Failure.Category.TIMEOUT, "late");

        assertThat(types(written(client(), new StreamEvent.Failed(failure))))
                .containsExactly("response.created", "response.in_progress", "response.failed");
    }

    @Test
    void a_comment_keeps_the_connection_alive_until_the_end() {
        EventEncoder encoder = Responses.ANSWERS.encoder(client());
        ByteSink out = new ByteSink(64);
        encoder.keepAlive(out);
        assertThat(out.text()).isEqualTo(": keep-alive\n\n");
        encoder.encode(STOP, out);
        int size = out.size();
        encoder.keepAlive(out);
        encoder.encode(STOP, out);
        assertThat(out.size()).isEqualTo(size);
        assertThat(encoder.contentType()).isEqualTo("text/event-stream");
    }
}
