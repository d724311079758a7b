package dev.sluice.core.gateway;

import dev.sluice.model.Headers;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The coding tool that a request came from, as it calls itself: the first product of `user-agent`, else `x-app`.
///
/// Only a name, never the header: lower case, at most 40 of `a-z0-9._-`, without a version. The tools that `sluice tool`
/// knows have the name there; others keep their own.
final class ClientTool {
    private static final int LONGEST = 40;

    /// What the known ones call themselves: claude-code, codex, opencode and gemini-cli as they were seen on the wire, the
    /// others as they are believed to: a wrong one keeps the name that it gives itself.
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("claude-cli", "claude-code"),
            Map.entry("codex_exec", "codex"),
            Map.entry("codex_cli_rs", "codex"),
            Map.entry("codex-tui", "codex"),
            Map.entry("codex_vscode", "codex"),
            Map.entry("geminicli", "gemini-cli"),
            Map.entry("geminicli-tui", "gemini-cli"),
            Map.entry("qwencode", "qwen-code"),
            Map.entry("kilo-code", "kilo"),
            Map.entry("kilocode", "kilo"),
            Map.entry("charm-crush", "crush"),
            Map.entry("copilot-cli", "copilot"),
            Map.entry("githubcopilotchat", "copilot"),
            Map.entry("factory-cli", "droid"),
            Map.entry("roocode", "roo"),
            Map.entry("roo-code", "roo"));

    private ClientTool() {}

    static Optional<String> of(Headers headers) {
        return headers.first("user-agent")
                .flatMap(ClientTool::product)
                .or(() -> headers.first("x-app").flatMap(ClientTool::product));
    }

    private static Optional<String> product(String header) {
        StringBuilder name = new StringBuilder(LONGEST);
        for (int i = 0; i < header.length() && name.length() < LONGEST; i++) {
            char c = header.charAt(i);
            if (c == '/' || c == ' ' || c == '(' || c == ';' || c == ',') {
                break;
            }
            if (isNameLetter(c)) {
                name.append(c);
            }
        }
        String product = name.toString().toLowerCase(Locale.ROOT);
        return product.isEmpty() ? Optional.empty() : Optional.of(KNOWN.getOrDefault(product, product));
    }

    private static boolean isNameLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}
