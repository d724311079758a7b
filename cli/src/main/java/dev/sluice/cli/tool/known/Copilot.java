package dev.sluice.cli.tool.known;

import dev.sluice.cli.tool.Draft;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolFacts;
import dev.sluice.cli.tool.Wish;
import dev.sluice.model.Dialect;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// GitHub Copilot's command line: it takes a provider from its environment alone, so a file of variables is written for
/// the shell that starts it.
public final class Copilot implements Tool {
    private static final String VARIABLES = ".env";
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "copilot",
                    "GitHub Copilot CLI",
                    Dialect.OPENAI_CHAT,
                    "https://docs.github.com/en/copilot/how-tos/copilot-cli/customize-copilot/use-byok-models")
            .losingTo("COPILOT_PROVIDER_BEARER_TOKEN");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path key = place.key(name(), "");
        StringBuilder variables = new StringBuilder("# For the shell that starts copilot.\n");
        export(variables, "COPILOT_PROVIDER_TYPE", "openai");
        export(variables, "COPILOT_PROVIDER_BASE_URL", quoted(wish.openAi()));
        export(variables, "COPILOT_PROVIDER_WIRE_API", "completions");
        export(variables, "COPILOT_PROVIDER_API_KEY", "\"$(cat " + Settings.quoted(key) + ")\"");
        export(variables, "COPILOT_MODEL", quoted(wish.model().ref()));
        export(variables, "COPILOT_PROVIDER_MAX_PROMPT_TOKENS", wish.model().contextWindow());
        export(variables, "COPILOT_PROVIDER_MAX_OUTPUT_TOKENS", wish.model().maxOutput());
        return List.of(Settings.keyFile(key, wish), Draft.secret(place.key(name(), VARIABLES), variables.toString()));
    }

    private static void export(StringBuilder variables, String name, @Nullable Object value) {
        if (value != null) {
            variables.append("export ").append(name).append('=').append(value).append('\n');
        }
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    @Override
    public String start(Place place) {
        return ". " + Settings.quoted(place.key(name(), VARIABLES)) + " && copilot";
    }
}
