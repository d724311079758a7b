package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Prompt;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.secret.CredentialRules;
import java.nio.charset.StandardCharsets;

/// A secret's value as a person gives it: typed, or on standard input; never as an argument.
final class Secrets {
    private Secrets() {}

    /// What was typed; empty when nothing was.
    static String typed(Prompt prompt, String label) {
        char[] typed = prompt.secret(label);
        return typed == null ? "" : new String(typed);
    }

    /// Standard input without its last line end.
    static String fromInput(Surroundings surroundings) {
        String text = new String(Input.read("-", surroundings), StandardCharsets.UTF_8);
        String shorter = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return shorter.endsWith("\r") ? shorter.substring(0, shorter.length() - 1) : shorter;
    }

    static void check(String name, String value) {
        CredentialRules.problemOfName(name)
                .or(() -> CredentialRules.problemOfSecret(value))
                .ifPresent(problem -> {
                    throw CommandFailure.usage(problem);
                });
    }
}
