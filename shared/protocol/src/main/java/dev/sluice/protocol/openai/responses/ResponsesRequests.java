package dev.sluice.protocol.openai.responses;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Headers;
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

/// Requests of Responses.
final class ResponsesRequests implements RequestCodec {
    static final String PATH = "/responses";
    static final Headers HEADERS = Headers.of("content-type", "application/json");

    private final Seal seal;

    ResponsesRequests(Seal seal) {
        this.seal = seal;
    }

    @Override
    public Outcome<Outline> outline(byte[] body, RequestHead head) {
        return ResponsesOutline.of(body, head);
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        return RequestBody.read(outline, body -> RequestReader.read(body, seal));
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        IdRules ids = IdRules.upTo(target.capabilities().toolIdMax());
        return WrongShape.caught(() -> RequestWriter.write(Normaliser.normalise(request, ids), target));
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        return ResponsesSplice.of(outline, target, PATH);
    }
}
