package dev.sluice.protocol.openai.responses;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import java.util.List;

/// Token counting: `POST /responses/input_tokens`.
final class ResponsesCounts implements CountCodec {
    static final String PATH = ResponsesRequests.PATH + "/input_tokens";

    /// What the operation takes; all else is about the answer.
    private static final List<String> COUNTED = List.of(
            "model",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "instructions",
            "input",
            "reasoning",
            "text",
            "truncation",
            "previous_response_id",
            "conversation");

    private final ResponsesRequests requests;

    ResponsesCounts(ResponsesRequests requests) {
        this.requests = requests;
    }

    @Override
    public Outcome<Outline> outline(byte[] body, RequestHead head) {
        return requests.outline(body, head);
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        return requests.decode(outline);
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        return requests.encode(request, target)
                .then(call -> Outcome.ok(new EncodedRequest(
                        PATH, call.headers(), counted(call.body()), false, call.names(), false, call.degraded())));
    }

    private static byte[] counted(byte[] body) {
        Json.Obj whole = JsonText.objectOrNull(body, 0, body.length);
        Json.Builder counted = Json.object();
        for (String name : COUNTED) {
            counted.putIf(name, whole == null ? null : whole.field(name));
        }
        return JsonText.bytes(counted.build());
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        return ResponsesSplice.of(outline, target, PATH);
    }

    @Override
    public Outcome<Long> decode(byte[] body) {
        Json.Obj answer = JsonText.objectOrNull(body, 0, body.length);
        Long tokens = answer == null ? null : answer.whole("input_tokens");
        return tokens == null || tokens < 0
                ? Outcome.bad(Failure.Upstream.of(
                        Failure.Category.MALFORMED_ANSWER, "The provider's count of tokens holds no count."))
                : Outcome.ok(tokens);
    }

    @Override
    public byte[] encode(long tokens) {
        return JsonText.bytes(Json.object()
                .put("object", "response.input_tokens")
                .put("input_tokens", tokens)
                .build());
    }
}
