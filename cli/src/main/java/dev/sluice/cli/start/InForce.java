package dev.sluice.cli.start;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.config.LiveConfig;
import dev.sluice.cli.config.PublishingVersions;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.secret.LiveCredentials;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.ConfigVersions.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What this process goes by: the configuration and the secrets in memory, which change together with what is kept.
final class InForce implements Holdings {
    private final LiveConfig config;
    private final LiveCredentials credentials;
    private final PublishingVersions versions;
    private final Consumer<String> notes;
    private volatile List<String> missing = List.of();
    private volatile boolean announced;

    private InForce(LiveConfig config, LiveCredentials credentials, ConfigVersions kept, Consumer<String> notes) {
        this.config = config;
        this.credentials = credentials;
        this.versions = new PublishingVersions(kept, this::publish);
        this.notes = notes;
    }

    /// Takes up the stored head. What is missing is not told before [#announce].
    ///
    /// @param replaced whether a file is about to take its place: then it does not matter that it cannot be read
    static InForce of(ConfigVersions kept, LiveCredentials credentials, boolean replaced, Consumer<String> notes) {
        Optional<Version> head = kept.head();
        ConfigSnapshot snapshot = head.isEmpty() ? ConfigSnapshot.empty() : read(head.get(), replaced);
        InForce inForce = new InForce(new LiveConfig(snapshot), credentials, kept, notes);
        inForce.publish(snapshot);
        return inForce;
    }

    private static ConfigSnapshot read(Version head, boolean replaced) {
        byte[] document = head.document().getBytes(StandardCharsets.UTF_8);
        return switch (ConfigReader.read(document, head.number())) {
            case ConfigReading.Good good -> good.snapshot();
            case ConfigReading.Refused(var errors) -> {
                if (!replaced) {
                    throw CommandFailure.failed("version " + head.number() + " of the configuration was written by"
                            + " another sluice and is not accepted by this one; apply a good file with sluice config"
                            + " apply, or roll back:" + System.lineSeparator() + ConfigErrors.text(errors));
                }
                yield ConfigSnapshot.empty();
            }
        };
    }

    /// Brings the snapshot in force. Requests under way keep theirs.
    void publish(ConfigSnapshot snapshot) {
        missing = credentials.follow(snapshot);
        config.publish(snapshot);
        if (announced) {
            missing.forEach(notes);
        }
    }

    /// Tells which secrets the configuration in force lacks, now and at each change from here on.
    void announce() {
        announced = true;
        missing.forEach(notes);
    }

    LiveConfig config() {
        return config;
    }

    LiveCredentials secrets() {
        return credentials;
    }

    @Override
    public ConfigVersions versions() {
        return versions;
    }

    @Override
    public CredentialStore credentials() {
        return credentials;
    }

    @Override
    public List<String> missing() {
        return Holdings.snapshot(versions).map(credentials::missing).orElse(List.of());
    }

    @Override
    public void close() {
        // the store is closed by who opened it
    }
}
