package dev.sluice.protocol.anthropic;

import dev.sluice.model.ChatRequest;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestCodec;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.seal.Seal;

/// Requests of the Messages API.
final class AnthropicRequests implements RequestCodec {
    private final Seal seal;

    AnthropicRequests(Seal seal) {
        this.seal = seal;
    }

    @Override
    public Outcome<Outline> outline(byte[] body, RequestHead head) {
        return AnthropicOutline.of(body, head);
    }

    @Override
    public Outcome<ChatRequest> decode(Outline outline) {
        return new RequestDecoder(outline, seal).decode();
    }

    @Override
    public Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target) {
        return RequestEncoder.encode(request, target);
    }

    @Override
    public EncodedRequest splice(Outline outline, TargetProfile target) {
        return IdentitySplice.of(outline, target);
    }
}
