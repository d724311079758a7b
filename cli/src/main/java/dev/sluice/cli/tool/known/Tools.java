package dev.sluice.cli.tool.known;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Meant;
import dev.sluice.cli.tool.Tool;
import java.util.List;

/// All tools that Sluice sets up.
public final class Tools {
    private static final List<Tool> ALL = List.of(
            new ClaudeCode(),
            new Codex(),
            OpenCode.openCode(),
            new GeminiCli(),
            new QwenCode(),
            new Cline(),
            OpenCode.kilo(),
            new Crush(),
            new Copilot(),
            new Droid(),
            new Continue(),
            new Aider(),
            new Zed(),
            new Cursor(),
            new Goose(),
            new Roo());

    private Tools() {}

    public static List<Tool> all() {
        return ALL;
    }

    public static Tool named(String name) {
        List<String> names = ALL.stream().map(Tool::name).toList();
        return ALL.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("there is no tool " + name
                        + Meant.of(name, names).orElse("; there are " + String.join(", ", names))));
    }
}
