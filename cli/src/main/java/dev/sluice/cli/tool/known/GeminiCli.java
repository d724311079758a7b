package dev.sluice.cli.tool.known;

import dev.sluice.cli.tool.Draft;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolFacts;
import dev.sluice.cli.tool.Wish;
import dev.sluice.cli.tool.text.Edit;
import dev.sluice.cli.tool.text.Formats;
import dev.sluice.model.Dialect;
import java.nio.file.Path;
import java.util.List;

/// Gemini CLI: the kind of key and the model in its settings, address and key in its `.env`.
public final class GeminiCli implements Tool {
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "gemini-cli",
                    "Gemini CLI",
                    Dialect.GEMINI,
                    "https://github.com/google-gemini/gemini-cli/blob/main/docs/reference/configuration.md")
            .run()
            .losingTo("GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL", "GEMINI_MODEL", "GOOGLE_GENAI_USE_VERTEXAI");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path folder =
                place.either(".gemini", place.folder("GEMINI_CLI_HOME", "").resolve(".gemini"));
        return List.of(
                Draft.edits(
                        folder.resolve("settings.json"),
                        Formats.JSON,
                        List.of(
                                Edit.put("gemini-api-key", "security", "auth", "selectedType"),
                                Edit.put(wish.model().ref(), "model", "name"))),
                Draft.secretEdits(
                        folder.resolve(".env"),
                        Formats.ENV,
                        List.of(
                                Edit.claim(wish.url(), "GOOGLE_GEMINI_BASE_URL"),
                                Edit.claim(wish.key(), "GEMINI_API_KEY"))));
    }

    @Override
    public List<String> steps(Place place, Wish wish) {
        return List.of("Gemini CLI reads its .env only in folders that it trusts: agree when it asks, or start it with"
                + " GEMINI_CLI_TRUST_WORKSPACE=true; a project's own .env is read in its place");
    }

    @Override
    public String start(Place place) {
        return "gemini";
    }
}
