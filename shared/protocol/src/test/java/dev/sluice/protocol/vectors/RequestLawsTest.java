package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Json;
import dev.sluice.model.Message;
import dev.sluice.model.Sampling;
import dev.sluice.model.Tool;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.Efforts;
import dev.sluice.protocol.translate.TextTool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
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
        SoftAssertions all = new SoftAssertions();
        for (DialectCodec client : PresentCodecs.all().clients()) {
            for (VectorBodies.Body body : VectorBodies.of("request", client.dialect())) {
                if (decoded(client, JsonText.bytes(body.json())) instanceof Outcome.Ok<ChatRequest>(ChatRequest first)
                        && written(client, JsonText.bytes(body.json()))
                                instanceof Outcome.Ok<EncodedRequest>(EncodedRequest once)
                        && once.degraded().isEmpty()
                        && decoded(client, once.body()) instanceof Outcome.Ok<ChatRequest>(ChatRequest again)) {
                    // the result of a call that is gone becomes words, which are more than were said
                    all.assertThat(words(again)).as(body.name()).containsAll(words(first));
                    all.assertThat(said(again)).as(body.name()).isEqualTo(said(first));
                }
            }
        }
        all.assertAll();
    }

    /// All of a request but how its turns are cut and where in the body a thing stood: that is the normal form's.
    private static Map<String, Object> said(ChatRequest request) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("stream", request.stream());
        said.put("system", request.system().stream().map(Block.Text::text).toList());
        said.put("tools", request.tools().stream().map(Tool::name).toList());
        said.put("functions", functions(request));
        said.put("toolChoice", request.toolChoice());
        said.put("parallelTools", String.valueOf(request.parallelTools()));
        said.put("maxOutputTokens", String.valueOf(request.maxOutputTokens()));
        said.put("sampling", ofOne(request.sampling()));
        said.put("stop", request.stop());
        said.put("format", request.format());
        said.put("effort", String.valueOf(Efforts.of(request.reasoning())));
        said.put("modalities", request.modalities());
        said.put("metadata", request.metadata());
        said.put("endUser", String.valueOf(request.endUser()));
        said.put("cache", request.cache());
        said.put("serviceTier", String.valueOf(request.serviceTier()));
        said.put("verbosity", String.valueOf(request.verbosity()));
        said.put("fields", request.fields());
        said.put("extras", request.extras());
        return said;
    }

    /// One choice is what no word means.
    private static Sampling ofOne(Sampling wish) {
        Long choices = wish.choices();
        return new Sampling(
                wish.temperature(),
                wish.topP(),
                wish.topK(),
                wish.minP(),
                wish.seed(),
                wish.presencePenalty(),
                wish.frequencyPenalty(),
                wish.logitBias(),
                choices != null && choices == 1 ? null : choices,
                wish.logprobs(),
                wish.topLogprobs());
    }

    /// What functions take and how they are told; a custom tool is one, too, where the target knows no other.
    private static List<String> functions(ChatRequest request) {
        return request.tools().stream().anyMatch(Tool.Custom.class::isInstance)
                        || request.tools().stream().anyMatch(RequestLawsTest::standsForCustom)
                ? List.of()
                : request.tools().stream()
                        .filter(Tool.Function.class::isInstance)
                        .map(Tool.Function.class::cast)
                        .map(tool -> tool.description()
                                + tool.schema()
                                + tool.strict()
                                + tool.deferred()
                                + tool.extras()
                                + tool.mark().cache())
                        .toList();
    }

    private static boolean standsForCustom(Tool tool) {
        return tool instanceof Tool.Function function && TextTool.schema().equals(function.schema());
    }

    /// The words of the conversation, with who says them.
    private static List<String> words(ChatRequest request) {
        List<String> words = new ArrayList<>();
        for (Message message : request.messages()) {
            for (Block block : message.blocks()) {
                if (block instanceof Block.Text text && !text.text().isBlank()) {
                    words.add(message.role() + ": " + text.text());
                }
            }
        }
        return words;
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
