package dev.sluice.core.ports;

import dev.sluice.core.access.WorkerKeyState;
import java.time.Duration;
import java.time.Instant;

/// The master key's place in the store: which hash holds, which is pending, which lives on for its grace.
///
/// Every change is one atomic step over the state and the keys' own records, and may be repeated: a repetition changes
/// nothing more. For the rotation function and the owner's commands; throws when the store does not answer.
public interface WorkerKeys {
    /// As it is now, read consistently.
    WorkerKeyState state();

    /// The grace of the next promotion.
    void wish(Duration grace);

    /// Lets the key in as the pending one, in place of another pending one: calls with it succeed from now on.
    ///
    /// @param version of the secret that holds it
    /// @param hash HMAC of the key, hex
    /// @param until when it ends unless it is promoted before
    void pend(String version, String hash, Instant now, Instant until);

    /// The pending key becomes the one that holds; the one before it lives on for the wished grace, counted from now and
    /// never lengthened by a repetition.
    ///
    /// False: there is no pending key of that version (nor is it the current one already).
    boolean promote(String version, Instant now);

    /// Ends the key before the current one. False: there is none that still lives.
    boolean revokePrevious(Instant now);
}
