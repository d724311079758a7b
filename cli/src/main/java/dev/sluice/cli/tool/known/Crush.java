package dev.sluice.cli.tool.known;

import dev.sluice.cli.tool.Draft;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolFacts;
import dev.sluice.cli.tool.Wish;
import dev.sluice.cli.tool.text.Edit;
import dev.sluice.cli.tool.text.Formats;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.nio.file.Path;
import java.util.List;

/// Crush: a provider in `crush.json`, whose key a command prints.
public final class Crush implements Tool {
    private static final String PROVIDER = "sluice";
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "crush", "Crush", Dialect.OPENAI_CHAT, "https://github.com/charmbracelet/crush#custom-providers")
            .tiers("small");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path key = place.key(name(), "");
        Path file = place.either("crush.json", place.config().resolve("crush/crush.json"));
        return List.of(
                Settings.keyFile(key, wish),
                Draft.edits(
                        file,
                        Formats.JSON,
                        List.of(
                                Edit.offer("https://charm.land/crush.json", "$schema"),
                                Edit.put("Sluice", "providers", PROVIDER, "name"),
                                Edit.put("openai-compat", "providers", PROVIDER, "type"),
                                Edit.claim(wish.openAi(), "providers", PROVIDER, "base_url"),
                                Edit.put("$(cat " + Settings.quoted(key) + ")", "providers", PROVIDER, "api_key"),
                                Edit.put(Settings.list(wish, Crush::model), "providers", PROVIDER, "models"),
                                chosen("large", wish.model()),
                                chosen("small", wish.tier("small")))));
    }

    private static Json.Obj model(ModelChoice model) {
        return Json.object()
                .put("id", model.ref())
                .put("name", model.ref())
                .putIf("context_window", model.contextWindow())
                .putIf("default_max_tokens", model.maxOutput())
                .build();
    }

    private static Edit chosen(String size, ModelChoice model) {
        return Edit.put(
                Json.object()
                        .put("provider", PROVIDER)
                        .put("model", model.ref())
                        .build(),
                "models",
                size);
    }

    @Override
    public String start(Place place) {
        return "crush";
    }
}
