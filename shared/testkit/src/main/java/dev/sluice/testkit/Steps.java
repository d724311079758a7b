package dev.sluice.testkit;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Steps for the contract suites, and what comes back.
final class Steps {
    static final String ITEM = "provider#p";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final Duration OPEN = Duration.ofSeconds(30);
    static final Duration LEASE = Duration.ofMinutes(4);
    static final String MINUTE = "q/minute/minute1/1795262400";
    static final String DAY = "q/day/day1/1795219200";
    static final String TOKENS = "t/day/day1/1795219200";

    private Steps() {}

    static AdmitStep admit(Take... takes) {
        return new AdmitStep(ITEM, null, List.of(takes), null, List.of(), List.of(), NOW);
    }

    static AdmitStep admit(Gate gate, Instant now) {
        return new AdmitStep(ITEM, gate, List.of(), null, List.of(), List.of(), now);
    }

    static AdmitStep with(AdmitStep step, @Nullable Reservation reservation, List<Reservation> sweeps) {
        return new AdmitStep(step.item(), step.gate(), step.takes(), reservation, sweeps, step.forget(), step.now());
    }

    static AdmitStep forgetting(AdmitStep step, List<String> names) {
        return new AdmitStep(
                step.item(), step.gate(), step.takes(), step.reservation(), step.sweeps(), names, step.now());
    }

    static Gate gate(String model) {
        return new Gate(model, 2, LEASE, true);
    }

    static Reservation reservation(String id, Map<String, Long> amounts) {
        return new Reservation(id, NOW.plusSeconds(960), new TreeMap<>(amounts));
    }

    static SettleStep settle(Map<String, Long> changes, @Nullable String guard, Breaker breaker) {
        return new SettleStep(ITEM, new TreeMap<>(changes), guard, breaker, NOW);
    }

    static SettleStep failed(String model, Instant now) {
        return settle(Map.of(), null, new Breaker.Failed(model, now.plus(OPEN)));
    }

    static CoolStep cool(@Nullable String model, Duration length) {
        return new CoolStep(ITEM, model, NOW.plus(length), Failure.Category.RATE_LIMITED, true, NOW);
    }

    /// The item after a step that has to be done.
    static StateItem done(Reply reply) {
        if (reply instanceof Reply.Done(StateItem item)) {
            return item;
        }
        throw new AssertionError("not done: " + reply);
    }

    /// The item of a step that has to be refused.
    static StateItem refused(Reply reply) {
        if (reply instanceof Reply.Refused(StateItem item)) {
            return item;
        }
        throw new AssertionError("not refused: " + reply);
    }

    static boolean isDone(Reply reply) {
        return switch (reply) {
            case Reply.Done _ -> true;
            case Reply.Refused _ -> false;
            case Reply.Silent _ -> throw new AssertionError("the store has to answer");
        };
    }

    /// The item as the store tells it.
    static StateItem read(LimitStore store) {
        return done(store.read(ITEM));
    }

    static List<Take> manyTakes(int count) {
        List<Take> takes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            takes.add(new Take("t/a-bucket-with-a-long-name-" + i + "/second10/1795262400", i + 1, 1_000));
        }
        return takes;
    }
}
