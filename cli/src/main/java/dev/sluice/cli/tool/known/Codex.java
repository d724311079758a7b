package dev.sluice.cli.tool.known;

import dev.sluice.cli.tool.Draft;
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

/// Codex: a provider of its own in `config.toml`, whose key a command prints.
public final class Codex implements Tool {
    private static final String PROVIDER = "sluice";
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "codex", "Codex", Dialect.OPENAI_RESPONSES, "https://developers.openai.com/codex/config-reference")
            .run()
            .userOnly("Codex takes no model provider from a project's .codex/config.toml");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path key = place.key(name(), "");
        List<Edit> edits =
                new ArrayList<>(List.of(Edit.put(wish.model().ref(), "model"), Edit.put(PROVIDER, "model_provider")));
        Long window = wish.model().contextWindow();
        if (window != null) {
            edits.add(Edit.put(Json.of(window), "model_context_window"));
        }
        edits.add(Edit.put("Sluice", "model_providers", PROVIDER, "name"));
        edits.add(Edit.claim(wish.openAi(), "model_providers", PROVIDER, "base_url"));
        edits.add(Edit.put("responses", "model_providers", PROVIDER, "wire_api"));
        edits.add(Edit.nothing("model_providers", PROVIDER, "env_key"));
        edits.add(Edit.put("cat", "model_providers", PROVIDER, "auth", "command"));
        edits.add(Edit.put(Json.strings(List.of(key.toString())), "model_providers", PROVIDER, "auth", "args"));
        Path file = place.folder("CODEX_HOME", ".codex").resolve("config.toml");
        return List.of(Settings.keyFile(key, wish), Draft.edits(file, Formats.TOML, edits));
    }

    @Override
    public String start(Place place) {
        return "codex";
    }
}
