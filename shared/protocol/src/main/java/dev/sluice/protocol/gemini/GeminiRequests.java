package dev.sluice.protocol.gemini;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.IdRules;
import dev.sluice.protocol.translate.Normaliser;
import dev.sluice.protocol.translate.RequestBody;
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
        return RequestBody.read(outline, body -> new RequestReader(body, "", outline, seal).read());
    }

    /// @param path where that object stands in the client's body
    Outcome<ChatRequest> decode(Json.Obj body, String path, Outline outline) {
        return WrongShape.caught(() -> new RequestReader(body, path, outline, seal).read());
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        return WrongShape.caught(() -> new RequestWriter(Normaliser.normalise(request, IdRules.ANY), target).write());
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        return IdentitySplice.of(outline, target);
    }
}
