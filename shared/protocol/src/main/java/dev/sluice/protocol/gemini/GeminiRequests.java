package dev.sluice.protocol.gemini;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.IdRules;
import dev.sluice.protocol.translate.Normaliser;
import dev.sluice.protocol.translate.WrongShape;

/// Requests of `generateContent` and `streamGenerateContent`.
final class GeminiRequests implements RequestCodec {
    static final Headers HEADERS = Headers.of("content-type", "application/json");

    private final Seal seal;

    GeminiRequests(Seal seal) {
        this.seal = seal;
    }

    @Override
    public Outcome<Outline> outline(byte[] body, RequestHead head) {
        return GeminiOutline.of(body, head);
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        return switch (JsonText.parse(outline.body())) {
            case JsonText.Parsed.Value(Json.Obj body) -> decode(body, "", outline);
            case JsonText.Parsed.Value _ -> malformed("The request's body must be a JSON object.");
            case JsonText.Parsed.Malformed(String problem) ->
                malformed("The request's body is not JSON: " + problem + ".");
        };
    }

    /// @param path where that object stands in the client's body
    Outcome<ChatRequest> decode(Json.Obj body, String path, Outline outline) {
        try {
            return Outcome.ok(new RequestReader(body, path, outline, seal).read());
        } catch (WrongShape wrong) {
            return Outcome.bad(wrong.failure());
        }
    }

    static <T> Outcome<T> malformed(String message) {
        return Outcome.bad(Failure.Refused.of(Failure.Kind.INVALID_REQUEST, message));
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        try {
            ChatRequest normal = Normaliser.normalise(request, IdRules.ANY);
            return Outcome.ok(new RequestWriter(normal, target).write());
        } catch (WrongShape wrong) {
            return Outcome.bad(wrong.failure());
        }
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        return IdentitySplice.of(outline, target);
    }
}
