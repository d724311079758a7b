package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.model.Answer;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What Anthropic's own library for Java makes of the streams that Messages clients get, from every upstream.
class AnthropicLibraryTest {
    /// What clients of the dialect hear beside the events of an answer.
    private static final Set<String> ASIDE = Set.of("ping", "error");

    private final JsonMapper mapper = ObjectMappers.jsonMapper();
    private final DialectCodec client =
            PresentCodecs.all().of(Dialect.ANTHROPIC).orElseThrow();

    @Test
    void the_library_puts_every_stream_together_to_what_the_whole_answer_says() {
        int[] whole = {0};
        foreign().forEach(vector -> {
            ClientRun run = ClientRun.of(vector, client);
            List<RawMessageStreamEvent> events = new ArrayList<>();
            for (Json event : run.events()) {
                Json.Obj data = StreamCanon.data((Json.Obj) event);
                if (!ASIDE.contains(data.text("type", ""))) {
                    events.add(read(vector, data));
                }
            }
            if (run.heard().getLast() instanceof StreamEvent.Finished) {
                whole[0]++;
                MessageAccumulator accumulator = MessageAccumulator.create();
                events.forEach(accumulator::accumulate);
                same(vector, accumulator.message(), run.answer());
            }
        });
        System.out.println("Messages streams put together by Anthropic's library: " + whole[0] + " of "
                + foreign().size());
        assertThat(whole[0]).isPositive();
    }

    /// Streams of the dialect's own providers go on as they came.
    private static List<Vector> foreign() {
        return VectorFiles.streams().stream()
                .filter(vector -> !vector.source().equals("anthropic"))
                .toList();
    }

    private RawMessageStreamEvent read(Vector vector, Json.Obj data) {
        try {
            String text = JsonText.print(data);
            RawMessageStreamEvent event = mapper.readValue(text, RawMessageStreamEvent.class);
            // its strict check knows no name of a server's own tool
            return text.contains("\"server_tool_use\"") ? event : event.validate();
        } catch (IOException | RuntimeException unread) {
            throw new AssertionError(vector.name() + " " + JsonText.print(data), unread);
        }
    }

    /// A stream cannot know at a text's beginning whether sources will follow: no sources are an empty list there.
    private String content(Message message) throws IOException {
        return mapper.writeValueAsString(message.content()).replace("\"citations\":[]", "\"citations\":null");
    }

    private void same(Vector vector, Message streamed, Outcome<Answer> outcome) {
        if (!(outcome instanceof Outcome.Ok<Answer>(Answer answer))) {
            throw new AssertionError(vector.name() + " is finished and no answer");
        }
        byte[] written = client.answers().encode(answer, new Setup(Json.Obj.EMPTY).client(client, false));
        try {
            Message whole = mapper.readValue(written, Message.class);
            assertThat(streamed.stopReason()).as(vector.name()).isEqualTo(whole.stopReason());
            assertThat(streamed.usage().outputTokens())
                    .as(vector.name())
                    .isEqualTo(whole.usage().outputTokens());
            assertThat(content(streamed)).as(vector.name()).isEqualTo(content(whole));
        } catch (IOException | RuntimeException unread) {
            throw new AssertionError(vector.name() + " " + new String(written, StandardCharsets.UTF_8), unread);
        }
    }
}
