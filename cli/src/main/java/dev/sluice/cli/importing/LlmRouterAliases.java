package dev.sluice.cli.importing;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The aliases in a file of `llm-router`.
final class LlmRouterAliases {
    private static final Map<String, String> STRATEGIES = Map.ofEntries(
            Map.entry("ordered", "ordered"),
            Map.entry("round-robin", "round-robin"),
            Map.entry("rr", "round-robin"),
            Map.entry("weighted-rr", "weighted-rr"),
            Map.entry("weighted-round-robin", "weighted-rr"),
            Map.entry("weighted_rr", "weighted-rr"),
            Map.entry("quota-aware-weighted-rr", "quota-aware-weighted-rr"),
            Map.entry("quota-aware-weighted-round-robin", "quota-aware-weighted-rr"),
            Map.entry("auto", "auto"),
            Map.entry("automatic", "auto"),
            Map.entry("smart", "auto"));

    private final Draft draft;
    private final UnaryOperator<String> refs;

    /// @param refs a model's name there to its name here
    LlmRouterAliases(Draft draft, UnaryOperator<String> refs) {
        this.draft = draft;
        this.refs = refs;
    }

    /// @param all aliases by their names
    void read(Source all) {
        all.all().forEach((id, value) -> {
            if (value instanceof Json.Obj object) {
                alias(id, all.at(object, id));
            } else {
                all.lose(id, value, "it is not an object");
            }
        });
    }

    private void alias(String id, Source from) {
        from.take("id");
        String strategy = from.text("strategy");
        String ours = strategy == null ? "ordered" : STRATEGIES.getOrDefault(strategy, "ordered");
        if (strategy != null && !STRATEGIES.containsKey(strategy)) {
            from.lose("strategy", Json.of(strategy), "llm-router takes an unknown one for ordered, and so it is here");
        }
        List<Json> targets = targets(from, "targets");
        List<Json> fallbacks = targets(from, from.has("fallbackTargets") ? "fallbackTargets" : "fallback-targets");
        Json.Obj alias = Json.object()
                .put("strategy", ours)
                .put("targets", Json.array(targets))
                .when(!fallbacks.isEmpty(), fields -> fields.put("fallbackTargets", Json.array(fallbacks)))
                .build();
        String refusal = targets.isEmpty() ? "it has no target" : draft.alias(id, alias);
        if (refusal != null) {
            from.lose(refusal);
        }
        from.rest(LlmRouterFile.UNKNOWN);
    }

    private List<Json> targets(Source from, String name) {
        List<Json> targets = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        List<Json> items = from.items(name);
        for (int i = 0; i < items.size(); i++) {
            String at = name + "[" + i + "]";
            Json.Obj target = null;
            if (items.get(i) instanceof Json.Str(String ref)) {
                target = Draft.target(refs.apply(ref), null);
            } else if (items.get(i) instanceof Json.Obj object) {
                Source item = from.at(object, at);
                String ref = item.text("ref");
                Json weight = item.take("weight");
                item.rest(LlmRouterFile.UNKNOWN);
                target = ref == null ? null : Draft.target(refs.apply(ref), weight(weight));
            }
            if (target == null) {
                from.lose(at, items.get(i), "it names no model");
            } else if (seen.contains(target.text("ref", ""))) {
                from.lose(at, items.get(i), "llm-router takes the first of equal ones, and so it is here");
            } else {
                seen.add(target.text("ref", ""));
                targets.add(target);
            }
        }
        return targets;
    }

    /// A share of 0.5 counts as 1 there.
    private static @Nullable Long weight(@Nullable Json weight) {
        return weight instanceof Json.Num number ? (Long) (long) Math.clamp((long) number.asDouble(), 1, 1000) : null;
    }
}
