package dev.sluice.cli.secret;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.ports.Credentials;
import java.nio.file.Files;
import java.util.Optional;

/// The secrets as a serving process on this machine would find them. Only read: a running `start` may be writing.
public final class KeptCredentials {
    private KeptCredentials() {}

    public static Credentials of(DataDirectory directory, Surroundings surroundings) {
        return ref -> switch (ref) {
            case CredentialRef.Environment(String name) -> surroundings.variable(name);
            case CredentialRef.Stored _ ->
                Files.exists(directory.credentials())
                        ? new LiveCredentials(
                                        CredentialFile.open(
                                                directory.credentials(),
                                                SecretKey.open(directory.secretKey(), surroundings.random()),
                                                surroundings.random()),
                                        _ -> null)
                                .secret(ref)
                        : Optional.empty();
        };
    }
}
