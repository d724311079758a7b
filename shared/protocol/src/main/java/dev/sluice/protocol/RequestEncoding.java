package dev.sluice.protocol;

import dev.sluice.model.ChatRequest;

/// Requests for providers of one dialect. Stateless and thread-safe.
public interface RequestEncoding {
    /// Encodes for a target of this dialect. Bad: the target cannot carry what the client supplied (PROTOCOL 2.2), with
    /// the client's own name of the field in `param`.
    Outcome<EncodedRequest> encode(ChatRequest request, TargetProfile target);
}
