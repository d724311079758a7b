package dev.sluice.core.config;

import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the aliases.
final class AliasReading {
    static final Range WEIGHT = new Range(1, 1000);
    private static final Set<String> BUILT_IN = Set.of("smart", "auto");
    private static final String PREFIX = "alias:";
    private static final Map<String, Strategy> STRATEGIES = new LinkedHashMap<>();

    static {
        for (Strategy strategy : Strategy.values()) {
            STRATEGIES.put(strategy.id(), strategy);
        }
    }

    private final Findings findings;

    AliasReading(Findings findings) {
        this.findings = findings;
    }

    Map<String, AliasConfig> read(ObjectFields root) {
        Map<String, AliasConfig> aliases = new LinkedHashMap<>();
        if (root.field("modelAliases") instanceof Json.Obj(Map<String, Json> fields)) {
            for (Map.Entry<String, Json> entry : fields.entrySet()) {
                String path = Findings.path(root.pathOf("modelAliases"), entry.getKey());
                checkId(entry.getKey(), path);
                if (entry.getValue() instanceof Json.Obj object) {
                    ObjectFields alias = ObjectFields.of(object, path, ConfigFields.ALIAS, findings);
                    aliases.put(entry.getKey(), alias(entry.getKey(), alias));
                } else {
                    findings.wrong(path, entry.getValue(), "an object");
                }
            }
        } else if (root.has("modelAliases")) {
            root.wrong("modelAliases", "an object");
        }
        return Collections.unmodifiableMap(aliases);
    }

    private void checkId(String id, String path) {
        if (BUILT_IN.contains(id)) {
            findings.say(path, Shown.text(id), "another id: `" + id + "` always means the default model");
        } else if (!Spelling.isAliasId(id) || id.startsWith(PREFIX)) {
            findings.say(
                    path,
                    Shown.text(id),
                    "an id of letters, digits and ._:*- that begins with a letter or digit, and not with `alias:`");
        }
    }

    private AliasConfig alias(String id, ObjectFields alias) {
        Strategy strategy = strategy(alias);
        List<WeightedRef> targets = targets(alias, "targets");
        if (targets.isEmpty() && (!alias.has("targets") || isEmptyList(alias))) {
            alias.wrong("targets", "at least one target");
        }
        return new AliasConfig(id, strategy, targets, targets(alias, "fallbackTargets"), RulesReading.policies(alias));
    }

    private static boolean isEmptyList(ObjectFields alias) {
        return alias.field("targets") instanceof Json.Arr(List<Json> items) && items.isEmpty();
    }

    private static Strategy strategy(ObjectFields alias) {
        Strategy given = alias.choice("strategy", STRATEGIES);
        Strategy strategy = given == null ? Strategy.AUTO : given;
        if (strategy.inForce() != strategy) {
            alias.findings()
                    .notYet(
                            alias.pathOf("strategy"),
                            "`" + strategy.id()
                                    + "` is not in force in this version; targets are tried in their order.");
        }
        return strategy;
    }

    private List<WeightedRef> targets(ObjectFields alias, String name) {
        List<WeightedRef> targets = new ArrayList<>();
        Set<String> refs = new HashSet<>();
        List<Json> items = alias.items(name);
        for (int i = 0; i < items.size(); i++) {
            String path = alias.pathOf(name) + "[" + i + "]";
            if (!(items.get(i) instanceof Json.Obj object)) {
                findings.wrong(path, items.get(i), "an object such as {\"ref\": \"provider/model\", \"weight\": 1}");
                continue;
            }
            ObjectFields target = ObjectFields.of(object, path, ConfigFields.TARGET, findings);
            String ref = target.text("ref");
            if (ref == null ? !target.has("ref") : ref.isEmpty()) {
                target.wrong("ref", "a provider/model, a model's id or an alias");
            } else if (ref != null && !refs.add(ref)) {
                target.wrong("ref", "each target once");
            }
            targets.add(new WeightedRef(ref == null ? "" : ref, (int) target.whole("weight", 1, WEIGHT)));
        }
        return targets;
    }
}
