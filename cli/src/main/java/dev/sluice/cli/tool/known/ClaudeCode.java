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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Claude Code: variables in the `env` of its settings, and a command that prints the key.
public final class ClaudeCode implements Tool {
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "claude-code", "Claude Code", Dialect.ANTHROPIC, "https://code.claude.com/docs/en/llm-gateway")
            .run()
            .tiers("opus", "sonnet", "haiku")
            .losingTo("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        Path own = place.folder("CLAUDE_CONFIG_DIR", ".claude").resolve("settings.json");
        Path key = place.key(name(), "");
        List<Edit> edits = new ArrayList<>(List.of(
                // Either would win over the command below.
                Edit.nothing("env", "ANTHROPIC_AUTH_TOKEN"),
                Edit.nothing("env", "ANTHROPIC_API_KEY"),
                Edit.claim(wish.url(), "env", "ANTHROPIC_BASE_URL"),
                Edit.put(wish.model().ref(), "env", "ANTHROPIC_MODEL")));
        for (String tier : FACTS.tiers()) {
            String variable = "ANTHROPIC_DEFAULT_" + tier.toUpperCase(Locale.ROOT) + "_MODEL";
            edits.add(Edit.put(wish.tier(tier).ref(), "env", variable));
        }
        number(edits, "CLAUDE_CODE_AUTO_COMPACT_WINDOW", wish.model().contextWindow());
        number(edits, "CLAUDE_CODE_MAX_OUTPUT_TOKENS", wish.model().maxOutput());
        edits.add(Edit.claim("cat " + Settings.quoted(key), "apiKeyHelper"));
        return List.of(
                Settings.keyFile(key, wish),
                Draft.edits(place.either(".claude/settings.local.json", own), Formats.JSON, edits));
    }

    private static void number(List<Edit> edits, String variable, @Nullable Long value) {
        if (value != null) {
            edits.add(Edit.put(value.toString(), "env", variable));
        }
    }

    @Override
    public String start(Place place) {
        return "claude";
    }
}
