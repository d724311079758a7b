package dev.sluice.protocol.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Degradation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.translate.CapabilityNames;
import dev.sluice.protocol.vectors.PresentCodecs;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The shape of an answer, asked of providers that cannot be told to keep one.
class FormatInWordsTest {
    private static final String SCHEMA = """
            {"model": "m", "messages": [{"role": "user", "content": "x"}], "response_format": {"type": "json_schema",
             "json_schema": {"name": "n", "schema": {"type": "object", "title": "SHAPE"}}}}""";
    private static final String ANY_JSON = """
            {"model": "m", "messages": [{"role": "user", "content": "x"}], "response_format": {"type": "json_object"}}""";

    private static EncodedRequest sent(String body, UpstreamCodec upstream) {
        Json.Obj caps = Json.object().put("structured_output", false).build();
        Capabilities unstructured = ((Outcome.Ok<Capabilities>) CapabilityNames.read(caps, Set.of())).value();
        TargetProfile target = new TargetProfile(upstream.dialect(), "m", unstructured, Policies.DEFAULT);
        var chat = PresentCodecs.all().clients().stream()
                .filter(client -> client.dialect() == Dialect.OPENAI_CHAT)
                .findFirst()
                .orElseThrow();
        return ((Outcome.Ok<EncodedRequest>) chat.requests()
                        .outline(body.getBytes(StandardCharsets.UTF_8), RequestHead.NONE)
                        .then(chat.requests()::decode)
                        .then(request -> upstream.requests().encode(request, target)))
                .value();
    }

    private static String text(EncodedRequest encoded) {
        return new String(encoded.body(), StandardCharsets.UTF_8);
    }

    @Test
    void every_provider_is_asked_in_words_and_the_client_told() {
        assertThat(PresentCodecs.all().all()).hasSize(6).allSatisfy(upstream -> {
            EncodedRequest schema = sent(SCHEMA, upstream);
            assertThat(text(schema))
                    .as(upstream.dialect().id())
                    .contains("It must be valid against this JSON Schema", "SHAPE")
                    .doesNotContain("json_schema", "responseMimeType", "\"format\"");
            assertThat(schema.degraded()).containsExactly(Degradation.unsupported("response_format"));
            EncodedRequest any = sent(ANY_JSON, upstream);
            assertThat(text(any)).as(upstream.dialect().id()).contains("Answer with one JSON object");
            assertThat(any.degraded()).containsExactly(Degradation.unsupported("response_format"));
        });
    }
}
