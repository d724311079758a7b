package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.ports.Ledger.Ticket;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What an admission holds until it is settled.
final class Receipt implements Ticket {
    private final Intent intent;
    private final Booked booked;
    private final @Nullable Reservation reservation;
    private final boolean showedFailures;
    private final @Nullable Instant probedAt;
    private final AtomicBoolean isSettled = new AtomicBoolean();

    /// Where its takes are counted.
    enum Booked {
        /// There are none.
        NOWHERE,
        STORE,
        /// The store was asked and did not answer.
        PERHAPS,
        /// In this process alone.
        HERE
    }

    /// @param showedFailures whether the item held failures of the model
    /// @param probedAt when it is the probe of a half-open breaker
    Receipt(
            Intent intent,
            Booked booked,
            @Nullable Reservation reservation,
            boolean showedFailures,
            @Nullable Instant probedAt) {
        this.intent = intent;
        this.booked = booked;
        this.reservation = reservation;
        this.showedFailures = showedFailures;
        this.probedAt = probedAt;
    }

    /// @param item as it was after the step, or when no step was needed
    static Receipt of(Intent intent, Booked booked, AdmitStep step, StateItem item, Aside.Passage aside) {
        AdmitStep.Gate gate = intent.gate();
        boolean showedFailures =
                aside.showedFailures() || gate != null && item.numbers().containsKey(StateNames.failures(gate.model()));
        boolean isProbe = gate != null && Denials.isHalfOpen(item, gate, step.now());
        return new Receipt(intent, booked, step.reservation(), showedFailures, isProbe ? step.now() : aside.probedAt());
    }

    /// Whether this is the first time.
    boolean settleOnce() {
        return isSettled.compareAndSet(false, true);
    }

    Intent intent() {
        return intent;
    }

    Booked booked() {
        return booked;
    }

    @Nullable
    Reservation reservation() {
        return reservation;
    }

    boolean showedFailures() {
        return showedFailures;
    }

    @Nullable
    Instant probedAt() {
        return probedAt;
    }
}
