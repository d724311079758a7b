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

/// OpenCode, and Kilo, which is made of it: a provider with its models in one file, the key taken from another.
public final class OpenCode implements Tool {
    private static final String PROVIDER = "sluice";

    private final ToolFacts facts;
    private final String folder;
    private final String schema;
    private final String command;

    private OpenCode(ToolFacts facts, String folder, String schema, String command) {
        this.facts = facts;
        this.folder = folder;
        this.schema = schema;
        this.command = command;
    }

    public static OpenCode openCode() {
        ToolFacts facts = ToolFacts.documented(
                        "opencode", "OpenCode", Dialect.OPENAI_CHAT, "https://opencode.ai/v1/docs/providers")
                .run()
                .tiers("small")
                .losingTo("OPENCODE_CONFIG", "OPENCODE_CONFIG_CONTENT");
        return new OpenCode(facts, "opencode", "https://opencode.ai/config.json", "opencode");
    }

    public static OpenCode kilo() {
        ToolFacts facts = ToolFacts.documented(
                        "kilo",
                        "Kilo Code",
                        Dialect.OPENAI_CHAT,
                        "https://kilo.ai/docs/contributing/architecture/config-schema")
                .tiers("small")
                .losingTo("KILO_CONFIG", "KILO_CONFIG_CONTENT");
        return new OpenCode(facts, "kilo", "https://app.kilo.ai/config.json", "kilo");
    }

    @Override
    public ToolFacts facts() {
        return facts;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path key = place.key(name(), "");
        Path above = place.either("", place.config().resolve(folder));
        Path file = Settings.present(above, folder + ".json", folder + ".jsonc");
        List<Edit> edits = new ArrayList<>(List.of(
                // OpenCode writes it where it is missing, and the file would not be as we left it.
                Edit.offer(schema, "$schema"),
                Edit.put(PROVIDER + "/" + wish.model().ref(), "model"),
                Edit.put(PROVIDER + "/" + wish.tier("small").ref(), "small_model"),
                Edit.put("@ai-sdk/openai-compatible", "provider", PROVIDER, "npm"),
                Edit.put("Sluice", "provider", PROVIDER, "name"),
                Edit.claim(wish.openAi(), "provider", PROVIDER, "options", "baseURL"),
                Edit.put("{file:" + key + "}", "provider", PROVIDER, "options", "apiKey")));
        wish.models().forEach(model -> edits.add(Edit.put(model(model), "provider", PROVIDER, "models", model.ref())));
        return List.of(Settings.keyFile(key, wish), Draft.edits(file, Formats.JSON, edits));
    }

    private static Json.Obj model(ModelChoice model) {
        Json.Builder entry = Json.object().put("name", model.ref());
        Settings.limits(entry, "limit", "context", "output", model);
        return entry.build();
    }

    @Override
    public String start(Place place) {
        return command;
    }
}
