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

/// goose: a declared provider in a file of its own, chosen in `config.yaml`; the key from a variable.
public final class Goose implements Tool {
    private static final String PROVIDER = "sluice";
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "goose",
                    "goose",
                    Dialect.OPENAI_CHAT,
                    "https://goose-docs.ai/docs/getting-started/providers#configure-custom-provider")
            .userOnly("goose keeps its providers for the person, not for a project")
            .losingTo("GOOSE_PROVIDER", "GOOSE_MODEL");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path folder = place.config().resolve("goose");
        return List.of(
                Settings.keyFile(place.key(name(), ""), wish),
                Draft.edits(
                        folder.resolve("custom_providers").resolve(PROVIDER + ".json"),
                        Formats.JSON,
                        List.of(
                                Edit.put(PROVIDER, "name"),
                                Edit.put("openai", "engine"),
                                Edit.put("Sluice", "display_name"),
                                Edit.put(Settings.KEY_VARIABLE, "api_key_env"),
                                Edit.claim(wish.url(), "base_url"),
                                Edit.put("v1/chat/completions", "base_path"),
                                Edit.put(Settings.list(wish, Goose::model), "models"),
                                Edit.put(Json.of(true), "supports_streaming"))),
                Draft.edits(
                        folder.resolve("config.yaml"),
                        Formats.YAML,
                        List.of(Edit.put(PROVIDER, "GOOSE_PROVIDER"), Edit.put(wish.model().ref(), "GOOSE_MODEL"))));
    }

    private static Json.Obj model(ModelChoice model) {
        return Json.object()
                .put("name", model.ref())
                .putIf("context_limit", model.contextWindow())
                .build();
    }

    @Override
    public String start(Place place) {
        return Settings.withKey(place, name(), "goose session");
    }
}
