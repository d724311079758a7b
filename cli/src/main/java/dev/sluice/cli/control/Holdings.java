package dev.sluice.cli.control;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.secret.CredentialFile;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.core.ports.ConfigVersions;
import java.util.Optional;

/// What is kept under one `--data`, wherever it is open.
public interface Holdings extends AutoCloseable {
    ConfigVersions versions();

    CredentialStore credentials();

    @Override
    void close();

    /// Through the running `start` of that folder; without one, opened here.
    static Holdings open(DataDirectory directory, Surroundings surroundings) {
        Optional<ControlClient> running = ControlClient.find(directory);
        return running.isPresent() ? new Remote(running.get()) : local(directory, surroundings);
    }

    private static Holdings local(DataDirectory directory, Surroundings surroundings) {
        return new Local(
                EmbeddedStore.open(directory, note -> surroundings.err().println("sluice: " + note)),
                directory,
                surroundings);
    }

    /// Opened by this process.
    record Local(EmbeddedStore store, DataDirectory directory, Surroundings surroundings) implements Holdings {
        @Override
        public ConfigVersions versions() {
            return store.versions();
        }

        @Override
        public CredentialStore credentials() {
            SecretKey key = SecretKey.open(directory.secretKey(), surroundings.random());
            return CredentialFile.open(directory.credentials(), key, surroundings.random());
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /// Asked for over the control channel.
    record Remote(ControlClient client) implements Holdings {
        @Override
        public ConfigVersions versions() {
            return new RemoteVersions(client);
        }

        @Override
        public CredentialStore credentials() {
            return new RemoteCredentials(client);
        }

        @Override
        public void close() {
            // the connection is closed after each question
        }
    }
}
