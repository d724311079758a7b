package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Meant;
import dev.sluice.core.config.AliasConfig;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What may be said of an alias, when it is added and later. Lists replace those that were there.
final class AliasOptions {
    private static final int MOST_DIGITS = 4;

    @Option(
            names = "--target",
            paramLabel = "REF[@WEIGHT]",
            description =
                    "Where it leads: a provider/model, a model's id or another alias, with its share of the load; once"
                            + " for each, in their order.")
    private List<String> targets = List.of();

    @Option(
            names = "--fallback",
            paramLabel = "REF[@WEIGHT]",
            description = "Where it leads when no target can answer; once for each.")
    private List<String> fallbacks = List.of();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "How the targets share the load: auto (the default), ordered, round-robin, weighted-rr,"
                    + " quota-aware-weighted-rr, latency, least-used, random or cost.")
    private @Nullable String strategy;

    boolean hasTargets() {
        return !targets.isEmpty();
    }

    /// The alias with all that was given.
    Json.Obj applied(Json.Obj alias) {
        Json.Obj changed = strategy == null ? alias : alias.with("strategy", Json.of(strategy(strategy)));
        changed = targets.isEmpty() ? changed : changed.with("targets", list(targets));
        return fallbacks.isEmpty() ? changed : changed.with("fallbackTargets", list(fallbacks));
    }

    private static String strategy(String name) {
        List<String> known = Arrays.stream(AliasConfig.Strategy.values())
                .map(AliasConfig.Strategy::id)
                .toList();
        if (!known.contains(name)) {
            throw CommandFailure.usage("--strategy: " + name + " is not known"
                    + Meant.of(name, known).orElse(": it is one of " + String.join(", ", known)));
        }
        return name;
    }

    private static Json list(List<String> refs) {
        List<Json> list = new ArrayList<>();
        refs.forEach(ref -> list.add(target(ref)));
        return Json.array(list);
    }

    /// `ref@3`; what follows the last `@` is a weight only when it is a number.
    static Json.Obj target(String text) {
        int at = text.lastIndexOf('@');
        String weight = text.substring(at + 1);
        boolean hasWeight = at > 0
                && !weight.isEmpty()
                && weight.length() <= MOST_DIGITS
                && weight.chars().allMatch(c -> c >= '0' && c <= '9');
        return hasWeight
                ? Json.object()
                        .put("ref", text.substring(0, at))
                        .put("weight", Long.parseLong(weight))
                        .build()
                : Json.object().put("ref", text).build();
    }
}
