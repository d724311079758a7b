package dev.sluice.cli.store;

import dev.sluice.core.ports.KeyBook;
import dev.sluice.testkit.KeyBookContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKeyBookTest extends KeyBookContract {
    @TempDir
    private Path home;

    private @Nullable EmbeddedStore store;

    @Override
    protected KeyBook fresh() {
        store = EmbeddedStore.open(new DataDirectory(home.resolve("data")), _ -> {});
        return store.keys();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
