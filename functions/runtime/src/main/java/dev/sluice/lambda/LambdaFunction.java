package dev.sluice.lambda;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;

/// What runs in an environment: one object, built once, that answers every invocation there.
///
/// `handle` and `other` are called by as many threads at once as the environment has workers; the hooks by one, before the
/// first invocation. The snapshot hooks run where snapshots are taken only, in the order they stand here.
public interface LambdaFunction {
    /// Answers one HTTP request. What it throws becomes a plain 500, or a broken answer when one had begun.
    void handle(InboundRequest request, ClientResponse response);

    /// Answers real requests through its whole path, so that a snapshot holds everything loaded and compiled. What it throws
    /// is logged and costs the warmth only.
    default void prime() {}

    /// Lets go of what must not be in a snapshot: open sockets above all. What it throws ends the environment.
    default void beforeSnapshot() {}

    /// Forgets what must not be shared with the other copies of the snapshot, or is out of date: credentials, identities,
    /// seeds of chance. What it throws ends the environment.
    default void afterRestore() {}

    /// Answers an event that is not an HTTP request, a schedule's or a rotation's. What it throws is the invocation's error.
    ///
    /// @param event the event as it came, one JSON object
    /// @return one JSON value
    default byte[] other(byte[] event) {
        throw new UnsupportedOperationException("This function answers HTTP requests only.");
    }
}
