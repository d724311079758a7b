package dev.sluice.cli.store;

import dev.sluice.testkit.RegistryContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryTest extends RegistryContract {
    @TempDir
    private Path home;

    private @Nullable EmbeddedStore store;

    @Override
    protected Sides fresh() {
        store = EmbeddedStore.open(new DataDirectory(home.resolve("data")), _ -> {});
        return new Sides(store.registry(), store.keys(), store.versions());
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
