package dev.sluice.cli.control;

import dev.sluice.core.ports.LimitStore.Reply;

/// The shared ledger for those who only look: limits, health, what is reserved.
@FunctionalInterface
public interface LimitReading {
    /// The item as it is now: `Done`, or `Silent`. Waits no longer than 1.5 s where the store is asked by this process.
    Reply read(String item);
}
