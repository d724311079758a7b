package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.Buckets.Charge;
import dev.sluice.core.limits.SettleStep.Breaker;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A settlement on its way to the store: which step says it, and which one instead when that is refused.
///
/// @param tokens that were used; null: as many as were reserved
/// @param perhapsTold whether the store may have done it already: then a reservation that is gone tells nothing
record Settling(Receipt receipt, boolean reached, @Nullable Long tokens, Breaker breaker, boolean perhapsTold) {

    private interface Amount {
        long of(Charge charge);
    }

    /// What is told first; null: nothing has to be.
    @Nullable
    SettleStep step(Instant now) {
        Reservation reservation = receipt.reservation();
        return switch (receipt.booked()) {
            case NOWHERE -> plain(new TreeMap<>(), breaker, now);
            case HERE -> plain(changes(this::actual, now), breaker, now);
            case STORE ->
                reservation == null
                        ? plain(changes(this::correction, now), breaker, now)
                        : guarded(reservation, changes(this::correction, now), now);
            case PERHAPS ->
                reservation == null
                        ? plain(new TreeMap<>(), breaker, now)
                        : guarded(reservation, changes(this::correction, now), now);
        };
    }

    /// What is told instead of a refused step; null: nothing has to be.
    @Nullable
    SettleStep after(SettleStep refused, StateItem item, Instant now) {
        if (refused.breaker() instanceof Breaker.ProbeReturned(String model, Instant probedAt)
                && item.number(StateNames.probedAt(model)) != probedAt.toEpochMilli()) {
            return refused.guard() == null
                    ? plain(refused.changes(), Breaker.UNCHANGED, now)
                    : new SettleStep(refused.item(), refused.changes(), refused.guard(), Breaker.UNCHANGED, now);
        }
        if (refused.guard() != null) {
            return perhapsTold
                    ? null
                    : plain(
                            changes(neverHappened(now) ? this::actual : this::sweptBefore, now),
                            refused.breaker(),
                            now);
        }
        return withoutReturns(refused);
    }

    /// The places that a step gives back are no longer there: what else it says.
    static @Nullable SettleStep withoutReturns(SettleStep refused) {
        TreeMap<String, Long> rest = new TreeMap<>(refused.changes());
        boolean hadReturns = rest.values().removeIf(change -> change < 0);
        boolean saysMore = !rest.isEmpty() || !(refused.breaker() instanceof Breaker.Unchanged);
        return hadReturns && saysMore
                ? new SettleStep(refused.item(), rest, null, refused.breaker(), refused.now())
                : null;
    }

    /// Nobody may have swept it yet, so it was never written.
    private boolean neverHappened(Instant now) {
        Reservation reservation = receipt.reservation();
        return receipt.booked() == Receipt.Booked.PERHAPS && reservation != null && !now.isAfter(reservation.expiry());
    }

    /// The same without words on health that time has overtaken; a probe's place is given back all the same.
    Settling later(Instant now) {
        return switch (breaker) {
            case Breaker.Failed(String _, Instant openUntil) when openUntil.isAfter(now) -> this;
            case Breaker.Failed _, Breaker.Closed _ ->
                new Settling(receipt, reached, tokens, returned(receipt), perhapsTold);
            case Breaker.ProbeReturned _, Breaker.Unchanged _ -> this;
        };
    }

    /// The same after one more silence of the store.
    Settling told(Breaker health, boolean perhapsDone) {
        return new Settling(receipt, reached, tokens, health, perhapsTold || perhapsDone);
    }

    /// What gives a probe's place back; nothing where it was none.
    static Breaker returned(Receipt receipt) {
        Gate gate = receipt.intent().gate();
        Instant probedAt = receipt.probedAt();
        return gate == null || probedAt == null ? Breaker.UNCHANGED : new Breaker.ProbeReturned(gate.model(), probedAt);
    }

    /// What it turned out to be.
    long actual(Charge charge) {
        if (!reached) {
            return 0;
        }
        return charge.cap().isOfTokens() && tokens != null ? tokens : charge.amount();
    }

    long correction(Charge charge) {
        return Saturated.difference(actual(charge), charge.amount());
    }

    /// The tokens were given back by somebody else, the request was not.
    private long sweptBefore(Charge charge) {
        if (charge.cap().isOfTokens()) {
            return actual(charge);
        }
        return receipt.booked() == Receipt.Booked.STORE ? correction(charge) : 0;
    }

    private SortedMap<String, Long> changes(Amount amount, Instant now) {
        TreeMap<String, Long> changes = new TreeMap<>();
        for (Charge charge : receipt.intent().charges()) {
            long change = amount.of(charge);
            if (change != 0 && !Past.isOver(charge.cap().resets(), now)) {
                changes.put(charge.cap().counter(), change);
            }
        }
        return changes;
    }

    private SettleStep guarded(Reservation reservation, SortedMap<String, Long> changes, Instant now) {
        return new SettleStep(receipt.intent().item(), changes, reservation.id(), breaker, now);
    }

    private @Nullable SettleStep plain(SortedMap<String, Long> changes, Breaker health, Instant now) {
        return changes.isEmpty() && health instanceof Breaker.Unchanged
                ? null
                : new SettleStep(receipt.intent().item(), changes, null, health, now);
    }
}
