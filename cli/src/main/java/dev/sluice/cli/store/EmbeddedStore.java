package dev.sluice.cli.store;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.secret.PrivateFile;
import dev.sluice.core.ports.ConfigVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/// What this machine keeps, in one file that one process at a time has open. What was written is on the disk when the
/// method returns.
public final class EmbeddedStore implements AutoCloseable {
    private static final String MASTER = "master#";

    private final MVStore store;
    private final MVMap<String, String> keys;
    private final EmbeddedVersions versions;

    private EmbeddedStore(MVStore store) {
        this.store = store;
        this.keys = store.openMap(
                "keys",
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
        this.versions = new EmbeddedVersions(
                store.openMap(
                        "config",
                        new MVMap.Builder<Long, String>()
                                .keyType(LongDataType.INSTANCE)
                                .valueType(StringDataType.INSTANCE)),
                this::commit);
    }

    /// Opens the store in that folder, or makes it.
    public static EmbeddedStore open(DataDirectory directory) {
        directory.create();
        Path file = directory.store();
        try {
            if (!Files.exists(file)) {
                PrivateFile.create(file, new byte[0]);
            }
            return new EmbeddedStore(new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .open());
        } catch (MVStoreException refused) {
            throw explain(file, refused);
        } catch (IOException | IllegalArgumentException refused) {
            throw CommandFailure.failed("cannot open " + file + ": " + refused);
        }
    }

    private static CommandFailure explain(Path file, MVStoreException refused) {
        return switch (refused.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED ->
                CommandFailure.failed(
                        "another sluice has " + file + " open: end it, or choose another folder with" + " --data DIR");
            case DataUtils.ERROR_FILE_CORRUPT ->
                CommandFailure.failed(file + " is damaged: put back a copy of it, or move it away to begin anew (the"
                        + " credentials beside it stay)");
            default -> CommandFailure.failed("cannot open " + file + ": " + refused.getMessage());
        };
    }

    public ConfigVersions versions() {
        return versions;
    }

    /// The hash of the master key that was made under this secret key.
    public Optional<String> masterHash(String fingerprint) {
        return Optional.ofNullable(keys.get(MASTER + fingerprint));
    }

    public void keepMasterHash(String fingerprint, String hash) {
        keys.put(MASTER + fingerprint, hash);
        commit();
    }

    private void commit() {
        store.commit();
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
