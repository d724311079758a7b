package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Prompt;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.provider.NewProvider;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.secret.CredentialRules;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Optional;

/// Secrets that are files: the key files of Google service accounts.
final class KeyFiles {
    private KeyFiles() {}

    /// @param provider its object in a configuration
    static boolean isWantedBy(Json.Obj provider) {
        return NewProvider.wantsKeyFile(provider);
    }

    /// What is in the file that is named at the prompt: it has more lines than one. Empty when none was named.
    static String named(Prompt prompt, String what, Surroundings surroundings) {
        String path = prompt.line("path of the " + what + "; nothing: later: ");
        return path == null || path.isBlank() ? "" : Secrets.fromFile(atHome(path.strip(), surroundings), surroundings);
    }

    /// No shell has seen what is typed here.
    private static String atHome(String path, Surroundings surroundings) {
        return path.startsWith("~/")
                ? surroundings
                        .variable("HOME")
                        .map(home -> home + path.substring(1))
                        .orElse(path)
                : path;
    }

    /// One sentence for each provider that wants a key file and names a credential that is none. Where the configuration
    /// cannot be read nothing is said: the secret is kept all the same.
    static List<String> unusable(Holdings holdings, String name, String secret) {
        Optional<String> problem = CredentialRules.problemOfKeyFile(secret);
        if (problem.isEmpty()) {
            return List.of();
        }
        try {
            return WorkingCopy.of(holdings.versions().head()).providers().stream()
                    .filter(provider -> isWantedBy(provider)
                            && provider.text("credential", "").equals(name))
                    .map(provider -> "the provider " + provider.text("id", "") + " cannot use it: " + problem.get())
                    .toList();
        } catch (CommandFailure | PortFailure unread) {
            return List.of();
        }
    }

    static void check(boolean isWanted, String secret) {
        if (isWanted) {
            CredentialRules.problemOfKeyFile(secret).ifPresent(problem -> {
                throw CommandFailure.usage(problem);
            });
        }
    }
}
