package dev.sluice.cli.start;

import dev.sluice.cli.control.Invocations;
import dev.sluice.cli.preview.Preview;
import java.net.InetSocketAddress;
import java.time.Duration;

/// What answers requests on an address, from its opening to `stop`.
public interface Server {
    InetSocketAddress address();

    /// The plans of the gateway that answers, asked as its owner.
    Preview preview();

    /// Direct invocations, where there is a function.
    Invocations invocations();

    /// Takes no new requests, lets streams in flight end for so long, and closes.
    void stop(Duration grace);
}
