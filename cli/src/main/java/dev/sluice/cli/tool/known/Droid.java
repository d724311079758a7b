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

/// Factory's Droid: a custom model in its settings, the key from a variable.
public final class Droid implements Tool {
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "droid", "Factory Droid", Dialect.OPENAI_CHAT, "https://docs.factory.ai/model-independence/byok")
            .userOnly("its document names custom models in ~/.factory/settings.json only");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        ModelChoice model = wish.model();
        Json.Obj entry = Json.object()
                .put("model", model.ref())
                .put("displayName", "Sluice " + model.ref())
                .put("baseUrl", wish.openAi())
                .put("apiKey", "${" + Settings.KEY_VARIABLE + "}")
                .put("provider", "generic-chat-completion-api")
                .putIf("maxOutputTokens", model.maxOutput())
                .build();
        return List.of(
                Settings.keyFile(place.key(name(), ""), wish),
                Draft.edits(
                        place.home().resolve(".factory/settings.json"),
                        Formats.JSON,
                        List.of(new Edit.Item(List.of("customModels"), "displayName", entry, false))));
    }

    @Override
    public List<String> steps(Place place, Wish wish) {
        return List.of("in droid, /model: choose \"Sluice " + wish.model().ref() + "\"");
    }

    @Override
    public String start(Place place) {
        return Settings.withKey(place, name(), "droid");
    }
}
