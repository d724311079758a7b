package dev.sluice.core.ports;

/// Whether the deployed gateway lets a key in, found out by calling it.
public interface KeyProbe {
    /// What one call has shown.
    sealed interface Verdict {
        record Accepted() implements Verdict {}

        /// The gateway does not know the key; perhaps not yet.
        record Refused() implements Verdict {}

        /// The gateway is there, and `access.allowedIps` lets nobody call from here: it has not looked at the key.
        record Outside() implements Verdict {}

        /// Neither, and a later call may tell.
        ///
        /// @param why without the key
        record Unclear(String why) implements Verdict {}
    }

    /// Calls once, within a time of its own; never throws.
    Verdict ask(String key);
}
