package dev.sluice.cli.store;

import dev.sluice.testkit.CallBookContract;
import dev.sluice.testkit.UsageBookContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The books of this machine held to what every book has to hold.
class EmbeddedBooksTest {
    @TempDir
    private Path home;

    private final List<EmbeddedStore> stores = new ArrayList<>();

    private EmbeddedStore open() {
        EmbeddedStore store = EmbeddedStore.open(new DataDirectory(home.resolve("data" + stores.size())), _ -> {});
        stores.add(store);
        return store;
    }

    @AfterEach
    void close() {
        stores.forEach(EmbeddedStore::close);
    }

    @Nested
    class Calls extends CallBookContract {
        @Override
        protected CallSides fresh() {
            EmbeddedStore store = open();
            return new CallSides(store.calls(), store.calls());
        }
    }

    @Nested
    class Usage extends UsageBookContract {
        @Override
        protected UsageSides fresh() {
            EmbeddedStore store = open();
            return new UsageSides(store.usage(), store.usage());
        }
    }
}
