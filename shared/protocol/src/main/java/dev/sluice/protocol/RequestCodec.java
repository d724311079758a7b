package dev.sluice.protocol;

import dev.sluice.model.ChatRequest;

/// Requests of one dialect. Stateless and thread-safe.
public interface RequestCodec {
    /// Looks a client's body over in one pass. Bad: the body is not JSON, or a field that routing needs has a wrong type.
    Outcome<Outline> outline(byte[] body, RequestHead head);

    /// Decodes the whole request, for a translation. Bad: a field has a wrong type, or the request asks what no
    /// translation can give.
    Outcome<ChatRequest> decode(Outline outline);

    /// Encodes for a target of this dialect. Bad: the target cannot carry what the client supplied (PROTOCOL 2.2), with
    /// the client's own name of the field in `param`.
    Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target);

    /// The identity lane: the client's bytes with only the named fields changed (model, `stream_options`, foreign `gw1.`
    /// reasoning). Equal input gives equal bytes; a body that needs no change is the same array.
    EncodedRequest splice(Outline outline, TargetProfile target);
}
