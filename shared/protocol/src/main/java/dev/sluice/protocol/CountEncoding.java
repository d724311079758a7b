package dev.sluice.protocol;

import dev.sluice.model.ChatRequest;

/// How a provider of one dialect is asked for the tokens of a request. Stateless and thread-safe.
public interface CountEncoding {
    /// The call that counts. Bad: as [RequestEncoding#encode].
    Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target);

    /// The count in a provider's answer of status 200. Bad: category `MALFORMED_ANSWER`.
    Outcome<Long> decode(byte[] body);
}
