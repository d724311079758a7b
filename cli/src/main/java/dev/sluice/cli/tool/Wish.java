package dev.sluice.cli.tool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a tool is to be set up for.
///
/// @param url of the gateway, without a slash at its end
/// @param tiers models by the name that the tool's facts give them; where one is missing, the main one serves
public record Wish(String url, String key, ModelChoice model, Map<String, ModelChoice> tiers, Instant when) {
    /// The same with another key.
    public Wish with(String other) {
        return new Wish(url, other, model, tiers, when);
    }

    /// Where OpenAI's clients start their paths.
    public String openAi() {
        return url + "/v1";
    }

    public ModelChoice tier(String name) {
        return tiers.getOrDefault(name, model);
    }

    /// The further models as they are named, by the tool's names for them.
    Map<String, String> refs() {
        Map<String, String> refs = new LinkedHashMap<>();
        tiers.forEach((tier, model) -> refs.put(tier, model.ref()));
        return refs;
    }

    /// Every model once, the main one first.
    public List<ModelChoice> models() {
        List<ModelChoice> models = new ArrayList<>(List.of(model));
        tiers.values().stream().filter(tier -> !models.contains(tier)).forEach(models::add);
        return models;
    }

    @Override
    public String toString() {
        return "Wish[" + url + ", " + model.ref() + "]"; // never the key
    }
}
