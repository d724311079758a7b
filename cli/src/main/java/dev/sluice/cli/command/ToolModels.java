package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Meant;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.cli.tool.ToolFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The values of `--model`: the main model, and others by the tool's own names for them.
record ToolModels(ModelChoice main, Map<String, ModelChoice> tiers) {
    /// What the gateway's default model answers to.
    private static final String DEFAULT = "smart";

    static ToolModels of(List<String> values, ToolFacts facts, Function<String, ModelChoice> known) {
        String main = null;
        Map<String, String> tiers = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            String ref = value.substring(equals + 1);
            String tier = equals < 0 ? "" : value.substring(0, equals);
            if (ref.isBlank() || ref.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '\'' || c == '\\')) {
                throw CommandFailure.usage("--model: this is no model's name: " + value);
            }
            if (equals < 0) {
                if (main != null) {
                    throw CommandFailure.usage("--model names two main models: " + main + " and " + ref);
                }
                main = ref;
            } else if (!facts.tiers().contains(tier)) {
                throw CommandFailure.usage(unknown(tier, facts));
            } else if (tiers.putIfAbsent(tier, ref) != null) {
                throw CommandFailure.usage("--model names " + tier + " twice");
            }
        }
        Map<String, ModelChoice> chosen = new LinkedHashMap<>();
        tiers.forEach((tier, ref) -> chosen.put(tier, known.apply(ref)));
        return new ToolModels(known.apply(main == null ? DEFAULT : main), chosen);
    }

    private static String unknown(String tier, ToolFacts facts) {
        if (facts.tiers().isEmpty()) {
            return "--model: " + facts.name() + " has one model only, not one for " + tier;
        }
        return "--model: " + facts.name() + " has no model called " + tier
                + Meant.of(tier, facts.tiers())
                        .orElse("; beside the main one it has " + String.join(", ", facts.tiers()));
    }
}
