package dev.sluice.lambda;

import dev.sluice.core.gateway.InboundRequest;

/// What an invocation's event is.
public sealed interface Event {
    /// A request to the Function URL. Its `problem` says what is wrong with its body.
    record Http(InboundRequest request) implements Event {}

    /// A request that cannot be understood: answered with that status and sentence, and nothing else.
    record Malformed(int status, String message) implements Event {}

    /// Anything else, a schedule's or a rotation's event, as it came.
    record Other(byte[] event) implements Event {}
}
