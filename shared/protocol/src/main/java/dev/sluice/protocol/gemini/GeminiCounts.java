package dev.sluice.protocol.gemini;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonSpans.Span;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.RequestBody;
import java.util.Set;

/// Token counting: `countTokens`, of bare contents or of a whole request.
final class GeminiCounts implements CountCodec {
    private static final String REQUEST = "generateContentRequest";

    private final GeminiRequests requests;

    GeminiCounts(GeminiRequests requests) {
        this.requests = requests;
    }

    @Override
    public Outcome<Outline> outline(byte[] body, RequestHead head) {
        return JsonScanner.topLevel(body)
                .then(top -> GeminiOutline.present(body, top, REQUEST) == null
                        ? GeminiOutline.of(body, head)
                        : wrapped(body, head, top));
    }

    private static Outcome<Outline> wrapped(byte[] body, RequestHead head, JsonSpans top) {
        Span request = GeminiOutline.present(body, top, REQUEST);
        if (request == null || !JsonScanner.isObject(body, request)) {
            return Outcome.bad(Failure.Refused.field(REQUEST, "'" + REQUEST + "' must be an object."));
        }
        String model = GeminiPath.of(head.path()).model();
        return Outcome.ok(new Outline(body, head, top, model, false, true, null, null, Set.of()));
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        Json.Obj body = JsonText.objectOrNull(outline.body(), 0, outline.body().length);
        if (body == null) {
            return Outcome.bad(RequestBody.notAnObject());
        }
        Json.Obj inner = ProtoJson.camel(body).object(REQUEST);
        return inner == null ? requests.decode(body, "", outline) : requests.decode(inner, REQUEST, outline);
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        ChatRequest whole = new ChatRequest.Builder(request).stream(false).build();
        return requests.encode(whole, target).then(encoded -> Outcome.ok(asked(encoded, target)));
    }

    /// The whole request goes along: instructions and tools are counted too.
    private static EncodedRequest asked(EncodedRequest encoded, TargetProfile target) {
        Json.Obj request = JsonText.objectOrNull(encoded.body(), 0, encoded.body().length);
        Json.Builder whole = Json.object().put("model", GeminiPath.named(target.model()));
        if (request != null) {
            whole.putAll(request);
        }
        byte[] body = JsonText.bytes(Json.object().put(REQUEST, whole.build()).build());
        return new EncodedRequest(
                GeminiPath.to(target.model(), GeminiPath.COUNT),
                GeminiRequests.HEADERS,
                body,
                false,
                encoded.names(),
                false,
                encoded.degraded());
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        return IdentitySplice.ofCount(outline, target, REQUEST);
    }

    @Override
    public Outcome<Long> decode(byte[] body) {
        Json.Obj json = JsonText.objectOrNull(body, 0, body.length);
        Long total = json == null ? null : ProtoJson.camel(json).whole("totalTokens");
        return total == null
                ? Outcome.bad(
                        Failure.Upstream.of(Failure.Category.MALFORMED_ANSWER, "The provider gave no count of tokens."))
                : Outcome.ok(total);
    }

    @Override
    public byte[] encode(long tokens) {
        return JsonText.bytes(Json.object().put("totalTokens", tokens).build());
    }
}
