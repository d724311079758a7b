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
import java.util.ArrayList;
import java.util.List;

/// Aider: address and models in `.aider.conf.yml`, the key in a file of variables that it names, limits in a file of
/// model metadata.
public final class Aider implements Tool {
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "aider", "Aider", Dialect.OPENAI_CHAT, "https://aider.chat/docs/llms/openai-compat.html")
            .tiers("small")
            .losingTo("AIDER_MODEL", "OPENAI_API_BASE", "AIDER_OPENAI_API_BASE");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path variables = place.key(name(), ".env");
        List<Edit> edits = List.of(
                Edit.put(name(wish.model()), "model"),
                Edit.put(name(wish.tier("small")), "weak-model"),
                Edit.claim(wish.openAi(), "openai-api-base"),
                Edit.nothing("openai-api-key"),
                Edit.claim(variables.toString(), "env-file"));
        List<Draft> drafts = new ArrayList<>(List.of(
                Draft.secret(variables, "OPENAI_API_KEY=" + wish.key() + "\n"),
                Draft.edits(
                        place.either(".aider.conf.yml", place.home().resolve(".aider.conf.yml")),
                        Formats.YAML,
                        edits)));
        List<Edit> limits = wish.models().stream()
                .filter(model -> model.contextWindow() != null)
                .map(Aider::limits)
                .toList();
        if (!limits.isEmpty()) {
            Path own = place.home().resolve(".aider.model.metadata.json");
            drafts.add(Draft.edits(place.either(".aider.model.metadata.json", own), Formats.JSON, limits));
        }
        return drafts;
    }

    private static String name(ModelChoice model) {
        return "openai/" + model.ref();
    }

    private static Edit limits(ModelChoice model) {
        Json.Obj entry = Json.object()
                .putIf("max_input_tokens", model.contextWindow())
                .putIf("max_output_tokens", model.maxOutput())
                .put("litellm_provider", "openai")
                .put("mode", "chat")
                .build();
        return Edit.put(entry, name(model));
    }

    @Override
    public String start(Place place) {
        return "aider";
    }
}
