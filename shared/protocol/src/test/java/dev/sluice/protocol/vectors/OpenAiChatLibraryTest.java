package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
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
import org.junit.jupiter.api.Test;

/// What OpenAI's own library for Java makes of the streams that Chat clients get, from every upstream.
class OpenAiChatLibraryTest {
    private final JsonMapper mapper = ObjectMappers.jsonMapper();
    private final DialectCodec client =
            PresentCodecs.all().of(Dialect.OPENAI_CHAT).orElseThrow();

    @Test
    void the_library_puts_every_stream_together_to_what_the_whole_answer_says() {
        int[] whole = {0};
        VectorFiles.streams().forEach(vector -> {
            ClientRun run = ClientRun.of(vector, client);
            List<ChatCompletionChunk> chunks = new ArrayList<>();
            for (Json event : run.events()) {
                // the library knows no pieces of custom tools' calls
                if (isChunk(event) && !JsonText.print(event).contains("\"custom\"")) {
                    chunks.add(read(vector, StreamCanon.data((Json.Obj) event)));
                }
            }
            boolean isKnown = chunks.size()
                    == run.events().stream()
                            .filter(OpenAiChatLibraryTest::isChunk)
                            .count();
            if (isKnown && run.heard().getLast() instanceof StreamEvent.Finished) {
                whole[0]++;
                ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
                chunks.forEach(accumulator::accumulate);
                same(vector, accumulator.chatCompletion().validate(), run.answer());
            }
        });
        System.out.println("Chat streams put together by OpenAI's library: " + whole[0] + " of "
                + VectorFiles.streams().size());
        assertThat(whole[0]).isPositive();
    }

    private static boolean isChunk(Json event) {
        Json.Obj object = (Json.Obj) event;
        return !StreamCanon.isDone(object) && !StreamCanon.data(object).has("error");
    }

    private ChatCompletionChunk read(Vector vector, Json.Obj data) {
        try {
            return mapper.readValue(JsonText.print(data), ChatCompletionChunk.class)
                    .validate();
        } catch (IOException | RuntimeException unread) {
            throw new AssertionError(vector.name() + " " + JsonText.print(data), unread);
        }
    }

    private void same(Vector vector, ChatCompletion streamed, Outcome<Answer> outcome) {
        if (!(outcome instanceof Outcome.Ok<Answer>(Answer answer))) {
            throw new AssertionError(vector.name() + " is finished and no answer");
        }
        byte[] written = client.answers().encode(answer, new Setup(Json.Obj.EMPTY).client(client, false));
        try {
            ChatCompletion whole =
                    mapper.readValue(written, ChatCompletion.class).validate();
            ChatCompletion.Choice one = streamed.choices().getFirst();
            ChatCompletion.Choice other = whole.choices().getFirst();
            assertThat(one.finishReason()).as(vector.name()).isEqualTo(other.finishReason());
            assertThat(one.message().content().orElse(""))
                    .as(vector.name())
                    .isEqualTo(other.message().content().orElse(""));
            assertThat(one.message().refusal().orElse(""))
                    .as(vector.name())
                    .isEqualTo(other.message().refusal().orElse(""));
            assertThat(one.message().toolCalls().orElse(List.of()).size())
                    .as(vector.name())
                    .isEqualTo(other.message().toolCalls().orElse(List.of()).size());
            assertThat(streamed.usage()).as(vector.name()).isEqualTo(whole.usage());
        } catch (IOException | RuntimeException unread) {
            throw new AssertionError(vector.name() + " " + new String(written, StandardCharsets.UTF_8), unread);
        }
    }
}
