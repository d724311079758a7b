package dev.sluice.cli.config;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.ports.ConfigVersions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Versions whose new head comes into force here at once. A document is read again before it is written: who sends it
/// over the control channel may be of another version.
public final class PublishingVersions implements ConfigVersions {
    private final ConfigVersions versions;
    private final Consumer<ConfigSnapshot> publish;

    public PublishingVersions(ConfigVersions versions, Consumer<ConfigSnapshot> publish) {
        this.versions = versions;
        this.publish = publish;
    }

    @Override
    public Optional<Version> head() {
        return versions.head();
    }

    @Override
    public Optional<Version> byNumber(long number) {
        return versions.byNumber(number);
    }

    @Override
    public List<Version> history(int limit) {
        return versions.history(limit);
    }

    @Override
    public synchronized Write write(long expectedVersion, String document, String who, Instant when) {
        ConfigSnapshot snapshot =
                switch (ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), expectedVersion + 1)) {
                    case ConfigReading.Good good -> good.snapshot();
                    case ConfigReading.Refused(var errors) ->
                        throw CommandFailure.failed("the running start does not accept this configuration: "
                                + errors.getFirst().path() + ", expected "
                                + errors.getFirst().expected());
                };
        Write write = versions.write(expectedVersion, document, who, when);
        if (write instanceof Write.Written) {
            publish.accept(snapshot);
        }
        return write;
    }
}
