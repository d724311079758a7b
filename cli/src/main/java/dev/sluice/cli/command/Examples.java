package dev.sluice.cli.command;

import java.util.List;
import java.util.Map;

/// Real command lines at the end of a command's help, by the command's whole name.
final class Examples {
    private static final Map<String, List<String>> LINES = Map.ofEntries(
            Map.entry(
                    "sluice",
                    List.of(
                            "sluice start",
                            "sluice provider add openrouter",
                            "sluice tool setup claude-code",
                            "sluice explain coding")),
            Map.entry("sluice start", List.of("sluice start", "sluice start --port 9000 --config sluice.json")),
            Map.entry(
                    "sluice explain",
                    List.of(
                            "sluice explain coding",
                            "sluice explain openrouter/openai/gpt-4o --dialect anthropic --json")),
            Map.entry("sluice invoke", List.of("sluice invoke events/anthropic.json")),
            Map.entry(
                    "sluice config",
                    List.of("sluice config show", "sluice config history", "sluice config rollback 3 --dry-run")),
            Map.entry(
                    "sluice config apply",
                    List.of(
                            "sluice config apply sluice.json --dry-run",
                            "sluice config apply sluice.json --if-version 4",
                            "sluice config show | sluice config apply -")),
            Map.entry("sluice config diff", List.of("sluice config diff 3 head")),
            Map.entry(
                    "sluice config rollback",
                    List.of("sluice config rollback 3 --dry-run", "sluice config rollback 3")),
            Map.entry(
                    "sluice config import",
                    List.of(
                            "sluice config import ~/.claude-code-router/config.json --dry-run",
                            "sluice config import litellm.yaml --from litellm --yes")),
            Map.entry(
                    "sluice credential set",
                    List.of(
                            "sluice credential set openai",
                            "pass show openai | sluice credential set openai",
                            "sluice credential set vertex --from-file key.json")),
            Map.entry(
                    "sluice key create",
                    List.of(
                            "sluice key create laptop",
                            "sluice key create ci --models coding --limit requests=1000/day")),
            Map.entry("sluice key revoke", List.of("sluice key revoke laptop --dry-run", "sluice key revoke laptop")),
            Map.entry(
                    "sluice worker-key rotate",
                    List.of("sluice worker-key rotate", "sluice worker-key rotate --grace 2h")),
            Map.entry(
                    "sluice provider add",
                    List.of(
                            "sluice provider add openrouter",
                            "sluice provider add work --preset openai",
                            "sluice provider add desk --preset llama-cpp")),
            Map.entry(
                    "sluice provider edit",
                    List.of(
                            "sluice provider edit desk --priority 2",
                            "sluice provider edit desk --name Desk --dry-run")),
            Map.entry(
                    "sluice provider test",
                    List.of(
                            "sluice provider test openrouter --model openai/gpt-4o",
                            "sluice provider test desk --json")),
            Map.entry(
                    "sluice provider remove",
                    List.of("sluice provider remove desk --dry-run", "sluice provider remove desk --cascade")),
            Map.entry(
                    "sluice model add",
                    List.of("sluice model add openrouter/openai/gpt-4o --context 128000 --max-output 16384")),
            Map.entry("sluice model default", List.of("sluice model default coding", "sluice model default --none")),
            Map.entry(
                    "sluice alias add",
                    List.of(
                            "sluice alias add coding --target work/gpt-4o --target desk/qwen3-coder",
                            "sluice alias add 'claude-*' --target coding")),
            Map.entry(
                    "sluice limit add",
                    List.of(
                            "sluice limit add openrouter --window month:1 --requests 20000",
                            "sluice limit add openrouter --window 1w --usd 25.00 --safety-margin 0.05")),
            Map.entry(
                    "sluice tool setup",
                    List.of(
                            "sluice tool setup claude-code --print",
                            "sluice tool setup claude-code --model coding --model haiku=openai/gpt-4o-mini",
                            "sluice tool setup opencode --project --yes")),
            Map.entry(
                    "sluice tool undo",
                    List.of("sluice tool undo claude-code --print", "sluice tool undo claude-code")),
            Map.entry(
                    "sluice completion",
                    List.of("source <(sluice completion bash)", "source <(sluice completion zsh)")),
            Map.entry(
                    "sluice man",
                    List.of("sluice man provider add | man -l -", "sluice man --into ~/.local/share/man/man1")),
            Map.entry(
                    "sluice deploy",
                    List.of("sluice deploy --profile me --region eu-central-1", "sluice diff --profile me")));

    private Examples() {}

    /// Empty: there are none.
    static List<String> of(String command) {
        return LINES.getOrDefault(command, List.of());
    }

    /// The commands that have some.
    static List<String> commands() {
        return LINES.keySet().stream().sorted().toList();
    }

    /// All of them.
    static List<String> all() {
        return LINES.values().stream().flatMap(List::stream).toList();
    }
}
