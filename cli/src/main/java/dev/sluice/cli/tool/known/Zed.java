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
import java.util.List;
import java.util.Optional;

/// Zed: a provider that is compatible with OpenAI in its settings; it takes the key from the variable named after it.
public final class Zed implements Tool {
    private static final String PROVIDER = "Sluice";
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "zed", "Zed", Dialect.OPENAI_CHAT, "https://zed.dev/docs/ai/use-api-access#openai-compatible")
            .userOnly("Zed takes no language models from a project's settings");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public Optional<String> obstacle(Place place, Wish wish) {
        return wish.model().contextWindow() == null
                ? Optional.of("Zed wants to know a model's context window, and the gateway does not know that of "
                        + wish.model().ref()
                        + ": set its contextWindow in the configuration, or choose another --model")
                : Optional.empty();
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        return List.of(
                Settings.keyFile(place.key(name(), ""), wish),
                Draft.edits(
                        place.config().resolve("zed/settings.json"),
                        Formats.JSON,
                        List.of(
                                Edit.claim(wish.openAi(), "language_models", "openai_compatible", PROVIDER, "api_url"),
                                Edit.put(
                                        Settings.list(wish, Zed::model),
                                        "language_models",
                                        "openai_compatible",
                                        PROVIDER,
                                        "available_models"),
                                Edit.put(PROVIDER, "agent", "default_model", "provider"),
                                Edit.put(wish.model().ref(), "agent", "default_model", "model"))));
    }

    private static Json.Obj model(ModelChoice model) {
        return Json.object()
                .put("name", model.ref())
                .put("display_name", PROVIDER + " " + model.ref())
                .putIf("max_tokens", model.contextWindow())
                .putIf("max_output_tokens", model.maxOutput())
                .put("capabilities", Json.object().put("tools", true).build())
                .build();
    }

    @Override
    public String start(Place place) {
        return Settings.withKey(place, name(), "zed");
    }
}
