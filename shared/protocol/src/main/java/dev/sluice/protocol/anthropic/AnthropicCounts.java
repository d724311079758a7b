package dev.sluice.protocol.anthropic;

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
import dev.sluice.protocol.json.JsonSpans.Span;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import java.util.Set;

/// Token counting of the Messages API (`POST /v1/messages/count_tokens`): a request without what only its answer needs.
final class AnthropicCounts implements CountCodec {
    static final String OPERATION = "/count_tokens";
    private static final String TOKENS = "input_tokens";

    /// What the operation takes (MessageCountTokensParams).
    private static final Set<String> COUNTED = Set.of(
            "model",
            "messages",
            "system",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "cache_control",
            "context_management",
            "mcp_servers",
            "speed");

    private final Seal seal;

    AnthropicCounts(Seal seal) {
        this.seal = seal;
    }

    @Override
    public Outcome<Outline> outline(byte[] body, RequestHead head) {
        return AnthropicOutline.of(body, head).then(AnthropicCounts::withMessages);
    }

    private static Outcome<Outline> withMessages(Outline outline) {
        Span messages = outline.top().field("messages");
        return messages == null || JsonScanner.items(outline.body(), messages).isEmpty()
                ? Outcome.bad(Failure.Refused.field("messages", "messages: at least one message is required"))
                : Outcome.ok(outline);
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        return new RequestDecoder(outline, seal).decode();
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        EncodedRequest spliced = IdentitySplice.of(outline, target);
        return whole(spliced, spliced.path(), spliced.body());
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        return RequestEncoder.encode(request, target)
                .then(encoded -> Outcome.ok(whole(encoded, encoded.path() + OPERATION, counted(encoded.body()))));
    }

    private static EncodedRequest whole(EncodedRequest encoded, String path, byte[] body) {
        return new EncodedRequest(path, encoded.headers(), body, false, encoded.names(), false, encoded.degraded());
    }

    private static byte[] counted(byte[] body) {
        Json.Obj request = JsonText.objectOrNull(body, 0, body.length);
        Json.Builder counted = Json.object();
        if (request != null) {
            request.fields().forEach((name, value) -> {
                if (COUNTED.contains(name)) {
                    counted.put(name, value);
                }
            });
        }
        return JsonText.bytes(counted.build());
    }

    @Override
    public Outcome<Long> decode(byte[] body) {
        Json.Obj answer = JsonText.objectOrNull(body, 0, body.length);
        Long tokens = answer == null ? null : answer.whole(TOKENS);
        return tokens == null || tokens < 0
                ? Outcome.bad(Failure.Upstream.of(
                        Failure.Category.MALFORMED_ANSWER, "The provider's count of tokens names no number."))
                : Outcome.ok(tokens);
    }

    @Override
    public byte[] encode(long tokens) {
        return JsonText.bytes(Json.object().put(TOKENS, tokens).build());
    }
}
