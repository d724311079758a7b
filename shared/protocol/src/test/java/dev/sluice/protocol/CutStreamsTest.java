package dev.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a client of the identity lane reads of a stream that broke off anywhere.
class CutStreamsTest {
    private static final String MESSAGES = """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","model":"m","usage":{"input_tokens":5,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hello"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

            event: message_stop
            data: {"type":"message_stop"}

            """;
    private static final String CHUNKS = """
            data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

            data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"hello"},"finish_reason":null}]}

            data: {"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    private final Seal seal = new Seal(new byte[32]);
    private final List<StreamEvent> heard = new ArrayList<>();

    /// The data of every event the client can read of the stream's first bytes, cut there.
    private List<String> read(AnswerCodec answers, String stream, int cut) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        ByteSink out = new ByteSink(64);
        heard.clear();
        IdentityLane lane =
                new IdentityLane(answers.frames(), answers.tap(EncodedRequest.NONE, Outline.NONE), "text/event-stream");
        lane.feed(bytes, 0, cut, out, heard::add);
        lane.end(true, out, heard::add);
        assertThat(out.text()).endsWith("\n\n");
        List<String> data = new ArrayList<>();
        new SseReader().feed(out.array(), 0, out.size(), frame -> {
            if (frame.kind() == Frame.Kind.EVENT) {
                data.add(frame.text());
            }
        });
        return data;
    }

    private void assertReadable(AnswerCodec answers, String stream, String end) {
        for (int cut = 0; cut < stream.length(); cut++) {
            List<String> data = read(answers, stream, cut);
            String last = data.removeLast();
            assertThat(data)
                    .as("cut at " + cut)
                    .allSatisfy(event -> assertThat(event)
                            .satisfies(text -> assertThat(JsonText.objectOrNull(
                                            text.getBytes(StandardCharsets.UTF_8), 0, text.length()))
                                    .isNotNull())
                            .doesNotContain("\"error\""));
            boolean isFinished = heard.getLast() instanceof StreamEvent.Finished;
            assertThat(last).as("cut at " + cut).contains(isFinished ? end : "\"error\"");
            assertThat(heard.stream().filter(StreamEvent::isTerminal)).hasSize(1);
        }
    }

    @Test
    void a_messages_stream_cut_anywhere_ends_in_one_event_that_can_be_read() {
        assertReadable(new AnthropicCodec(seal).answers(), MESSAGES, "message_stop");
    }

    @Test
    void a_chat_stream_cut_anywhere_ends_in_one_event_that_can_be_read() {
        assertReadable(new ChatCodec(seal).answers(), CHUNKS, "[DONE]");
    }

    @Test
    void an_end_of_nothing_is_no_answer_in_either_lane() {
        String nothing = MESSAGES.substring(MESSAGES.indexOf("event: message_stop"));
        AnswerCodec answers = new AnthropicCodec(seal).answers();

        assertThat(read(answers, nothing, nothing.length()).getLast()).contains("\"error\"");

        List<StreamEvent> translated = new ArrayList<>();
        answers.decoder(ToolNames.none())
                .feed(Frame.of("message_stop", "{\"type\":\"message_stop\"}"), translated::add);
        assertThat(translated).singleElement().isInstanceOf(StreamEvent.Failed.class);
    }

    @Test
    void an_end_without_its_reason_gets_one_with_the_usage() {
        int delta = MESSAGES.indexOf("event: message_delta");
        String mended = MESSAGES.substring(0, delta) + MESSAGES.substring(MESSAGES.indexOf("event: message_stop"));

        List<String> data = read(new AnthropicCodec(seal).answers(), mended, mended.length());

        assertThat(data.get(data.size() - 2)).contains("message_delta", "end_turn", "\"input_tokens\":5");
        assertThat(data.getLast()).contains("message_stop");
    }

    @Test
    void a_chunk_that_finishes_in_error_is_an_error_and_no_end() {
        String broken = CHUNKS.replace("\"stop\"", "\"error\"");

        assertThat(read(new ChatCodec(seal).answers(), broken, broken.length()).getLast())
                .contains("\"error\":{")
                .doesNotContain("[DONE]");
    }

    @Test
    void a_named_event_that_is_no_chunk_is_left_out() {
        String foreign = "event: status\ndata: {\"queue\":3}\n\n" + CHUNKS;

        assertThat(read(new ChatCodec(seal).answers(), foreign, foreign.length()))
                .noneMatch(data -> data.contains("queue"));
    }
}
