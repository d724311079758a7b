package dev.sluice.cli.command;

import java.util.List;

/// What to do for one purpose, step by step: lines that begin with `sluice ` are typed as they stand, with words in
/// capitals replaced; the others are said.
record Playbook(String title, List<String> steps) {
    private static Playbook of(String title, String... steps) {
        return new Playbook(title, List.of(steps));
    }

    static boolean isCommand(String step) {
        return step.startsWith("sluice ");
    }

    static final List<Playbook> ALL = List.of(
            of(
                    "First provider",
                    "Pick a preset; one without a preset is added with --url DIALECT=URL.",
                    "sluice provider presets",
                    "The secret comes on standard input, from the owner's own file or secret manager, never typed by you.",
                    "sluice provider add openrouter --credential-stdin --dry-run",
                    "sluice provider add openrouter --credential-stdin",
                    "sluice provider discover openrouter --filter TEXT",
                    "sluice provider discover openrouter --add MODEL",
                    "sluice model default openrouter/MODEL",
                    "sluice doctor --only configuration,credentials,providers"),
            of(
                    "Second account, and an alias that falls over to it",
                    "sluice provider add work --preset openrouter --credential work --dry-run",
                    "sluice credential set work",
                    "sluice provider add work --preset openrouter --credential work",
                    "sluice alias add coding --target openrouter/MODEL --target work/MODEL --dry-run",
                    "sluice alias add coding --target openrouter/MODEL --target work/MODEL",
                    "sluice model default coding",
                    "sluice explain coding"),
            of(
                    "Limits",
                    "Dollars are counted only for models with a price.",
                    "sluice limit add openrouter --usd 25.00 --window month:1 --dry-run",
                    "sluice limit add openrouter --requests 500 --window 1d",
                    "sluice model edit openrouter/MODEL --price input=3.00 --price output=15.00",
                    "sluice key create laptop --limit usd=5/1w --models coding --dry-run",
                    "sluice limit list"),
            of(
                    "A coding tool",
                    "The gateway has to answer first; --print shows every file's change. Restart the tool afterwards.",
                    "sluice tool list",
                    "sluice tool setup NAME --model coding --print",
                    "sluice tool setup NAME --model coding --yes",
                    "sluice tool status NAME"),
            of(
                    "Deploy to AWS (costs money: the owner says yes first)",
                    "sluice deploy --dry-run",
                    "sluice diff",
                    "sluice deploy",
                    "sluice status --smoke",
                    "sluice doctor --stack Sluice"),
            of(
                    "Rotate the master key (the owner says yes first)",
                    "The new key is shown once: it goes to the owner and nowhere else. The old one lives on for the grace.",
                    "sluice worker-key show-status",
                    "sluice worker-key rotate --dry-run",
                    "sluice worker-key rotate --grace 24h",
                    "Then set up each tool anew with the new key in SLUICE_MASTER_KEY.",
                    "sluice tool setup NAME --yes"),
            of(
                    "A key has leaked (the owner says yes first)",
                    "Of a client's key: revoke it, make another. Of the master key: rotate with --now. Of a provider's secret:"
                            + " the owner revokes it at the provider, then sets the new one.",
                    "sluice key revoke NAME",
                    "sluice key create NAME-2",
                    "sluice worker-key rotate --now",
                    "sluice credential set NAME"),
            of(
                    "Undo",
                    "sluice tool undo NAME --print",
                    "sluice tool undo NAME --yes",
                    "sluice config history",
                    "sluice config diff 1 2",
                    "sluice config rollback 1 --dry-run"),
            of(
                    "Import another gateway's configuration",
                    "Reads llm-router, claude-code-router, LiteLLM and OmniRoute; says every field that it cannot carry.",
                    "sluice config import FILE --dry-run",
                    "sluice config import FILE --yes"),
            of(
                    "The tool gets 401",
                    "The key is not the gateway's, or the provider refuses its own secret: the answer's text says which.",
                    "sluice doctor --only gateway,providers,tools",
                    "sluice key list",
                    "sluice tool setup NAME --yes",
                    "sluice credential set NAME"),
            of(
                    "The tool gets 429",
                    "A limit of yours is full, or every target is cooling down after its provider's own 429.",
                    "sluice explain coding",
                    "sluice limit list",
                    "sluice doctor --only providers",
                    "sluice alias edit coding --add-target work/MODEL --dry-run"),
            of(
                    "The tool gets 404",
                    "No such model, or no such path: the base URL of OpenAI's clients ends in /v1, Anthropic's in nothing.",
                    "sluice explain MODEL",
                    "sluice model list",
                    "sluice tool status NAME"),
            of(
                    "The context is too long",
                    "The tool believes in a larger window than the model has: say it, and set the tool up anew.",
                    "sluice model list",
                    "sluice model edit openrouter/MODEL --context 200000 --max-output 32000",
                    "sluice tool setup NAME --yes"));
}
