package dev.sluice.protocol;

import dev.sluice.model.ChatRequest;
import java.util.Optional;

/// Requests of one dialect, from clients and for providers. Stateless and thread-safe.
public interface RequestCodec extends RequestEncoding {
    /// Looks a client's body over in one pass. Bad: the body is not JSON, or a field that routing needs has a wrong type.
    Outcome<Outline> outline(byte[] body, RequestHead head);

    /// Decodes the whole request, for a translation. Bad: a field has a wrong type, or the request asks what no
    /// translation can give.
    Outcome<ChatRequest> decode(Outline outline);

    /// Whether a provider of the same dialect may get the client's own bytes. False where the client uses an operation of
    /// the dialect that Sluice serves by another one.
    default boolean passes(Outline outline) {
        return true;
    }

    /// The body of the answer to a request that asks no model for anything, as Ollama's wish to load one; empty for all
    /// others. It is whole and, for a client that streams, the only piece of its stream.
    ///
    /// @param now seconds of the epoch
    default Optional<byte[]> answeredHere(Outline outline, long now) {
        return Optional.empty();
    }

    /// The identity lane: the client's bytes with only the named fields changed (model, `stream_options`, foreign `gw1.`
    /// reasoning). Equal input gives equal bytes; a body that needs no change is the same array.
    EncodedRequest splice(Outline outline, TargetProfile target);
}
