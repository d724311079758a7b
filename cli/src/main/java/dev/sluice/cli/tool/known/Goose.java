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

/// goose: a provider in a file of its own, whose key a command prints, chosen in `config.yaml`.
public final class Goose implements Tool {
    private static final String PROVIDER = "sluice";
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "goose",
                    "goose",
                    Dialect.OPENAI_CHAT,
                    "https://github.com/aaif-goose/goose/blob/main/documentation/docs/getting-started/providers.md")
            .userOnly("goose keeps its providers for the person, not for a project")
            .losingTo("GOOSE_PROVIDER", "GOOSE_MODEL");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path folder = place.config().resolve("goose");
        Path key = place.key(name(), "");
        return List.of(
                Settings.keyFile(key, wish),
                Draft.edits(
                        folder.resolve("custom_providers").resolve(PROVIDER + ".json"),
                        Formats.JSON,
                        List.of(
                                Edit.put(PROVIDER, "name"),
                                Edit.put("openai", "engine"),
                                Edit.put("Sluice", "display_name"),
                                Edit.claim(wish.openAi() + "/chat/completions", "base_url"),
                                Edit.put(Settings.list(wish, Goose::model), "models"),
                                Edit.put(Json.of(true), "supports_streaming"),
                                Edit.put(Json.of(true), "requires_auth"),
                                Edit.nothing("api_key_env"),
                                Edit.put("cat", "auth", "command"),
                                Edit.put(Json.strings(List.of(key.toString())), "auth", "args"))),
                Draft.edits(
                        folder.resolve("config.yaml"),
                        Formats.YAML,
                        List.of(
                                Edit.put(PROVIDER, "active_provider"),
                                Edit.put(wish.model().ref(), "providers", PROVIDER, "model"),
                                Edit.put(Json.of(true), "providers", PROVIDER, "enabled"),
                                Edit.put(Json.of(true), "providers", PROVIDER, "configured"))));
    }

    private static Json.Obj model(ModelChoice model) {
        return Json.object()
                .put("name", model.ref())
                .putIf("context_limit", model.contextWindow())
                .build();
    }

    @Override
    public String start(Place place) {
        return "goose session";
    }
}
