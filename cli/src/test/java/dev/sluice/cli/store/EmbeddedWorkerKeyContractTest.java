package dev.sluice.cli.store;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.testkit.WorkerKeysContract;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedWorkerKeyContractTest extends WorkerKeysContract {
    @TempDir
    private Path home;

    private @Nullable EmbeddedStore store;

    @Override
    protected Place fresh() {
        EmbeddedStore opened = EmbeddedStore.open(new DataDirectory(home.resolve("data")), _ -> {});
        store = opened;
        EmbeddedWorkerKeys keys = opened.workerKeys("f");
        return new Place(
                keys, hash -> record(opened, keys, hash), key -> opened.keys().create(key));
    }

    private static Optional<KeyRecord> record(EmbeddedStore store, EmbeddedWorkerKeys keys, String hash) {
        return keys.record(hash)
                .or(() -> store.keys().list().stream()
                        .filter(key -> key.hash().equals(hash))
                        .findFirst());
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
