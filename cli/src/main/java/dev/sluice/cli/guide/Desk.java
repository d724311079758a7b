package dev.sluice.cli.guide;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.secret.CredentialFile;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.secret.KeptCredentials;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.core.ports.Credentials;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How the guide reaches what it shows and changes. Looking leaves no trace; only [#open] may write.
///
/// @param directory of this machine; empty: a deployed stack is meant
/// @param holdings opened for one change, and closed behind it
/// @param where the options that say which folder or stack is meant, for commands to be printed
public record Desk(
        Surroundings surroundings,
        Optional<DataDirectory> directory,
        Supplier<Holdings> holdings,
        Commands commands,
        List<String> where) {
    public Desk {
        where = List.copyOf(where);
    }

    Holdings open() {
        return holdings.get();
    }

    Outlook look() {
        if (directory.isEmpty() || Holdings.preview(directory.get()).isPresent()) {
            try (Holdings there = holdings.get()) {
                return new Outlook(there.versions().head(), names(there.credentials()), there.url(), there.place());
            }
        }
        return new Outlook(
                EmbeddedStore.glance(directory.get()), kept(directory.get()), Optional.empty(), Optional.empty());
    }

    /// The callers' keys that are not revoked, without leaving a trace either.
    List<KeyRecord> keys() {
        return allKeys().stream().filter(key -> !key.revoked()).toList();
    }

    private List<KeyRecord> allKeys() {
        if (directory.isEmpty() || Holdings.preview(directory.get()).isPresent()) {
            try (Holdings there = holdings.get()) {
                return there.keys().list();
            }
        }
        return EmbeddedStore.glanceKeys(directory.get());
    }

    private List<String> kept(DataDirectory folder) {
        return Files.exists(folder.credentials()) && Files.exists(folder.secretKey())
                ? names(CredentialFile.open(
                        folder.credentials(),
                        SecretKey.open(folder.secretKey(), surroundings.random()),
                        surroundings.random()))
                : List.of();
    }

    private static List<String> names(CredentialStore credentials) {
        return credentials.list().stream().map(CredentialStore.Entry::name).toList();
    }

    /// The secret that a provider is tried with before anything is saved; empty: it cannot be read from here.
    Credentials secrets(Secret secret) {
        return ref -> switch (secret) {
            case Secret.None _ -> Optional.empty();
            case Secret.Typed(String _, String value) -> Optional.of(value);
            case Secret.Variable(String name) -> surroundings.variable(name);
            case Secret.Kept(String name) ->
                directory.flatMap(
                        folder -> KeptCredentials.of(folder, surroundings).secret(new CredentialRef.Stored(name)));
        };
    }
}
