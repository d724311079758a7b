package dev.sluice.core.ports;

import dev.sluice.core.access.WorkerKeyChange;
import dev.sluice.core.access.WorkerKeyRules;
import dev.sluice.core.access.WorkerKeyState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// The master key's place in the store: which hash holds, which is pending, which lives on for its grace.
///
/// Every change is one atomic step over the state and the keys' own records, and may be repeated: a repetition changes
/// nothing more. For the rotation function and the owner's commands; throws [PortFailure] when the store does not answer.
/// A store has two methods to write; what changes is in [WorkerKeyRules].
public interface WorkerKeys {
    /// As it is now, read consistently.
    WorkerKeyState state();

    /// Makes one change: state and keys together, or nothing.
    ///
    /// @param rule asked what the change is, with the state as it is; asked again where others were faster
    /// @return what it came to. [WorkerKeyChange.Why#KEY_IN_USE] also when under one of the hashes stands a key that is
    ///     no master's
    WorkerKeyChange change(Function<WorkerKeyState, WorkerKeyChange> rule);

    /// The grace of the next promotion; the ones after it have the usual one again.
    default void wish(Duration grace) {
        change(state -> WorkerKeyRules.wish(state, grace));
    }

    /// Lets the key in as the pending one, in place of another pending one: calls with it succeed from now on.
    ///
    /// @param version of the secret that holds it
    /// @param hash HMAC of the key, hex
    /// @param until when it ends unless it is promoted before
    default WorkerKeyChange pend(String version, String hash, Instant now, Instant until) {
        return change(state -> WorkerKeyRules.pend(state, version, hash, now, until));
    }

    /// The pending key no longer ends by itself and nothing takes its place: whoever comes next promotes it.
    ///
    /// False: there is no pending key of that version (nor is it the current one already).
    default boolean decide(String version) {
        return !change(state -> WorkerKeyRules.decide(state, version)).isRefused();
    }

    /// The pending key becomes the one that holds; the one before it lives on for the wished grace, counted from now and
    /// never lengthened by a repetition.
    ///
    /// False: there is no pending key of that version (nor is it the current one already).
    default boolean promote(String version, Instant now) {
        return !change(state -> WorkerKeyRules.promote(state, version, now)).isRefused();
    }

    /// Ends the pending key of that version, which will never hold. False: there is none.
    default boolean abandon(String version) {
        return !change(state -> WorkerKeyRules.abandon(state, version)).isRefused();
    }

    /// Ends the key before the current one. False: there is none that still lives.
    default boolean revokePrevious(Instant now) {
        return !change(state -> WorkerKeyRules.revokePrevious(state, now)).isRefused();
    }
}
