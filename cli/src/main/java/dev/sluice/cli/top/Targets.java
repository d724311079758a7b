package dev.sluice.cli.top;

import dev.sluice.cli.top.Snapshot.State;
import dev.sluice.cli.top.Snapshot.TargetLine;
import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.limits.LimitView.OfProvider;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.core.routing.Outlook;
import dev.sluice.model.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The targets of a configuration as they stand: by the rules that route requests.
///
/// @param seen the providers that the store told of, by id
/// @param calls the last ones; empty: not kept
record Targets(
        ConfigSnapshot config,
        List<ProviderConfig> providers,
        Map<String, OfProvider> seen,
        Optional<List<InFlight.Seen>> inFlight,
        Optional<RecentCalls.Seen> calls) {
    private static final String ANY = "*";

    List<TargetLine> lines(Instant now) {
        List<TargetLine> lines = new ArrayList<>();
        for (ProviderConfig provider : providers) {
            for (String model : models(provider)) {
                lines.add(line(provider, model, now));
            }
        }
        return lines;
    }

    /// Those that the configuration names, as models or in aliases, and `*` for whatever else is let through.
    private Set<String> models(ProviderConfig provider) {
        Set<String> models = new LinkedHashSet<>();
        provider.models().forEach(model -> models.add(model.id()));
        if (provider.wildcard()) {
            String beginning = provider.id() + "/";
            for (AliasConfig alias : config.aliases().values()) {
                Stream.concat(alias.targets().stream(), alias.fallbackTargets().stream())
                        .map(WeightedRef::ref)
                        .filter(ref -> ref.startsWith(beginning))
                        .forEach(ref -> models.add(ref.substring(beginning.length())));
            }
            models.add(ANY);
        }
        return models;
    }

    private TargetLine line(ProviderConfig provider, String model, Instant now) {
        String ref = provider.id() + "/" + model;
        OfProvider view = seen.get(provider.id());
        Integer perMinute = calls.map(known -> attempts(known.minute(), ref)).orElse(null);
        boolean atLeast = calls.filter(RecentCalls.Seen::isMore).isPresent();
        Integer underWay = inFlight.map(flights -> underWay(flights, ref)).orElse(null);
        if (isOff(provider, model)) {
            return new TargetLine(ref, State.OFF, null, null, false, 0, perMinute, atLeast, underWay, null);
        }
        if (view == null) {
            return new TargetLine(ref, State.UNKNOWN, null, null, false, 0, perMinute, atLeast, underWay, null);
        }
        Standing standing = view.standing(model);
        State state = state(standing, now);
        Recovery recovery = state == State.FULL ? null : standing.recovery();
        return new TargetLine(
                ref,
                state,
                until(state, standing, now),
                recovery == null ? null : recovery.category().id().replace('_', '-'),
                recovery != null && recovery.named(),
                standing.failures(),
                perMinute,
                atLeast,
                underWay,
                standing.fills().isEmpty() ? null : 1 - standing.remaining());
    }

    private static boolean isOff(ProviderConfig provider, String model) {
        return !provider.enabled()
                || provider.models().stream()
                        .filter(known -> known.id().equals(model))
                        .anyMatch(known -> !isEnabled(known));
    }

    private static boolean isEnabled(ModelConfig model) {
        return model.enabled();
    }

    private State state(Standing standing, Instant now) {
        Recovery recovery = standing.recovery();
        boolean isTripped = config.breaker().failures() > 0
                && standing.failures() >= config.breaker().failures();
        if (!Outlook.of(standing, now).isUsable()) {
            if (recovery == null || !recovery.at().isAfter(now)) {
                return State.FULL;
            }
            return isTripped && recovery.category() == Failure.Category.TEMPORARY_ERROR ? State.OPEN : State.COOLING;
        }
        return isTripped ? State.PROBING : standing.failures() > 0 ? State.FAILING : State.READY;
    }

    private static @Nullable Instant until(State state, Standing standing, Instant now) {
        Recovery recovery = standing.recovery();
        if (state != State.FULL) {
            return recovery == null || !recovery.at().isAfter(now) ? null : recovery.at();
        }
        return standing.fills().stream()
                .filter(fill -> fill.remaining() <= 0)
                .map(Fill::resets)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static int underWay(List<InFlight.Seen> calls, String ref) {
        return Math.toIntExact(
                calls.stream().filter(call -> ref.equals(call.target())).count());
    }

    /// Those that failed are in a call's list, the one that answered is its target.
    private static int attempts(List<CallLog.Entry> calls, String ref) {
        long attempts = 0;
        for (CallLog.Entry call : calls) {
            String beginning = ref + ":";
            attempts += call.attempts().stream()
                    .filter(attempt -> attempt.startsWith(beginning))
                    .count();
            if (call.outcome().equals("ok") && ref.equals(call.target())) {
                attempts++;
            }
        }
        return Math.toIntExact(attempts);
    }
}
