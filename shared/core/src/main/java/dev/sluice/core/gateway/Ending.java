package dev.sluice.core.gateway;

import dev.sluice.core.metering.Meter;
import dev.sluice.model.Failure;
import dev.sluice.protocol.ErrorAnswer;
import org.jspecify.annotations.Nullable;

/// How a request ended, over all its attempts.
sealed interface Ending {
    record Answered(int status, Meter meter) implements Ending {}

    record Cut(Failure failure, Meter meter) implements Ending {}

    /// Nothing of an answer has reached the client: it is told this failure.
    record Lost(Failure failure, @Nullable ErrorAnswer relay) implements Ending {}

    record ClientLeft(Meter meter) implements Ending {}
}
