package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.Buckets.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What one admission asks for, before it is a step.
///
/// @param open how long a failure keeps the breaker open
/// @param lifetime after which, and a minute, what is reserved may be given back by anyone
record Intent(String item, @Nullable Gate gate, Duration open, List<Charge> charges, Duration lifetime) {
    private static final Duration GRACE = Duration.ofSeconds(60);

    boolean neverFits() {
        return charges.stream().anyMatch(Charge::neverFits);
    }

    /// The step without anything of the past.
    ///
    /// @param id the attempt's
    /// @param elsewhere what of each counter is used but not in the item
    AdmitStep step(String id, ToLongFunction<String> elsewhere, Instant now) {
        List<Take> takes = new ArrayList<>(charges.size());
        for (Charge charge : charges) {
            long most = Saturated.difference(
                    charge.cap().most(),
                    Math.max(0, elsewhere.applyAsLong(charge.cap().counter())));
            takes.add(new Take(charge.cap().counter(), charge.amount(), most));
        }
        return new AdmitStep(item, gate, takes, reservation(id, now), List.of(), List.of(), now);
    }

    /// Of tokens only: a request that was made has been made.
    private @Nullable Reservation reservation(String id, Instant now) {
        TreeMap<String, Long> amounts = new TreeMap<>();
        for (Charge charge : charges) {
            if (charge.cap().isOfTokens()) {
                amounts.put(charge.cap().counter(), charge.amount());
            }
        }
        return amounts.isEmpty()
                ? null
                : new Reservation(id, now.plus(Saturated.length(lifetime)).plus(GRACE), amounts);
    }

    static AdmitStep with(AdmitStep step, List<Reservation> sweeps, List<String> forget) {
        return new AdmitStep(step.item(), step.gate(), step.takes(), step.reservation(), sweeps, forget, step.now());
    }
}
