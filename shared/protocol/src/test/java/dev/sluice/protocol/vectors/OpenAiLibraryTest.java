package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import dev.sluice.model.Answer;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.TranslatedLane;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What OpenAI's own library for Java makes of the answers that Responses clients get.
class OpenAiLibraryTest {
    private final JsonMapper mapper = ObjectMappers.jsonMapper();
    private final Codecs codecs = PresentCodecs.all();
    private final DialectCodec client = codecs.of(Dialect.OPENAI_RESPONSES).orElseThrow();

    private Stream<Vector> vectors(String kind) {
        return VectorFiles.all().stream()
                .filter(vector -> vector.kind().equals(kind))
                .filter(vector -> upstream(vector).isPresent());
    }

    private Optional<UpstreamCodec> upstream(Vector vector) {
        return Dialect.parse(vector.source()).flatMap(codecs::upstream);
    }

    private StreamRun run(Vector vector) {
        return StreamRun.translated(vector, upstream(vector).orElseThrow(), client, StreamRun.Cuts.WHOLE);
    }

    @Test
    void the_library_reads_every_stream_and_puts_it_together_to_its_last_event() {
        int[] whole = {0};
        vectors("stream").forEach(vector -> {
            StreamRun run = run(vector);
            ResponseAccumulator accumulator = ResponseAccumulator.createWithSnapshots();
            List<Json> events = run.events("sse");
            events.forEach(event -> accumulator.accumulate(read(vector, event)));
            assertThat(Grammar.problems("openai-responses", events, true))
                    .as(vector.name())
                    .isEmpty();
            if (run.heard().getLast() instanceof StreamEvent.Finished) {
                whole[0]++;
                Response response = accumulator.response().validate();
                assertThat(accumulator.reconstructedResponse().output())
                        .as(vector.name())
                        .isEqualTo(response.output());
                assertThat(response.usage()).as(vector.name()).isPresent();
            }
        });
        System.out.println("streams read by OpenAI's library: " + whole[0] + " of "
                + vectors("stream").count());
        assertThat(whole[0]).isPositive();
    }

    private ResponseStreamEvent read(Vector vector, Json event) {
        String data = JsonText.print(StreamCanon.data((Json.Obj) event));
        try {
            ResponseStreamEvent parsed = mapper.readValue(data, ResponseStreamEvent.class);
            // the strict check knows no code of a failure beyond those of the type, such as context_length_exceeded
            return parsed.isFailed() ? parsed : parsed.validate();
        } catch (IOException | RuntimeException unread) {
            throw new AssertionError(vector.name() + " " + data, unread);
        }
    }

    @Test
    void the_library_reads_every_whole_answer() {
        vectors("response").forEach(vector -> {
            byte[] body = JsonText.bytes(Vector.objectOf(vector.input(), "body"));
            Setup setup = new Setup(vector.context());
            if (upstream(vector).orElseThrow().answers().decode(body, setup.names())
                    instanceof Outcome.Ok<Answer>(Answer answer)) {
                byte[] written = client.answers().encode(answer, setup.client(client, false));
                try {
                    Response response =
                            mapper.readValue(written, Response.class).validate();
                    assertThat(response.usage()).as(vector.name()).isPresent();
                } catch (IOException | RuntimeException unread) {
                    throw new AssertionError(vector.name() + " " + new String(written, StandardCharsets.UTF_8), unread);
                }
            }
        });
    }

    @Test
    void a_stream_cut_anywhere_ends_in_one_failed_response_or_whole() {
        vectors("stream").forEach(vector -> {
            byte[] bytes = StreamRun.bytes(vector);
            for (int cut = 0; cut < bytes.length; cut += 7) {
                StreamRun run = StreamRun.of(
                        new TranslatedLane(
                                upstream(vector).orElseThrow().answers().frames(),
                                upstream(vector).orElseThrow().answers().decoder(new Setup(vector.context()).names()),
                                client.answers().encoder(new Setup(vector.context()).client(client, true))),
                        Arrays.copyOf(bytes, cut),
                        true,
                        StreamRun.Cuts.WHOLE);
                List<Json> events = run.events("sse");
                boolean isFinished = run.heard().getLast() instanceof StreamEvent.Finished;
                assertThat(Grammar.problems("openai-responses", events, isFinished))
                        .as(vector.name() + " cut at " + cut)
                        .isEmpty();
                String last = StreamCanon.data((Json.Obj) events.getLast()).text("type", "");
                assertThat(last)
                        .as(vector.name() + " cut at " + cut)
                        .isIn(
                                isFinished
                                        ? List.of("response.completed", "response.incomplete")
                                        : List.of("response.failed"));
            }
        });
    }
}
