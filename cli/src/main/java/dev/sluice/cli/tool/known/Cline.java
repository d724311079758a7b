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

/// Cline: its provider `openai-compatible`, key included, in the file that its command line and its editors share.
public final class Cline implements Tool {
    private static final String PROVIDER = "openai-compatible";
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "cline", "Cline", Dialect.OPENAI_CHAT, "https://docs.cline.bot/cli/configuration")
            .userOnly("Cline keeps its providers for the person, not for a project");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path file = place.folder("CLINE_DIR", ".cline").resolve("data/settings/providers.json");
        List<Edit> edits = new ArrayList<>(List.of(
                new Edit.Offer(List.of("version"), Json.of(1)),
                Edit.put(PROVIDER, "lastUsedProvider"),
                setting(Json.of(PROVIDER), "provider"),
                new Edit.Claim(List.of("providers", PROVIDER, "settings", "baseUrl"), Json.of(wish.openAi())),
                new Edit.Claim(List.of("providers", PROVIDER, "settings", "apiKey"), Json.of(wish.key())),
                setting(Json.of(wish.model().ref()), "model")));
        Long window = wish.model().contextWindow();
        if (window != null) {
            edits.add(setting(Json.of(window), "contextWindow"));
        }
        Long output = wish.model().maxOutput();
        if (output != null) {
            edits.add(setting(Json.of(output), "maxTokens"));
        }
        edits.add(Edit.put(wish.when().toString(), "providers", PROVIDER, "updatedAt"));
        edits.add(Edit.put("manual", "providers", PROVIDER, "tokenSource"));
        return List.of(Draft.secretEdits(file, Formats.JSON, edits));
    }

    private static Edit setting(Json value, String name) {
        return Edit.put(value, "providers", PROVIDER, "settings", name);
    }

    @Override
    public String start(Place place) {
        return "cline";
    }
}
