package dev.sluice.core.ports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The calls that were, kept for their owner to look back at (`call#<day>`). Without prompts, answers, keys.
///
/// A call's place is the moment when it was over, which is what whoever follows them needs: a long one that began early is
/// still news when it ends.
public interface CallBook {
    /// How long a call can be looked up.
    Duration KEPT = Duration.ofDays(30);

    /// Keeps nothing.
    CallBook NONE = new CallBook() {
        @Override
        public boolean keep(CallLog.Entry entry) {
            return false;
        }

        @Override
        public List<CallLog.Entry> over(Instant from, Instant to, int most) {
            return List.of();
        }

        @Override
        public Optional<CallLog.Entry> find(String requestId, Instant now) {
            return Optional.empty();
        }
    };

    /// False: the store did not answer, and the call is not kept. Never throws, and waits no longer than 1.5 s.
    boolean keep(CallLog.Entry entry);

    /// The newest of those that were over at `from` or later and before `to`, oldest first. Throws [PortFailure].
    ///
    /// @param most how many; more than this are left out at the old end
    List<CallLog.Entry> over(Instant from, Instant to, int most);

    /// The call of that id, as its client was told it. Throws [PortFailure].
    ///
    /// @param now none is looked for that was over longer ago than [#KEPT]
    Optional<CallLog.Entry> find(String requestId, Instant now);
}
