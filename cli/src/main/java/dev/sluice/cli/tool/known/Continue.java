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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Continue: a model at the head of the list in `config.yaml`, the key a secret in its `.env`.
public final class Continue implements Tool {
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "continue", "Continue", Dialect.OPENAI_CHAT, "https://docs.continue.dev/reference")
            .userOnly("a project's blocks are added in Continue itself");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    private static Path folder(Place place) {
        return place.folder("CONTINUE_GLOBAL_DIR", ".continue");
    }

    @Override
    public Optional<String> obstacle(Place place, Wish wish) {
        boolean isOld = Files.exists(folder(place).resolve("config.json"))
                && !Files.exists(folder(place).resolve("config.yaml"));
        return isOld
                ? Optional.of("Continue is set up by " + folder(place).resolve("config.json")
                        + ", which a config.yaml would put out of force: change to config.yaml first"
                        + " (https://docs.continue.dev/reference/yaml-migration)")
                : Optional.empty();
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        return List.of(
                Draft.edits(
                        folder(place).resolve("config.yaml"),
                        Formats.YAML,
                        List.of(
                                Edit.offer("Sluice", "name"),
                                Edit.offer("1.0.0", "version"),
                                Edit.offer("v1", "schema"),
                                new Edit.Item(List.of("models"), "name", model(wish), true))),
                Draft.secretEdits(
                        folder(place).resolve(".env"),
                        Formats.ENV,
                        List.of(Edit.claim(wish.key(), Settings.KEY_VARIABLE))));
    }

    private static Json.Obj model(Wish wish) {
        ModelChoice model = wish.model();
        Json.Obj options = Json.object()
                .putIf("contextLength", model.contextWindow())
                .putIf("maxTokens", model.maxOutput())
                .build();
        return Json.object()
                .put("name", "Sluice")
                .put("provider", "openai")
                .put("model", model.ref())
                .put("apiBase", wish.openAi())
                .put("apiKey", "${{ secrets." + Settings.KEY_VARIABLE + " }}")
                .put("roles", Json.strings(List.of("chat", "edit", "apply")))
                .put("capabilities", Json.strings(List.of("tool_use")))
                .when(!options.isEmpty(), entry -> entry.put("defaultCompletionOptions", options))
                .build();
    }

    @Override
    public String start(Place place) {
        return "cn";
    }
}
