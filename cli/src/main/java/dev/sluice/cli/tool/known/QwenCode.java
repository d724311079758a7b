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

/// Qwen Code: a model in the list of its OpenAI provider, the key in its `.env`.
public final class QwenCode implements Tool {
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "qwen-code",
                    "Qwen Code",
                    Dialect.OPENAI_CHAT,
                    "https://qwenlm.github.io/qwen-code-docs/en/users/configuration/model-providers/")
            .losingTo("OPENAI_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path folder = place.either(".qwen", place.home().resolve(".qwen"));
        return List.of(
                Draft.edits(
                        folder.resolve("settings.json"),
                        Formats.JSON,
                        List.of(
                                Edit.put("openai", "security", "auth", "selectedType"),
                                Edit.put(wish.model().ref(), "model", "name"),
                                new Edit.Item(List.of("modelProviders", "openai"), "id", model(wish), true))),
                Draft.secretEdits(
                        folder.resolve(".env"), Formats.ENV, List.of(Edit.claim(wish.key(), Settings.KEY_VARIABLE))));
    }

    private static Json.Obj model(Wish wish) {
        ModelChoice model = wish.model();
        Long output = model.maxOutput();
        Json.Obj generation = Json.object()
                .putIf("contextWindowSize", model.contextWindow())
                .when(
                        output != null,
                        config -> config.put(
                                "samplingParams",
                                Json.object().putIf("max_tokens", output).build()))
                .build();
        return Json.object()
                .put("id", model.ref())
                .put("name", "Sluice " + model.ref())
                .put("baseUrl", wish.openAi())
                .put("envKey", Settings.KEY_VARIABLE)
                .when(!generation.isEmpty(), entry -> entry.put("generationConfig", generation))
                .build();
    }

    @Override
    public String start(Place place) {
        return "qwen";
    }
}
