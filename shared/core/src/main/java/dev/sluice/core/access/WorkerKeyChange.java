package dev.sluice.core.access;

import java.util.List;

/// What one change of the master key's place comes to, worked out on the state as it is.
public sealed interface WorkerKeyChange {
    /// Something changes.
    ///
    /// @param keys records to be written in the same atomic step, in place of what stands under their hashes; one that
    ///     stands there and is no master's stops all of it ([Why#KEY_IN_USE])
    record Changed(WorkerKeyState state, List<KeyRecord> keys) implements WorkerKeyChange {
        public Changed {
            keys = List.copyOf(keys);
        }
    }

    /// It is so already.
    record Unchanged() implements WorkerKeyChange {}

    /// It cannot be.
    record Refused(Why why) implements WorkerKeyChange {}

    /// Why not.
    enum Why {
        /// There is no pending key of that version.
        NOT_PENDING,
        /// There is no key that still lives.
        NOT_ALIVE,
        /// The key is the current one, held before, or is a client's.
        KEY_IN_USE,
        /// It is decided that another pending key will hold, and it does not hold yet.
        ANOTHER_IS_DECIDED
    }

    default boolean isRefused() {
        return this instanceof Refused;
    }
}
