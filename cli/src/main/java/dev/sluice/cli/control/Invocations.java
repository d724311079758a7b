package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;

/// Invokes the function of a running `start --lambda` with an event, as its owner.
@FunctionalInterface
public interface Invocations {
    /// There is no function.
    Invocations NONE = (_, _) -> {
        throw CommandFailure.failed(
                "the running start serves from its own process and has no function to invoke: start it"
                        + " with sluice start --lambda");
    };

    /// The answer is streamed as a client of the Function URL would get it.
    void invoke(byte[] event, ClientResponse response) throws InterruptedException, ClientGone;
}
