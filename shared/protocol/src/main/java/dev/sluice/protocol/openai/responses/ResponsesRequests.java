package dev.sluice.protocol.openai.responses;

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
        try {
            return switch (JsonText.parse(outline.body())) {
                case JsonText.Parsed.Value(Json.Obj body) -> Outcome.ok(RequestReader.read(body, seal));
                case JsonText.Parsed.Value _ -> Outcome.bad(malformed("must be a JSON object."));
                case JsonText.Parsed.Malformed(String problem) ->
                    Outcome.bad(malformed("is not JSON: " + problem + "."));
            };
        } catch (WrongShape wrong) {
            return Outcome.bad(wrong.failure());
        }
    }

    private static Failure malformed(String problem) {
        return Failure.Refused.of(Failure.Kind.INVALID_REQUEST, "The request's body " + problem);
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        try {
            Integer longest = target.capabilities().toolIdMax();
            IdRules ids = new IdRules(longest == null ? 0 : longest, false);
            return Outcome.ok(RequestWriter.write(Normaliser.normalise(request, ids), target));
        } catch (WrongShape wrong) {
            return Outcome.bad(wrong.failure());
        }
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        return ResponsesSplice.of(outline, target, PATH);
    }
}
