package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.BreakerRules;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.limits.StateNames;
import dev.sluice.core.limits.StateRules;
import dev.sluice.core.limits.Windows;
import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Books in the memory of one process, until those that a store shares take their place. Thread-safe.
public final class OneProcessLedger implements Ledger {
    private final Time time;
    private final Map<String, StateItem> items = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private long lastId;

    public OneProcessLedger(Time time) {
        this.time = time;
    }

    private record Taken(String item, @Nullable Ask ask, Reservation reservation, Instant at, boolean probe)
            implements Ticket {}

    @Override
    public synchronized Admission admit(Ask ask) {
        BreakerRules rules = ask.config().breaker();
        Duration lease =
                ask.config().timeouts().firstByte().plus(ask.config().timeouts().idle());
        Gate gate = new Gate(ask.model(), rules.failures(), lease, ask.passage() == Passage.CHECKED);
        return admit(
                "provider#" + ask.provider().id(), ask, gate, ask.provider().rateLimits(), ask.reserve());
    }

    @Override
    public synchronized Admission admitCaller(Caller caller, Reserve reserve, Duration lifetime) {
        return admit("caller#" + caller.keyHash(), null, null, caller.limits(), reserve);
    }

    private Admission admit(
            String item, @Nullable Ask ask, @Nullable Gate gate, List<RateLimitConfig> limits, Reserve reserve) {
        Instant now = time.now();
        StateItem before = items.getOrDefault(item, StateItem.EMPTY);
        List<Take> takes = new ArrayList<>();
        TreeMap<String, Long> amounts = new TreeMap<>();
        Instant free = null;
        for (RateLimitConfig limit : limits) {
            boolean isMatching = ask == null
                    || limit.models().contains("all")
                    || limit.models().contains(ask.model());
            Windows.Span span = Windows.at(limit.window(), now);
            for (String unit : isMatching ? List.of("q", "t") : List.<String>of()) {
                Long cap = unit.equals("q") ? limit.requests() : limit.tokens();
                if (cap != null) {
                    long amount = unit.equals("q") ? 1 : reserve.prompt() + reserve.output();
                    Take take = new Take(unit + "/" + limit.id() + "/" + span.start(), amount, cap);
                    takes.add(take);
                    amounts.put(take.counter(), amount);
                    if (before.number(take.counter()) + amount > cap) {
                        Instant resets = amount > cap ? Instant.MAX : span.end();
                        free = free == null || resets.isAfter(free) ? resets : free;
                    }
                }
            }
        }
        Reservation reservation = new Reservation("" + ++lastId, now.plusSeconds(900), amounts);
        AdmitStep step = new AdmitStep(item, gate, takes, reservation, List.of(), List.of(), now);
        return switch (StateRules.admit(before, step)) {
            case Reply.Done(StateItem after) -> {
                items.put(item, after);
                boolean probe = gate != null
                        && gate.threshold() > 0
                        && before.number(StateNames.failures(gate.model())) >= gate.threshold()
                        && before.number(StateNames.openUntil(gate.model())) <= now.toEpochMilli();
                yield new Admission.Granted(new Taken(item, ask, reservation, now, probe), probe, false);
            }
            case Reply.Refused _, Reply.Silent _ -> {
                Recovery recovery = gate == null || !gate.isEnforced() ? null : recovery(before, gate, now);
                if (gate == null || recovery == null) {
                    Instant at = free == null ? now : free;
                    yield new Admission.Denied(
                            "quota-exhausted", new Recovery(at, false, Category.RATE_LIMITED), false);
                }
                boolean isCool = cooldown(before, gate.model(), now) != null;
                yield new Admission.Denied(isCool ? "cooldown" : "breaker-open", recovery, false);
            }
        };
    }

    private static @Nullable Recovery recovery(StateItem item, Gate gate, Instant now) {
        Recovery cooldown = cooldown(item, gate.model(), now);
        Recovery breaker = breaker(item, gate, now);
        if (cooldown == null || breaker == null) {
            return cooldown == null ? breaker : cooldown;
        }
        return breaker.at().isAfter(cooldown.at()) ? breaker : cooldown;
    }

    private static @Nullable Recovery cooldown(StateItem item, String model, Instant now) {
        Recovery latest = null;
        for (String name : List.of(StateNames.cooldown(), StateNames.cooldown(model))) {
            Instant until = Instant.ofEpochMilli(item.number(name));
            if (until.isAfter(now) && (latest == null || until.isAfter(latest.at()))) {
                String[] cause = item.texts()
                        .getOrDefault(StateNames.cause(name), "0;RATE_LIMITED")
                        .split(";", -1);
                latest = new Recovery(until, cause.length > 2, Category.valueOf(cause[1]));
            }
        }
        return latest;
    }

    private static @Nullable Recovery breaker(StateItem item, Gate gate, Instant now) {
        if (gate.threshold() == 0 || item.number(StateNames.failures(gate.model())) < gate.threshold()) {
            return null;
        }
        Instant open = Instant.ofEpochMilli(item.number(StateNames.openUntil(gate.model())));
        if (open.isAfter(now)) {
            return new Recovery(open, false, Category.TEMPORARY_ERROR);
        }
        Instant probed = Instant.ofEpochMilli(item.number(StateNames.probedAt(gate.model())));
        Instant givenUp = probed.plus(gate.lease());
        return probed.isBefore(open) || !givenUp.isAfter(now)
                ? null
                : new Recovery(givenUp, false, Category.TEMPORARY_ERROR);
    }

    @Override
    public synchronized void settle(Admission.Granted granted, Settlement settlement) {
        Taken taken = (Taken) granted.ticket();
        Instant now = time.now();
        TreeMap<String, Long> changes = new TreeMap<>();
        Usage usage = settlement.usage();
        taken.reservation().amounts().forEach((counter, amount) -> {
            if (!settlement.reached()) {
                changes.put(counter, -amount);
            } else if (counter.startsWith("t/") && usage != null) {
                changes.put(counter, usage.prompt() + usage.outputOr0() - amount);
            }
        });
        String id = taken.reservation().id();
        apply(taken.item(), new SettleStep(taken.item(), changes, id, breaker(taken, settlement.word(), now), now));
        if (settlement.word() instanceof Word.Ill(boolean _, Cooldown cooldown) && cooldown != null) {
            cool(taken, cooldown, now);
        }
    }

    private void apply(String item, SettleStep step) {
        StateItem before = items.getOrDefault(item, StateItem.EMPTY);
        if (StateRules.settle(before, step) instanceof Reply.Done(StateItem after)) {
            items.put(item, after);
        } else if (step.breaker() instanceof Breaker.ProbeReturned) {
            apply(item, new SettleStep(item, step.changes(), step.guard(), Breaker.UNCHANGED, step.now()));
        }
    }

    private static Breaker breaker(Taken taken, Word word, Instant now) {
        Ask ask = taken.ask();
        if (ask == null) {
            return Breaker.UNCHANGED;
        }
        return switch (word) {
            case Word.Well _ -> new Breaker.Closed(ask.model());
            case Word.Ill(boolean opens, Cooldown _)
            when opens ->
                new Breaker.Failed(ask.model(), now.plus(ask.config().breaker().open()));
            case Word.Ill _, Word.Nothing _ ->
                taken.probe() ? new Breaker.ProbeReturned(ask.model(), taken.at()) : Breaker.UNCHANGED;
        };
    }

    private void cool(Taken taken, Cooldown cooldown, Instant now) {
        if (cooldown.scope() == Failure.Scope.NONE || taken.ask() == null) {
            return;
        }
        String model = cooldown.scope() == Failure.Scope.MODEL ? taken.ask().model() : null;
        Instant until = now.plus(cooldown.length());
        CoolStep step = new CoolStep(taken.item(), model, until, cooldown.category(), cooldown.named(), now);
        if (StateRules.cool(items.getOrDefault(taken.item(), StateItem.EMPTY), step)
                instanceof Reply.Done(StateItem after)) {
            items.put(taken.item(), after);
        }
    }

    @Override
    public synchronized OptionalLong position(String alias) {
        return OptionalLong.of(positions.merge(alias, 1L, Long::sum) - 1);
    }

    @Override
    public synchronized Standing standing(ConfigSnapshot config, ProviderConfig provider, String model) {
        StateItem item = items.getOrDefault("provider#" + provider.id(), StateItem.EMPTY);
        Duration lease = config.timeouts().firstByte().plus(config.timeouts().idle());
        Gate gate = new Gate(model, config.breaker().failures(), lease, true);
        int failures = (int) item.number(StateNames.failures(model));
        return new Standing(List.of(), failures, recovery(item, gate, time.now()));
    }

    @Override
    public void refresh(Collection<ProviderConfig> providers) {}
}
