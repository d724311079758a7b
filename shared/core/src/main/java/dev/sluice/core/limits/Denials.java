package dev.sluice.core.limits;

import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.Buckets.Charge;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.model.Failure.Category;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why an item lets no attempt through, and when it will: cooldown first, then breaker, then buckets.
final class Denials {
    private static final String QUOTA = "quota-exhausted";

    private Denials() {}

    /// No window ever lets such a request through.
    static Denied never() {
        return new Denied(QUOTA, new Recovery(Instant.MAX, false, Category.RATE_LIMITED), false);
    }

    /// @param step what was refused
    static Denied of(StateItem item, AdmitStep step, List<Charge> charges, boolean isLocal) {
        Gate gate = step.gate();
        if (gate != null && gate.isEnforced()) {
            Denied denied = health(item, gate, step.now(), isLocal);
            if (denied != null) {
                return denied;
            }
        }
        return new Denied(QUOTA, quota(item, step, charges), isLocal);
    }

    static @Nullable Denied health(StateItem item, Gate gate, Instant now, boolean isLocal) {
        Recovery cooldown = cooldown(item, gate.model(), now);
        if (cooldown != null) {
            return new Denied("cooldown", cooldown, isLocal);
        }
        Recovery closed = breaker(item, gate, now);
        return closed == null ? null : new Denied("breaker-open", closed, isLocal);
    }

    /// When cooldown and breaker both let it through; null: now.
    static @Nullable Recovery recovery(StateItem item, Gate gate, Instant now) {
        return later(cooldown(item, gate.model(), now), breaker(item, gate, now));
    }

    private static @Nullable Recovery later(@Nullable Recovery one, @Nullable Recovery other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.at().isAfter(one.at()) ? other : one;
    }

    private static @Nullable Recovery cooldown(StateItem item, String model, Instant now) {
        return later(
                cooldownNamed(item, StateNames.cooldown(), now), cooldownNamed(item, StateNames.cooldown(model), now));
    }

    private static @Nullable Recovery cooldownNamed(StateItem item, String name, Instant now) {
        long until = item.number(name);
        if (until <= now.toEpochMilli()) {
            return null;
        }
        Cause cause = Cause.parse(item.texts().get(StateNames.cause(name)), until);
        return new Recovery(Instant.ofEpochMilli(until), cause.named(), cause.category());
    }

    private static @Nullable Recovery breaker(StateItem item, Gate gate, Instant now) {
        if (!isTripped(item, gate)) {
            return null;
        }
        long openUntil = item.number(StateNames.openUntil(gate.model()));
        if (openUntil > now.toEpochMilli()) {
            return ownTime(openUntil);
        }
        Long probedAt = item.numbers().get(StateNames.probedAt(gate.model()));
        if (probedAt == null || probedAt < openUntil) {
            return null;
        }
        long givenUp = Saturated.sum(probedAt, Saturated.length(gate.lease()).toMillis());
        return givenUp > now.toEpochMilli() ? ownTime(givenUp) : null;
    }

    private static Recovery ownTime(long at) {
        return new Recovery(Instant.ofEpochMilli(at), false, Category.TEMPORARY_ERROR);
    }

    /// Whether the breaker is open or half-open.
    static boolean isTripped(StateItem item, Gate gate) {
        return gate.threshold() > 0 && item.number(StateNames.failures(gate.model())) >= gate.threshold();
    }

    /// Whether the breaker is half-open: only the store knows whose the probe is.
    static boolean isHalfOpen(StateItem item, Gate gate, Instant now) {
        return isTripped(item, gate) && item.number(StateNames.openUntil(gate.model())) <= now.toEpochMilli();
    }

    /// When the last of the buckets that are in the way begins anew.
    private static Recovery quota(StateItem item, AdmitStep step, List<Charge> charges) {
        Instant latest = step.now();
        for (int i = 0; i < charges.size(); i++) {
            Instant resets = charges.get(i).cap().resets();
            if (isInTheWay(item, step.takes().get(i)) && resets.isAfter(latest)) {
                latest = resets;
            }
        }
        return new Recovery(latest, false, Category.RATE_LIMITED);
    }

    private static boolean isInTheWay(StateItem item, Take take) {
        return take.amount() > take.most()
                || item.number(take.counter()) > Saturated.difference(take.most(), take.amount());
    }

    /// Why something cools down, as [StateRules#cause] writes it.
    private record Cause(Category category, boolean named) {
        private static final Cause UNKNOWN = new Cause(Category.TEMPORARY_ERROR, false);
        private static final String NAMED = ";named";

        /// A text of another cooldown, or of another hand, tells nothing.
        static Cause parse(@Nullable String text, long until) {
            String beginning = until + ";";
            if (text == null || !text.startsWith(beginning)) {
                return UNKNOWN;
            }
            boolean named = text.endsWith(NAMED);
            String name = text.substring(
                    beginning.length(), Math.max(beginning.length(), text.length() - (named ? NAMED.length() : 0)));
            for (Category category : Category.values()) {
                if (category.name().equals(name)) {
                    return new Cause(category, named);
                }
            }
            return UNKNOWN;
        }
    }
}
