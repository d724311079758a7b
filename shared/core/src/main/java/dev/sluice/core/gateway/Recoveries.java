package dev.sluice.core.gateway;

import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.routing.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When the targets of one request may be used again, and which of them is worth an attempt all the same
/// (`cooldown-overridden`). A full bucket is never overridden.
final class Recoveries {
    /// The longest a request waits for a target to recover at a time its provider named (ROUTING.md).
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final ChatCall call;
    private final CallBooks books;
    private final Losses losses;

    Recoveries(Ledger ledger, ChatCall call, CallBooks books, Losses losses) {
        this.ledger = ledger;
        this.call = call;
        this.books = books;
        this.losses = losses;
    }

    /// A target to be tried after a delay.
    record Waiting(Target target, Duration delay) {}

    private record Candidate(Target target, Recovery recovery) {}

    /// The one that recovers first, if that can be waited for. What the request has tried already is only repeated at a
    /// time that its provider named.
    Optional<Waiting> first(Instant now, Duration left) {
        return call.plan().targets().stream()
                .filter(target -> !losses.isHopeless(target) && !losses.forbidsRepeat(target))
                .flatMap(target ->
                        Optional.ofNullable(recovery(target)).stream().map(recovery -> new Candidate(target, recovery)))
                .filter(candidate -> candidate.recovery().named() || !losses.tried(candidate.target()))
                .min(Comparator.comparing(candidate -> candidate.recovery().at()))
                .map(candidate -> new Waiting(candidate.target(), delay(candidate.recovery(), now)))
                .filter(waiting -> waiting.delay().compareTo(LONGEST_WAIT) <= 0
                        && waiting.delay().compareTo(left) < 0);
    }

    /// Null: it does not cool down, or has a full bucket too.
    private @Nullable Recovery recovery(Target target) {
        Denied denied = books.denied().get(target);
        if (denied != null && denied.reason().equals(Exhausted.QUOTA)) {
            return null;
        }
        if (denied != null && !losses.tried(target)) {
            return denied.recovery();
        }
        return ledger.standing(call.config, target.provider(), target.model().id())
                .recovery();
    }

    /// At once when the time is our own default.
    private static Duration delay(Recovery recovery, Instant now) {
        if (!recovery.named()) {
            return Duration.ZERO;
        }
        Duration wait = Duration.between(now, recovery.at());
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
