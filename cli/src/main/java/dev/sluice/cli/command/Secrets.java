package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Prompt;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.secret.CredentialRules;
import dev.sluice.core.config.Shown;
import java.nio.charset.StandardCharsets;

/// A secret's value as a person gives it: typed, on standard input, or in a file; never as an argument.
final class Secrets {
    private Secrets() {}

    /// What was typed; empty when nothing was.
    static String typed(Prompt prompt, String label) {
        char[] typed = prompt.secret(label);
        return typed == null ? "" : new String(typed);
    }

    /// Standard input without its last line end.
    static String fromInput(Surroundings surroundings) {
        return fromFile("-", surroundings);
    }

    /// A file, or standard input for `-`, without its last line end.
    static String fromFile(String file, Surroundings surroundings) {
        String text = new String(Input.read(file, surroundings), StandardCharsets.UTF_8);
        String shorter = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return shorter.endsWith("\r") ? shorter.substring(0, shorter.length() - 1) : shorter;
    }

    /// A secret in the place of a name would be in lists, logs and histories for good.
    static void refuseAsName(String name) {
        if (Shown.looksSecret(name) || name.startsWith("slc_")) {
            throw CommandFailure.usage(
                    "the name that was given looks like a secret (not shown): give the name here, and"
                            + " the secret at the prompt or on standard input; if it was one, it is in your shell's history now");
        }
    }

    static void check(String name, String value) {
        CredentialRules.problemOfName(name)
                .or(() -> CredentialRules.problemOfSecret(value))
                .ifPresent(problem -> {
                    throw CommandFailure.usage(problem);
                });
    }
}
