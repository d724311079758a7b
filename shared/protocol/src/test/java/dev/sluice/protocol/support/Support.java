package dev.sluice.protocol.support;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Degradation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What becomes of a feature between a client and a provider that nothing is known of.
final class Support {
    private static final Json.Obj LEAST = (Json.Obj) parsed("""
            {"openai-chat": {"model": "m", "messages": [{"role": "user", "content": "x"}]},
             "openai-responses": {"model": "m", "input": "x", "store": false},
             "anthropic": {"model": "m", "max_tokens": 4000, "messages": [{"role": "user", "content": "x"}]},
             "gemini": {"contents": [{"role": "user", "parts": [{"text": "x"}]}]},
             "ollama-chat": {"model": "m", "stream": false, "messages": [{"role": "user", "content": "x"}]}}""");

    private Support() {}

    /// One word of the table, with how where it is degraded.
    static String of(Feature feature, DialectCodec client, UpstreamCodec upstream) {
        return switch (encoded(feature, client, upstream, Policies.DEFAULT)) {
            case Outcome.Bad<EncodedRequest> _ -> "refused";
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) ->
                encoded.degraded().isEmpty()
                        ? unreported(feature, encoded, bare(client, upstream))
                        : "degraded (" + reasons(encoded) + ")";
        };
    }

    /// What the provider is sent, or why not.
    static Outcome<EncodedRequest> encoded(
            Feature feature, DialectCodec client, UpstreamCodec upstream, Policies policies) {
        return encoded(feature.requests().getOrDefault(client.dialect(), Json.Obj.EMPTY), client, upstream, policies);
    }

    private static String unreported(Feature feature, EncodedRequest encoded, EncodedRequest bare) {
        String body = text(encoded);
        boolean arrived = feature.carries().isEmpty()
                ? !body.equals(text(bare)) || !encoded.headers().equals(bare.headers())
                : has(body, feature.carries());
        if (!arrived) {
            return "left out";
        }
        return feature.natives().isEmpty() || has(body, feature.natives()) ? "carried" : feature.otherwise();
    }

    private static EncodedRequest bare(DialectCodec client, UpstreamCodec upstream) {
        if (encoded(Json.Obj.EMPTY, client, upstream, Policies.DEFAULT)
                instanceof Outcome.Ok<EncodedRequest>(EncodedRequest encoded)) {
            return encoded;
        }
        throw new AssertionError("the least request of " + client.dialect() + " is refused");
    }

    private static Outcome<EncodedRequest> encoded(
            Json.Obj fields, DialectCodec client, UpstreamCodec upstream, Policies policies) {
        Map<String, Json> whole = new LinkedHashMap<>(
                Objects.requireNonNull(LEAST.object(client.dialect().id())).fields());
        whole.putAll(fields.fields());
        TargetProfile target = new TargetProfile(upstream.dialect(), "m", Capabilities.DEFAULT, policies);
        return client.requests()
                .outline(JsonText.bytes(new Json.Obj(whole)), head(client.dialect()))
                .then(client.requests()::decode)
                .then(request -> upstream.requests().encode(request, target));
    }

    private static RequestHead head(Dialect client) {
        return client == Dialect.GEMINI
                ? new RequestHead("/v1beta/models/m:generateContent", Map.of(), Headers.NONE)
                : RequestHead.NONE;
    }

    private static String reasons(EncodedRequest encoded) {
        return encoded.degraded().stream()
                .map(Degradation::reason)
                .map(reason -> reason.equals("unsupported") ? "dropped" : reason)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static boolean has(String body, List<String> any) {
        return any.stream().anyMatch(body::contains);
    }

    private static String text(EncodedRequest encoded) {
        return new String(encoded.body(), StandardCharsets.UTF_8);
    }

    private static Json parsed(String text) {
        if (JsonText.parse(text) instanceof JsonText.Parsed.Value(Json json)) {
            return json;
        }
        throw new AssertionError("not JSON: " + text);
    }
}
