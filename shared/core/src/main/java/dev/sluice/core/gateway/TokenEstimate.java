package dev.sluice.core.gateway;

import dev.sluice.protocol.Outline;

/// A rough size of a request in tokens, to keep it away from windows that cannot hold it.
final class TokenEstimate {
    /// Bytes of a JSON body for one token: English prose has about 4, code and JSON less. Taken high, so that a request
    /// is only ever refused locally when it is far too large.
    private static final int BYTES_PER_TOKEN = 5;

    private TokenEstimate() {}

    static long of(Outline outline) {
        return outline.body().length / BYTES_PER_TOKEN;
    }
}
