package dev.sluice.core.gateway;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One request as a front received it, its body read whole.
///
/// @param path percent-encoded, as on the request line, without query
/// @param query as on the request line, without the question mark; empty when there is none
/// @param problem why the body could not be read as it should; then `body` is empty
/// @param clientAddress the peer's IP address as text
/// @param remaining how long the front can wait for the end of the answer, counted from now on; zero or less: nothing is
///     begun any more; null: as long as the configuration allows
public record InboundRequest(
        String method,
        String path,
        String query,
        Headers headers,
        byte[] body,
        @Nullable Failure problem,
        String clientAddress,
        @Nullable Duration remaining) {
    /// A request of a front that waits as long as need be.
    public InboundRequest(
            String method,
            String path,
            String query,
            Headers headers,
            byte[] body,
            @Nullable Failure problem,
            String clientAddress) {
        this(method, path, query, headers, body, problem, clientAddress, null);
    }

    boolean isTooLate() {
        return remaining != null && !remaining.isPositive();
    }
}
