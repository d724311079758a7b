package dev.sluice.core.gateway;

import dev.sluice.model.Failure;
import dev.sluice.protocol.ErrorAnswer;
import org.jspecify.annotations.Nullable;

/// How one attempt at one target ended.
sealed interface Attempted {
    /// The client has the whole answer.
    record Answered(int status) implements Attempted {}

    /// It broke after the client had content; the client was told in its dialect.
    record Cut(Failure.Upstream failure) implements Attempted {}

    /// The client has seen nothing of it.
    ///
    /// @param relay the provider's own error, when client and provider speak the same dialect
    /// @param followsGoodStatus whether it came after a status of 200
    /// @param identityExpired whether the provider says that the identity the request was signed with has run out, or refuses a
    ///     token that can be made anew
    record Failed(
            Failure.Upstream failure, @Nullable ErrorAnswer relay, boolean followsGoodStatus, boolean identityExpired)
            implements Attempted {
        Failed(Failure.Upstream failure, @Nullable ErrorAnswer relay) {
            this(failure, relay, false, false);
        }
    }

    /// The client closed its connection.
    record ClientLeft() implements Attempted {}
}
