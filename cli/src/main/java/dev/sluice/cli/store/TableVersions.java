package dev.sluice.cli.store;

import dev.sluice.aws.dynamodb.StoreFailure;
import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.ConfigVersions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The versions in the table, for commands: a table that does not answer ends the command with its reason.
final class TableVersions implements ConfigVersions {
    private final ConfigVersions versions;

    TableVersions(ConfigVersions versions) {
        this.versions = versions;
    }

    @Override
    public Optional<Version> head() {
        return asked(versions::head);
    }

    @Override
    public Optional<Version> byNumber(long number) {
        return asked(() -> versions.byNumber(number));
    }

    @Override
    public List<Version> history(int limit) {
        return asked(() -> versions.history(limit));
    }

    @Override
    public Write write(long expectedVersion, String document, String who, Instant when) {
        return asked(() -> versions.write(expectedVersion, document, who, when));
    }

    static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (StoreFailure failed) {
            throw CommandFailure.failed(String.valueOf(failed.getMessage()));
        }
    }
}
