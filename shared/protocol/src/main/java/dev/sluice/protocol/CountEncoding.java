package dev.sluice.protocol;

import dev.sluice.model.ChatRequest;

/// How a provider of one dialect is asked for the tokens of a request. Stateless and thread-safe.
public interface CountEncoding {
    /// The call that counts. Bad: as [RequestEncoding#encode].
    Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target);

    /// The count in a provider's answer of status 200. Bad: category `MALFORMED_ANSWER`.
    Outcome<Long> decode(byte[] body);

    /// Whether an answer of another status says that this model, or this provider, counts for nobody.
    default boolean isCountless(int status, byte[] body) {
        return status == 404 || status == 405 || status == 501;
    }
}
