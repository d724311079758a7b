package dev.sluice.cli.store;

import dev.sluice.core.ports.LimitStore;
import dev.sluice.testkit.LimitStoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLimitStoreTest extends LimitStoreContract {
    @TempDir
    private Path home;

    private final List<EmbeddedStore> opened = new ArrayList<>();

    @Override
    public LimitStore freshStore() {
        DataDirectory directory = new DataDirectory(home.resolve("data" + opened.size()));
        EmbeddedStore store = EmbeddedStore.open(directory, _ -> {});
        opened.add(store);
        return store.limits();
    }

    @AfterEach
    void close() {
        opened.forEach(EmbeddedStore::close);
    }
}
