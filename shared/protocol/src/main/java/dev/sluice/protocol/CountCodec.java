package dev.sluice.protocol;

import dev.sluice.model.ChatRequest;

/// Token counting of one dialect, for clients and by providers. Stateless and thread-safe.
public interface CountCodec extends CountEncoding {
    /// Looks over what a client wants counted. Bad: as [RequestCodec#outline].
    Outcome<Outline> outline(byte[] body, RequestHead head);

    /// What shall be counted, as a chat request. Bad: as [RequestCodec#decode].
    Outcome<ChatRequest> decode(Outline outline);

    /// The client's own bytes for a provider of the same dialect.
    EncodedRequest splice(Outline outline, TargetProfile target);

    /// The answer for the client.
    byte[] encode(long tokens);
}
