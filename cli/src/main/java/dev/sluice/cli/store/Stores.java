package dev.sluice.cli.store;

import dev.sluice.cli.Surroundings;
import dev.sluice.core.metering.CallKeeper;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.Registry;
import dev.sluice.core.ports.ResponseStore;
import java.time.Duration;
import java.util.function.Consumer;

/// What processes may share: configuration, keys, limits, health, stored answers and the books, wherever it is kept.
///
/// @param shown where that is, in words
/// @param fresh how old may be what requests go by: none at all where nobody else writes
/// @param closing lets go of it
public record Stores(
        String shown,
        ConfigVersions versions,
        KeyBook keys,
        Registry registry,
        LimitStore limits,
        ResponseStore responses,
        CallKeeper.Books books,
        Duration fresh,
        Runnable closing)
        implements AutoCloseable {

    /// Opens what was chosen, or ends the command with what to do.
    ///
    /// @param local stays its opener's
    public static Stores open(
            StoreChoice choice, EmbeddedStore local, Surroundings surroundings, Consumer<String> notes) {
        return switch (choice) {
            case StoreChoice.Embedded _ -> embedded(local);
            case StoreChoice.DynamoDb table -> TableStores.open(table, surroundings, notes);
        };
    }

    /// All in the file that this process has open.
    public static Stores embedded(EmbeddedStore local) {
        return new Stores(
                "embedded",
                local.versions(),
                local.keys(),
                local.registry(),
                local.limits(),
                local.responses(),
                new CallKeeper.Books(local.calls(), local.usage()),
                Duration.ZERO,
                () -> {});
    }

    @Override
    public void close() {
        closing.run();
    }
}
