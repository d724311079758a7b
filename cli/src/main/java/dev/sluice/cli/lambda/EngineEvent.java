package dev.sluice.cli.lambda;

import dev.sluice.model.Headers;
import java.util.Optional;

/// What happens in the engine, as it happens. Environments are counted from 1 and never reused as numbers.
public sealed interface EngineEvent {
    int environment();

    record Started(int environment, long pid) implements EngineEvent {}

    /// It waits for its first event.
    record Initialised(int environment) implements EngineEvent {}

    /// It stands ready ahead of any invocation: the next one may get it.
    record Provisioned(int environment) implements EngineEvent {}

    record Snapshot(int environment) implements EngineEvent {}

    record Restored(int environment) implements EngineEvent {}

    record Frozen(int environment) implements EngineEvent {}

    record Thawed(int environment) implements EngineEvent {}

    record Delivered(int environment, String requestId) implements EngineEvent {}

    /// @param trailers what the runtime sent behind its answer
    record Answered(int environment, String requestId, Headers trailers, Optional<InvocationFailure> failure)
            implements EngineEvent {}

    /// The runtime asked for something that it may not have.
    record Refused(int environment, String call, int status) implements EngineEvent {}

    /// Its state in the service's table moved, or was to move and did not.
    ///
    /// @param from the state's name
    /// @param to the name of the state that was asked for
    record Stepped(int environment, String from, String to, boolean allowed) implements EngineEvent {}

    record Output(int environment, String line) implements EngineEvent {}

    record Ended(int environment, String reason) implements EngineEvent {}
}
