package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.secret.KeptCredentials;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.ports.Credentials;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which secret a provider is tried with: the one that was given now, or the one that is kept.
final class TrialSecret {
    @Option(
            names = "--credential-env",
            paramLabel = "VARIABLE",
            description =
                    "Take the secret from this environment variable rather than from where the configuration says.")
    private @Nullable String variable;

    @Option(names = "--credential-stdin", description = "Read the secret from standard input; it is not kept.")
    private boolean fromInput;

    Credentials find(Context context, Holdings holdings) {
        Surroundings surroundings = context.surroundings();
        if (fromInput) {
            String secret = Secrets.fromInput(surroundings);
            Secrets.check("given", secret);
            return _ -> Optional.of(secret);
        }
        if (variable != null) {
            String secret = surroundings
                    .variable(variable)
                    .orElseThrow(() -> CommandFailure.usage("--credential-env: " + variable + " is not set"));
            Secrets.check("given", secret);
            return _ -> Optional.of(secret);
        }
        return holdings.place().isEmpty()
                ? KeptCredentials.of(context.common().directory(surroundings), surroundings)
                : ref -> elsewhere(ref, surroundings);
    }

    /// What a deployed stack keeps is not read back by this command.
    private static Optional<String> elsewhere(CredentialRef ref, Surroundings surroundings) {
        return switch (ref) {
            case CredentialRef.Environment(String name) -> surroundings.variable(name);
            case CredentialRef.Stored(String name) ->
                throw CommandFailure.usage("the credential " + name
                        + " is kept in your AWS account and is not read from here: give the secret for this trial with"
                        + " --credential-stdin or --credential-env VARIABLE");
        };
    }
}
