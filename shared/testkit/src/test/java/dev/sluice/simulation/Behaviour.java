package dev.sluice.simulation;

import java.time.Duration;

/// How a target behaves at a moment.
sealed interface Behaviour {
    /// It answers, so many times slower than it usually does.
    record Serves(double slowness) implements Behaviour {}

    /// It refuses connections.
    record Refuses() implements Behaviour {}

    /// It takes the request and never answers.
    record KeepsSilent() implements Behaviour {}

    /// It answers 503 after that time.
    record Fails(Duration after) implements Behaviour {}

    /// It answers 429 above so many requests in a window.
    ///
    /// @param names whether it names the time in `Retry-After`
    record Limits(int most, Duration window, boolean names) implements Behaviour {}

    Behaviour WELL = new Serves(1);

    /// What it does when.
    interface Script {
        Behaviour at(Duration sinceStart);

        Script WELL = _ -> Behaviour.WELL;

        static Script always(Behaviour behaviour) {
            return _ -> behaviour;
        }

        /// From one moment to another, otherwise well.
        static Script during(Duration from, Duration to, Behaviour behaviour) {
            return at -> at.compareTo(from) >= 0 && at.compareTo(to) < 0 ? behaviour : Behaviour.WELL;
        }
    }
}
