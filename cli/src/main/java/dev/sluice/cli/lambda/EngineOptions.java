package dev.sluice.cli.lambda;

import dev.sluice.core.ports.Time;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// What an engine is run with beside the function itself.
///
/// @param random for request ids and credentials; used by many threads
/// @param events called on the engine's threads, must return at once
/// @param atSnapshot run while a process stands still in its snapshot: closes what it has open to other servers of ours
public record EngineOptions(
        EngineLimits limits,
        Faults faults,
        Time time,
        RandomGenerator random,
        Consumer<EngineEvent> events,
        Runnable atSnapshot) {
    /// Options without faults, listeners or other servers.
    public static EngineOptions of(EngineLimits limits, Time time, RandomGenerator random) {
        return new EngineOptions(limits, Faults.NONE, time, random, _ -> {}, () -> {});
    }

    public EngineOptions withFaults(Faults wanted) {
        return new EngineOptions(limits, wanted, time, random, events, atSnapshot);
    }

    public EngineOptions withEvents(Consumer<EngineEvent> listener) {
        return new EngineOptions(limits, faults, time, random, listener, atSnapshot);
    }

    public EngineOptions withAtSnapshot(Runnable action) {
        return new EngineOptions(limits, faults, time, random, events, action);
    }
}
