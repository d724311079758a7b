package dev.sluice.cli.tool.known;

import dev.sluice.cli.PrettyJson;
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

/// Roo Code: a file of settings, key included, that VS Code's settings tell it to import when it starts.
public final class Roo implements Tool {
    private static final String PROFILE = "sluice";
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "roo", "Roo Code", Dialect.OPENAI_CHAT, "https://docs.roocode.com/features/settings-management")
            .userOnly("Roo Code imports its settings for the person, not for a project");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path imported = place.key(name(), ".json");
        return List.of(
                Draft.secret(imported, PrettyJson.print(profiles(wish)) + "\n"),
                Draft.edits(
                        user(place).resolve("Code/User/settings.json"),
                        Formats.JSON,
                        List.of(Edit.claim(imported.toString(), "roo-cline.autoImportSettingsPath"))));
    }

    private static Path user(Place place) {
        return place.mac() ? place.home().resolve("Library/Application Support") : place.config();
    }

    private static Json.Obj profiles(Wish wish) {
        ModelChoice model = wish.model();
        Json.Obj known = Json.object()
                .putIf("contextWindow", model.contextWindow())
                .putIf("maxTokens", model.maxOutput())
                .build();
        Json.Obj profile = Json.object()
                .put("apiProvider", "openai")
                .put("openAiBaseUrl", wish.openAi())
                .put("openAiApiKey", wish.key())
                .put("openAiModelId", model.ref())
                .when(
                        !known.isEmpty(),
                        entry -> entry.put(
                                "openAiCustomModelInfo",
                                Json.object()
                                        .putAll(known)
                                        .put("supportsPromptCache", false)
                                        .build()))
                .build();
        return Json.object()
                .put(
                        "providerProfiles",
                        Json.object()
                                .put("currentApiConfigName", PROFILE)
                                .put(
                                        "apiConfigs",
                                        Json.object().put(PROFILE, profile).build())
                                .build())
                .put("globalSettings", Json.Obj.EMPTY)
                .build();
    }

    @Override
    public String start(Place place) {
        return "code";
    }
}
