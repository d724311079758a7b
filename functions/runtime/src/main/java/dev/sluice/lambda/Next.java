package dev.sluice.lambda;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of asking for the next invocation.
sealed interface Next {
    /// @param deadline by the wall clock; null when the service named none
    /// @param traceId as X-Ray writes it, null when there is none
    /// @param tooLong whether the event was larger than the service allows; then `event` is empty
    record Invocation(
            String id, @Nullable Instant deadline, @Nullable String traceId, byte[] event, boolean tooLong)
            implements Next {}

    record Failed(String reason) implements Next {}
}
