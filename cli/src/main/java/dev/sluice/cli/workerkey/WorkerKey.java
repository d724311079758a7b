package dev.sluice.cli.workerkey;

import dev.sluice.core.access.WorkerKeyState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The master key of one gateway, to be looked at and changed by its owner.
///
/// What cannot be done ends the command with a sentence that says what holds now and how to go on. Nothing of a key is in
/// a sentence.
public interface WorkerKey {
    /// How a rotation is wished.
    ///
    /// @param grace how long the old key lives on; zero: not at all
    /// @param own the owner's own key, which is strong enough; empty: a random one
    record Wish(Duration grace, Optional<String> own) {
        @Override
        public String toString() {
            return "Wish[" + grace + "]"; // never the key
        }
    }

    /// A rotation that is done.
    ///
    /// @param key the new one
    /// @param oldUntil when the old key ends; empty: it has ended, or there was none
    /// @param proofs what calls have shown, a sentence each
    /// @param doubts what they should have shown and did not
    record Rotated(String key, String version, Optional<Instant> oldUntil, List<String> proofs, List<String> doubts) {
        public Rotated {
            proofs = List.copyOf(proofs);
            doubts = List.copyOf(doubts);
        }

        @Override
        public String toString() {
            return "Rotated[" + version + "]"; // never the key
        }
    }

    /// What is known now.
    ///
    /// @param next when it is rotated next at the latest; empty: by command only
    /// @param doubts what does not fit together
    record Standing(WorkerKeyState state, Optional<Instant> next, List<String> doubts) {
        public Standing {
            doubts = List.copyOf(doubts);
        }
    }

    Standing standing();

    /// Ends the command for a wish that cannot be fulfilled; changes nothing.
    void check(Wish wish);

    /// Makes the new key hold. Begun again after it was interrupted, it goes on from what is there.
    Rotated rotate(Wish wish);

    /// Ends the key before the current one now.
    ///
    /// @return what calls have shown; empty: there was none that still lived
    Optional<Proofs> revokePrevious();
}
