package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkDecoderTest {
    private static final StreamEvent STARTED = new StreamEvent.Started("r1", "up", 0);

    private static Failure.Upstream failure(List<StreamEvent> events) {
        return (Failure.Upstream) ((StreamEvent.Failed) events.getLast()).failure();
    }

    @Test
    void thoughts_and_texts_are_blocks_of_their_own() {
        assertThat(Gemini.events(Gemini.stream(
                        Gemini.parts("{\"text\":\"a\",\"thought\":true}"),
                        Gemini.parts("{\"text\":\"b\"}"),
                        Gemini.parts("{\"text\":\"c\"}"),
                        Gemini.finish("STOP"))))
                .containsExactly(
                        STARTED,
                        new StreamEvent.BlockOpened(0, Opening.REASONING),
                        new StreamEvent.TextDelta(0, "a"),
                        new StreamEvent.BlockClosed(0),
                        new StreamEvent.BlockOpened(1, Opening.TEXT),
                        new StreamEvent.TextDelta(1, "b"),
                        new StreamEvent.TextDelta(1, "c"),
                        new StreamEvent.BlockClosed(1),
                        new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));
    }

    @Test
    void a_calls_proof_is_told_on_the_thought_before_it_too() {
        Signature proof = new Signature(Dialect.GEMINI, "c2ln");
        List<StreamEvent> events = Gemini.events(Gemini.stream(
                Gemini.parts("{\"text\":\"a\",\"thought\":true}"),
                Gemini.parts("{\"functionCall\":{\"name\":\"f\",\"args\":{\"x\":1.0}},\"thoughtSignature\":\"c2ln\"}"),
                Gemini.finish("STOP")));

        assertThat(events).contains(new StreamEvent.SignatureDelta(0, proof));
        assertThat(events).filteredOn(StreamEvent.BlockOpened.class::isInstance).hasSize(2);
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                StreamEvent.BlockOpened.class,
                                opened -> assertThat(opened.opening())
                                        .isInstanceOfSatisfying(
                                                Opening.ToolCall.class,
                                                call -> assertThat(call.signature())
                                                        .isEqualTo(proof))));
        assertThat(events).contains(new StreamEvent.ArgumentsDelta(1, "{\"x\":1.0}"));
        assertThat(events.getLast()).isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
    }

    @Test
    void minted_ids_are_distinct_short_and_the_same_each_time() {
        String stream = Gemini.stream(
                Gemini.parts("{\"functionCall\":{\"name\":\"f\"}}", "{\"function_call\":{\"name\":\"f\"}}"),
                Gemini.finish("STOP"));

        List<String> ids = ids(Gemini.events(stream));

        assertThat(ids).hasSize(2).doesNotHaveDuplicates().isEqualTo(ids(Gemini.events(stream)));
        assertThat(ids).allSatisfy(id -> assertThat(id).matches("[a-zA-Z0-9_-]{1,40}"));
    }

    private static List<String> ids(List<StreamEvent> events) {
        List<String> ids = new ArrayList<>();
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.BlockOpened(int _, Opening.ToolCall call)) {
                ids.add(call.id());
            }
        }
        return ids;
    }

    @Test
    void an_emulated_tools_text_is_unwrapped_and_its_name_turned_back() {
        ToolNames names = new ToolNames(64);
        names.put("ns__patch", new ToolNames.Original("patch", "ns", Tool.Kind.CUSTOM, "input"));

        List<StreamEvent> events = Gemini.events(
                Gemini.stream(
                        Gemini.parts(
                                "{\"functionCall\":{\"id\":\"i\",\"name\":\"ns__patch\",\"args\":{\"input\":\"a\\nb\"}}}"),
                        Gemini.finish("STOP")),
                names);

        assertThat(events)
                .contains(
                        new StreamEvent.BlockOpened(
                                0, new Opening.ToolCall("i", "patch", "ns", Tool.Kind.CUSTOM, null)),
                        new StreamEvent.ArgumentsDelta(0, "a\nb"));
    }

    @Test
    void other_parts_are_whole_blocks() {
        List<StreamEvent> events = Gemini.events(Gemini.stream(
                Gemini.parts(
                        "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AA==\"},\"thoughtSignature\":\"YQ==\"}",
                        "{\"inline_data\":{\"mime_type\":\"audio/wav\",\"data\":\"AA==\"}}",
                        "{\"inlineData\":{\"mimeType\":\"text/csv\",\"data\":\"AA==\"}}",
                        "{\"executableCode\":{}}",
                        "{\"codeExecutionResult\":{}}",
                        "{\"tomorrow\":1}",
                        "{}"),
                Gemini.finish("STOP")));

        List<Object> kinds = new ArrayList<>();
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.BlockOpened(int _, Opening opening)) {
                kinds.add(opening instanceof Opening.Whole(Block block) ? block.getClass() : opening);
            }
        }
        assertThat(kinds)
                .containsExactly(
                        Block.GeneratedImage.class,
                        Opening.REASONING,
                        Block.Audio.class,
                        Block.Unmodelled.class,
                        Block.ServerToolCall.class,
                        Block.ServerToolResult.class,
                        Block.Unmodelled.class);
    }

    @Test
    void usage_is_the_last_one_told_also_behind_the_finish() {
        String stream = Gemini.stream(Gemini.parts("{\"text\":\"a\"}"), Gemini.finish("STOP"))
                + "data: {\"usageMetadata\":{\"promptTokenCount\":9,\"cachedContentTokenCount\":4,\"toolUsePromptTokenCount\":2,"
                + "\"candidatesTokenCount\":5,\"thoughtsTokenCount\":3,"
                + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":8},{\"modality\":\"AUDIO\",\"tokenCount\":1}]}}\n\n";

        assertThat(Gemini.events(stream))
                .contains(new StreamEvent.UsageReported(new Usage(7L, 4L, null, null, 8L, 3L, 1L, null)));
    }

    @Test
    void sources_are_told_once_with_their_place_in_characters() {
        String grounding =
                "{\"index\":0,\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{\"uri\":\"u\",\"title\":\"t\"}}],"
                        + "\"groundingSupports\":[{\"segment\":{\"startIndex\":3,\"endIndex\":8,\"text\":\"🌦x\"},\"groundingChunkIndices\":[0,7]}]}}";

        List<StreamEvent> events = Gemini.events(Gemini.stream(
                Gemini.parts("{\"text\":\"é \"}"),
                Gemini.parts("{\"text\":\"🌦x\"}"),
                grounding,
                grounding,
                Gemini.finish("STOP")));

        assertThat(events)
                .filteredOn(StreamEvent.CitationDelta.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    Citation citation = ((StreamEvent.CitationDelta) event).citation();
                    assertThat(citation.url()).isEqualTo("u");
                    assertThat(citation.range()).isEqualTo(new Citation.Range(2, 4));
                });
    }

    @Test
    void recited_sources_and_sources_without_a_place_are_told() {
        List<StreamEvent> events = Gemini.events(
                Gemini.stream(
                        "{\"index\":0,\"citationMetadata\":{\"citations\":[{\"endIndex\":2,\"uri\":\"a\"}]},"
                                + "\"groundingMetadata\":{\"groundingChunks\":[{\"retrievedContext\":{\"uri\":\"b\"}}]},\"finishReason\":\"STOP\"}"));

        assertThat(events)
                .filteredOn(StreamEvent.CitationDelta.class::isInstance)
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP", "MAX_TOKENS, LENGTH", "SAFETY, CONTENT_FILTER", "RECITATION, CONTENT_FILTER",
        "OTHER, CONTENT_FILTER", "IMAGE_SAFETY, CONTENT_FILTER", "CONTINUATION, PAUSE", "SOMETHING_NEW, STOP"
    })
    void finishes_are_read(String word, Finish.Reason reason) {
        List<StreamEvent> events = Gemini.events(Gemini.stream(Gemini.parts("{\"text\":\"a\"}"), Gemini.finish(word)));

        assertThat(((StreamEvent.Finished) events.getLast()).finish().reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MALFORMED_RESPONSE"})
    void an_answer_that_the_model_failed_to_write_is_a_failure(String word) {
        assertThat(failure(Gemini.events(Gemini.stream(Gemini.finish(word)))).category())
                .isEqualTo(Failure.Category.MALFORMED_ANSWER);
    }

    @Test
    void a_blocked_prompt_is_a_finish() {
        List<StreamEvent> events = Gemini.events("data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n");

        assertThat(events.getLast())
                .isEqualTo(new StreamEvent.Finished(new Finish(Finish.Reason.CONTENT_FILTER, null, "safety")));
    }

    @Test
    void an_end_of_the_bytes_without_a_finish_is_a_cut() {
        assertThat(failure(Gemini.events(Gemini.stream(Gemini.parts("{\"text\":\"a\"}"))))
                        .category())
                .isEqualTo(Failure.Category.TRUNCATED);
        assertThat(failure(Gemini.events("")).category()).isEqualTo(Failure.Category.TRUNCATED);
        assertThat(failure(Gemini.events("data: [1]\n\n")).category()).isEqualTo(Failure.Category.MALFORMED_ANSWER);
    }

    @Test
    void an_error_in_the_stream_is_judged_and_the_last_event() {
        List<StreamEvent> events = Gemini.events(Gemini.stream(Gemini.parts("{\"text\":\"a\"}"))
                + "data: {\"error\":{\"code\":429,\"message\":\"m\",\"status\":\"RESOURCE_EXHAUSTED\"}}\n\n"
                + Gemini.stream(Gemini.finish("STOP")));

        assertThat(failure(events).category()).isEqualTo(Failure.Category.RATE_LIMITED);
    }

    @Test
    void keep_alives_and_foreign_ends_say_nothing() {
        assertThat(Gemini.events("data: {}\n\ndata:\n\n"
                        + Gemini.stream(Gemini.parts("{\"text\":\"a\"}"), Gemini.finish("STOP")) + "data: [DONE]\n\n"))
                .hasSize(5)
                .first()
                .isEqualTo(STARTED);
    }

    @Test
    void an_array_is_read_as_a_stream() {
        String array = "[" + Gemini.chunk(Gemini.parts("{\"text\":\"a\"}")) + ",\n"
                + Gemini.chunk(Gemini.finish("STOP")) + "]";

        assertThat(Gemini.events(array))
                .isEqualTo(Gemini.events(Gemini.stream(Gemini.parts("{\"text\":\"a\"}"), Gemini.finish("STOP"))));
    }

    @Test
    void nothing_is_said_after_the_end() {
        ChunkDecoder decoder = new ChunkDecoder(ToolNames.none());
        List<StreamEvent> events = new ArrayList<>();
        decoder.end(false, events::add);
        decoder.feed(Frame.of(null, Gemini.chunk(Gemini.finish("STOP"))), events::add);
        decoder.end(true, events::add);

        assertThat(events).hasSize(1);
    }
}
