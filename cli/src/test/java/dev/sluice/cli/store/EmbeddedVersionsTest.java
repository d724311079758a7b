package dev.sluice.cli.store;

import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.testkit.ConfigVersionsContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedVersionsTest extends ConfigVersionsContract {
    @TempDir
    private Path home;

    private @Nullable EmbeddedStore store;

    @Override
    protected ConfigVersions fresh() {
        store = EmbeddedStore.open(new DataDirectory(home.resolve("data")), _ -> {});
        return store.versions();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
