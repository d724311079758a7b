package dev.sluice.core.ports;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.StateItem;

/// State items that change in one atomic step each, by everyone who shares the store. What a step means is written down
/// once, in `StateRules`; every store does the same.
///
/// No method repeats anything by itself, waits longer than 1.5 s, or throws for what the store does.
public interface LimitStore {
    Reply admit(AdmitStep step);

    Reply settle(SettleStep step);

    Reply cool(CoolStep step);

    /// The item as it is now: `Done`, or `Silent`.
    Reply read(String item);

    /// Takes the next position of that alias, the first being 0.
    Position advance(String alias);

    /// The position that comes next, not taken.
    Position peek(String alias);

    /// What became of a step.
    sealed interface Reply {
        /// @param item as it is afterwards
        record Done(StateItem item) implements Reply {}

        /// A condition did not hold; nothing has changed.
        ///
        /// @param item as it is
        record Refused(StateItem item) implements Reply {}

        /// The store did not answer.
        ///
        /// @param perhapsDone whether the step may have been carried out all the same
        record Silent(boolean perhapsDone) implements Reply {}
    }

    /// A position in a rotation.
    sealed interface Position {
        record At(long position) implements Position {}

        record Silent() implements Position {}
    }
}
