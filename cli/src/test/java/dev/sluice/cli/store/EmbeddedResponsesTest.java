package dev.sluice.cli.store;

import dev.sluice.core.ports.ResponseStore;
import dev.sluice.testkit.ResponseStoreContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedResponsesTest extends ResponseStoreContract {
    @TempDir
    private Path home;

    private @Nullable EmbeddedStore store;

    @Override
    protected ResponseStore freshStore() {
        store = EmbeddedStore.open(new DataDirectory(home.resolve("data")), _ -> {});
        return store.responses();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
