package dev.sluice.protocol.bedrock;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Degradation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.openai.responses.ResponsesCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.CapabilityNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Clients' requests as Bedrock gets them. Single quotes stand for double ones.
record Converted(Outcome<EncodedRequest> outcome) {
    private static final Seal SEAL = new Seal(new byte[32]);

    static Converted messages(String body) {
        return messages(body, "{}");
    }

    static Converted messages(String body, String caps) {
        return of(new AnthropicCodec(SEAL), body, caps, Policies.DEFAULT);
    }

    static Converted chat(String body) {
        return chat(body, "{}");
    }

    static Converted chat(String body, String caps) {
        return of(new ChatCodec(SEAL), body, caps, Policies.DEFAULT);
    }

    static Converted quirky(String body) {
        return of(new ChatCodec(SEAL), body, "{}", Policies.DEFAULT, Set.of(Capabilities.Quirk.TEMPERATURE_OR_TOP_P));
    }

    static Converted responses(String body) {
        return of(new ResponsesCodec(SEAL), body, "{}", Policies.DEFAULT);
    }

    static Converted strictChat(String body) {
        Policies usual = Policies.DEFAULT;
        Policies strict = new Policies(
                usual.unsupportedModality(),
                usual.serverTools(),
                usual.clampMaxTokens(),
                usual.stripClientBillingBlock(),
                usual.fetchRemoteMedia(),
                true);
        return of(new ChatCodec(SEAL), body, "{}", strict);
    }

    private static Converted of(DialectCodec client, String body, String caps, Policies policies) {
        return of(client, body, caps, policies, Set.of());
    }

    private static Converted of(
            DialectCodec client, String body, String caps, Policies policies, Set<Capabilities.Quirk> quirks) {
        RequestHead head = new RequestHead("", Map.of(), Headers.of("anthropic-version", "2023-06-01"));
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        Json.Obj named = json(caps);
        Capabilities capabilities = ((Outcome.Ok<Capabilities>) CapabilityNames.read(named, quirks)).value();
        TargetProfile target = new TargetProfile(Dialect.BEDROCK_CONVERSE, "m", capabilities, policies);
        return new Converted(client.requests()
                .outline(bytes, head)
                .then(client.requests()::decode)
                .then(request -> new BedrockCodec().requests().encode(request, target)));
    }

    static Json.Obj json(String text) {
        Json.Obj json = JsonText.objectOrNull(text.replace('\'', '"'));
        if (json == null) {
            throw new AssertionError("not JSON: " + text);
        }
        return json;
    }

    EncodedRequest request() {
        return switch (outcome) {
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) -> encoded;
            case Outcome.Bad<EncodedRequest>(Failure failure) -> throw new AssertionError(failure.message());
        };
    }

    Json.Obj body() {
        byte[] body = request().body();
        return json(new String(body, StandardCharsets.UTF_8).replace("'", "\u2019"));
    }

    /// The JSON of one top-level field, with single quotes; "nothing" when it is absent.
    String field(String name) {
        Json value = body().field(name);
        return value == null ? "nothing" : JsonText.print(value).replace('"', '\'');
    }

    String message(int index) {
        return JsonText.print(body().items("messages").get(index)).replace('"', '\'');
    }

    List<String> degraded() {
        return request().degraded().stream().map(Degradation::path).toList();
    }

    /// The field at fault of a refusal.
    String refusedField() {
        return outcome instanceof Outcome.Bad<EncodedRequest>(Failure.Refused refused)
                ? String.valueOf(refused.param())
                : "not refused: " + outcome;
    }
}
