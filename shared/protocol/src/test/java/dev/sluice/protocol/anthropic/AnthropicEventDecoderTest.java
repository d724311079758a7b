package dev.sluice.protocol.anthropic;

import static dev.sluice.protocol.anthropic.Messages.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.AnswerAssembler;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicEventDecoderTest {
    private static final String START = event(
            "message_start",
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"m\",\"usage\":{\"input_tokens\":10,"
                    + "\"output_tokens\":1,\"cache_creation_input_tokens\":30,\"cache_creation\":"
                    + "{\"ephemeral_5m_input_tokens\":10,\"ephemeral_1h_input_tokens\":20}}}}");
    private static final String TEXT = event(
                    "content_block_start",
                    "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"He\"}}")
            + event("ping", "{\"type\":\"ping\"}")
            + event(
                    "content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"y\"}}")
            + event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
    private static final String DELTA = event(
            "message_delta",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":7,"
                    + "\"input_tokens\":null,\"cache_creation_input_tokens\":30}}");
    private static final String STOP = event("message_stop", "{\"type\":\"message_stop\"}");

    private static List<StreamEvent> events(String stream) {
        return Messages.events(stream, ToolNames.none());
    }

    @Test
    void counts_override_and_kinds_of_cache_writes_stand() {
        AnswerAssembler assembler = new AnswerAssembler();
        events(START + TEXT + DELTA + STOP).forEach(assembler);

        assertThat(assembler.usage()).isEqualTo(new Usage(10L, null, 10L, 20L, 7L, null, null, null));
        assertThat(Messages.ok(assembler.answer()).blocks()).containsExactly(new Block.Text("Hey"));
        assertThat(Messages.ok(assembler.answer()).finish()).isEqualTo(Finish.of(Finish.Reason.STOP));
    }

    @Test
    void any_cut_gives_one_terminal_event_and_no_false_end() {
        byte[] whole = (START + TEXT + DELTA + STOP).getBytes(StandardCharsets.UTF_8);
        int complete = (START + TEXT + DELTA).length();
        for (int cut = 0; cut < whole.length; cut++) {
            List<StreamEvent> events = events(new String(whole, 0, cut, StandardCharsets.UTF_8));
            assertThat(events.stream().filter(StreamEvent::isTerminal)).hasSize(1);
            assertThat(events.getLast().isTerminal()).isTrue();
            if (cut < complete - 2) { // the last line feeds of a frame are its end only in name
                assertThat(events.getLast()).isInstanceOf(StreamEvent.Failed.class);
            }
        }
    }

    @Test
    void any_chunking_gives_the_same_events() {
        String stream = START + TEXT + DELTA + STOP;
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size < 40; size++) {
            var decoder = Messages.CODEC.answers().decoder(ToolNames.none());
            List<StreamEvent> events = new ArrayList<>();
            SseReader reader = new SseReader();
            for (int from = 0; from < bytes.length; from += size) {
                reader.feed(bytes, from, Math.min(bytes.length, from + size), f -> decoder.feed(f, events::add));
            }
            assertThat(events).isEqualTo(events(stream));
        }
    }

    @Test
    void end_after_the_stop_reason_is_an_end() {
        assertThat(events(START + TEXT + DELTA).getLast()).isInstanceOf(StreamEvent.Finished.class);
    }

    @Test
    void nothing_comes_after_the_end() {
        assertThat(events(START + TEXT + DELTA + STOP + TEXT + STOP)).isEqualTo(events(START + TEXT + DELTA + STOP));
    }

    @Test
    void error_event_is_judged_by_its_type() {
        StreamEvent last = events(
                        START
                                + event(
                                        "error",
                                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"))
                .getLast();

        assertThat(((StreamEvent.Failed) last).failure().kind()).isEqualTo(Failure.Kind.OVERLOADED);
    }

    @Test
    void frames_without_a_name_are_read_by_their_type() {
        String nameless = (START + TEXT + DELTA + STOP)
                .lines()
                .filter(line -> !line.startsWith("event:"))
                .reduce("", (all, line) -> all + line + "\n");

        assertThat(events(nameless + "\n")).isEqualTo(events(START + TEXT + DELTA + STOP));
    }

    @Test
    void calls_of_emulated_tools_come_back_as_free_text() {
        ToolNames names = new ToolNames(128);
        names.toTarget(new ToolNames.Original("patch", null, Tool.Kind.CUSTOM, "input"), "patch");
        String call = event(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\","
                                + "\"name\":\"patch\",\"input\":{}}}")
                + piece("{\\\"inp")
                + piece("ut\\\": \\\"a\\\\")
                + piece("nb\\\\u00")
                + piece("e9\\\"}")
                + event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
        AnswerAssembler assembler = new AnswerAssembler();
        Messages.events(START + call + DELTA + STOP, names).forEach(assembler);

        Block.ToolCall block =
                (Block.ToolCall) Messages.ok(assembler.answer()).blocks().getFirst();
        assertThat(block.kind()).isEqualTo(Tool.Kind.CUSTOM);
        assertThat(block.arguments()).isEqualTo("a\nb\u00e9");
        assertThat(Messages.ok(assembler.answer()).finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
    }

    private static String piece(String json) {
        return event(
                "content_block_delta",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\""
                        + json + "\"}}");
    }

    @Test
    void a_providers_own_tool_is_told_whole_with_its_input() {
        List<StreamEvent> events = events(START
                + event(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"server_tool_use\","
                                + "\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}}")
                + piece("{\\\"query\\\":\\\"q\\\"}")
                + event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                + DELTA
                + STOP);

        Opening opening = events.stream()
                .filter(event -> event instanceof StreamEvent.BlockOpened)
                .map(event -> ((StreamEvent.BlockOpened) event).opening())
                .findFirst()
                .orElseThrow();
        Block.ServerToolCall call = (Block.ServerToolCall) ((Opening.Whole) opening).block();
        assertThat(Messages.at(call.raw(), "input.query")).isEqualTo("q");
    }

    @Test
    void omitted_thought_keeps_its_signature() {
        List<StreamEvent> events = events(START
                + event(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\","
                                + "\"signature\":\"\"}}")
                + event(
                        "content_block_delta",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"S\"}}")
                + DELTA
                + STOP);

        assertThat(events)
                .contains(
                        new StreamEvent.SignatureDelta(0, new Signature(Dialect.ANTHROPIC, "S")),
                        new StreamEvent.BlockClosed(0));
    }
}
