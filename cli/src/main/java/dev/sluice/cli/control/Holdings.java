package dev.sluice.cli.control;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.secret.CredentialFile;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.core.ports.WorkerKeys;
import dev.sluice.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What is kept under one `--data`, wherever it is open.
public interface Holdings extends AutoCloseable {
    ConfigVersions versions();

    CredentialStore credentials();

    /// The callers' keys: hashes only.
    KeyBook keys();

    /// Makes the hash that a key is known by here.
    KeyHash hashes();

    /// The master key's place.
    WorkerKeys workerKeys();

    /// The calls that were.
    default CallBook calls() {
        return CallBook.NONE;
    }

    /// How many calls the process that answers could not write down since it began; empty: nobody can be asked.
    default Optional<Long> missingCalls() {
        return Optional.empty();
    }

    /// What they used and cost.
    default UsageBook usage() {
        return UsageBook.NONE;
    }

    /// What is used, reserved and cooling down, as the shared ledger holds it.
    LimitReading limits();

    /// The requests under way; empty: where they are answered, nobody can be asked.
    default Optional<List<InFlight.Seen>> inFlight() {
        return Optional.empty();
    }

    /// Where requests are answered by what is kept here; empty: nowhere now.
    Optional<String> url();

    /// One sentence for each secret that the configuration in force wants and that is not there.
    List<String> missing();

    /// Where that is, in words; empty: on this machine.
    default Optional<String> place() {
        return Optional.empty();
    }

    /// When a credential that was changed is used; empty: at once.
    default Optional<String> delay() {
        return Optional.empty();
    }

    @Override
    void close();

    /// Through the running `start` of that folder; without one, opened here.
    static Holdings open(DataDirectory directory, Surroundings surroundings) {
        Optional<ControlClient> running = ControlClient.find(directory);
        return running.isPresent()
                ? new Remote(running.get(), directory, surroundings)
                : local(directory, surroundings);
    }

    /// Through the running `start` of that folder; empty when none runs.
    static Optional<Holdings> running(DataDirectory directory, Surroundings surroundings) {
        return ControlClient.find(directory).map(client -> new Remote(client, directory, surroundings));
    }

    /// The plans of the running `start` of that folder; empty when none runs.
    static Optional<Preview> preview(DataDirectory directory) {
        return ControlClient.find(directory).map(RemotePreview::new);
    }

    /// The head as it can be read; empty when there is none, or it cannot.
    static Optional<ConfigSnapshot> snapshot(ConfigVersions versions) {
        return versions.head()
                .map(head -> ConfigReader.read(head.document().getBytes(StandardCharsets.UTF_8), head.number()))
                .flatMap(reading ->
                        reading instanceof ConfigReading.Good good ? Optional.of(good.snapshot()) : Optional.empty());
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
            return file();
        }

        private CredentialFile file() {
            return CredentialFile.open(directory.credentials(), secret(), surroundings.random());
        }

        private SecretKey secret() {
            return SecretKey.open(directory.secretKey(), surroundings.random());
        }

        @Override
        public KeyBook keys() {
            return store.keys();
        }

        @Override
        public KeyHash hashes() {
            return new KeyHash(secret().bytes());
        }

        @Override
        public WorkerKeys workerKeys() {
            return store.workerKeys(secret().fingerprint());
        }

        @Override
        public LimitReading limits() {
            return store.limits()::read;
        }

        @Override
        public CallBook calls() {
            return store.calls();
        }

        @Override
        public UsageBook usage() {
            return store.usage();
        }

        @Override
        public Optional<String> url() {
            return Optional.empty();
        }

        /// As far as it is kept here: what a serving process finds in its environment, nobody else knows.
        @Override
        public List<String> missing() {
            LiveCredentials credentials = new LiveCredentials(file(), _ -> "found by whoever serves");
            return Holdings.snapshot(versions()).map(credentials::missing).orElse(List.of());
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /// Asked for over the control channel; the secret that keys are hashed with is read from the folder.
    record Remote(ControlClient client, DataDirectory directory, Surroundings surroundings) implements Holdings {
        @Override
        public ConfigVersions versions() {
            return new RemoteVersions(client);
        }

        @Override
        public CredentialStore credentials() {
            return new RemoteCredentials(client);
        }

        @Override
        public KeyBook keys() {
            return new RemoteKeys(client);
        }

        @Override
        public KeyHash hashes() {
            return new KeyHash(
                    SecretKey.open(directory.secretKey(), surroundings.random()).bytes());
        }

        @Override
        public WorkerKeys workerKeys() {
            return new RemoteWorkerKeys(client);
        }

        @Override
        public LimitReading limits() {
            return new RemoteLimits(client);
        }

        @Override
        public Optional<List<InFlight.Seen>> inFlight() {
            Json.Obj answer = client.ask(Json.object().put("op", "inflight").build());
            return answer.has("calls") ? Optional.of(FlightJson.decode(answer.items("calls"))) : Optional.empty();
        }

        @Override
        public CallBook calls() {
            return new RemoteCalls(client);
        }

        @Override
        public Optional<Long> missingCalls() {
            return Optional.ofNullable(
                    client.ask(Json.object().put("op", CallDesk.MISSING).build())
                            .whole("missing"));
        }

        @Override
        public UsageBook usage() {
            return new RemoteUsage(client);
        }

        @Override
        public Optional<String> url() {
            return Optional.ofNullable(
                    client.ask(Json.object().put("op", "served").build()).text("url"));
        }

        @Override
        public List<String> missing() {
            return client.ask(Json.object().put("op", "credential.missing").build()).items("missing").stream()
                    .map(sentence -> sentence instanceof Json.Str(String text) ? text : "")
                    .filter(text -> !text.isEmpty())
                    .toList();
        }

        @Override
        public void close() {
            // the connection is closed after each question
        }
    }
}
