package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What holds for every request that is written in the dialect it came in.
class RequestLawsTest {
    @Test
    void a_request_written_in_its_own_dialect_and_read_again_is_written_the_same() {
        int[] read = {0};
        for (DialectCodec client : PresentCodecs.all().clients()) {
            for (VectorBodies.Body body : VectorBodies.of("request", client.dialect())) {
                if (written(client, JsonText.bytes(body.json()))
                        instanceof Outcome.Ok<EncodedRequest>(EncodedRequest once)) {
                    read[0]++;
                    assertThat(text(written(client, once.body())))
                            .as(body.name())
                            .isEqualTo(new String(once.body(), StandardCharsets.UTF_8));
                }
            }
        }
        assertThat(read[0]).isGreaterThan(100);
    }

    @Test
    void a_request_written_in_its_own_dialect_says_what_it_said() {
        for (DialectCodec client : PresentCodecs.all().clients()) {
            for (VectorBodies.Body body : VectorBodies.of("request", client.dialect())) {
                if (decoded(client, JsonText.bytes(body.json())) instanceof Outcome.Ok<ChatRequest>(ChatRequest first)
                        && written(client, JsonText.bytes(body.json()))
                                instanceof Outcome.Ok<EncodedRequest>(EncodedRequest once)
                        && once.degraded().isEmpty()
                        && decoded(client, once.body()) instanceof Outcome.Ok<ChatRequest>(ChatRequest again)) {
                    assertThat(again.tools())
                            .extracting(Tool::name)
                            .as(body.name())
                            .isEqualTo(names(first));
                    assertThat(again.sampling().temperature())
                            .as(body.name())
                            .isEqualTo(first.sampling().temperature());
                    assertThat(again.sampling().seed())
                            .as(body.name())
                            .isEqualTo(first.sampling().seed());
                    assertThat(again.stop()).as(body.name()).isEqualTo(first.stop());
                    assertThat(again.toolChoice()).as(body.name()).isEqualTo(first.toolChoice());
                    assertThat(again.format()).as(body.name()).isEqualTo(first.format());
                    assertThat(again.metadata()).as(body.name()).isEqualTo(first.metadata());
                }
            }
        }
    }

    private static List<String> names(ChatRequest request) {
        return request.tools().stream().map(Tool::name).toList();
    }

    private static Outcome<ChatRequest> decoded(DialectCodec client, byte[] body) {
        return client.requests()
                .outline(body, Setup.head(Json.Obj.EMPTY, client.dialect()))
                .then(client.requests()::decode);
    }

    private static Outcome<EncodedRequest> written(DialectCodec client, byte[] body) {
        return RequestKind.encode(
                body, Setup.head(Json.Obj.EMPTY, client.dialect()), new Setup(Json.Obj.EMPTY), client, client);
    }

    private static String text(Outcome<EncodedRequest> outcome) {
        return switch (outcome) {
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) ->
                new String(encoded.body(), StandardCharsets.UTF_8);
            case Outcome.Bad<EncodedRequest>(var failure) -> "refused: " + failure.message();
        };
    }
}
