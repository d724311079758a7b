package dev.sluice.cli.store;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Obstacle;
import dev.sluice.cli.secret.PrivateFile;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.Registry;
import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.ports.UsageBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/// What this machine keeps, in one file that one process at a time has open; the calls are in files beside it.
///
/// Configuration and keys are on the disk when the method that wrote them returns. Limits are in the file by then, and on
/// the disk after the next [#sync] (`start` calls it every second) or [#close]: the end of the process loses none of them,
/// a power failure at most those of the last second.
public final class EmbeddedStore implements AutoCloseable {
    /// Counts up when the maps get another form; 0 is a file from before there was a number, of the same form as 1.
    private static final int LAYOUT = 1;

    /// How long a place in the file stays as it is when nothing lives there any more. Longer than the second between two
    /// calls of [#sync], so that no power failure finds the old overwritten and the new not yet on the disk; short, since
    /// every step takes a new place.
    private static final int RETENTION_MS = 3_000;

    /// How long the end may take to give back what the file no longer needs.
    private static final int COMPACTION_MS = 500;

    private static final String CONFIG = "config";
    private static final String CALLERS = "callers";

    private final MVStore store;
    private final StoreWriter writer;
    private final Consumer<String> notes;
    private final MVMap<String, String> keys;
    private final Map<String, EmbeddedWorkerKeys> workerKeys = new ConcurrentHashMap<>();
    private final EmbeddedVersions versions;
    private final EmbeddedKeys callers;
    private final EmbeddedLimits limits;
    private final EmbeddedResponses responses;
    private final EmbeddedCalls calls;
    private final EmbeddedUsage usage;
    private final AtomicBoolean unsynced = new AtomicBoolean();

    private EmbeddedStore(MVStore store, DataDirectory directory, Consumer<String> notes) {
        this.store = store;
        this.writer = new StoreWriter(notes);
        this.notes = notes;
        this.keys = texts("keys");
        this.versions = new EmbeddedVersions(configuration(store), this::save);
        this.callers = new EmbeddedKeys(texts(CALLERS), this::save, notes);
        this.limits = new EmbeddedLimits(
                texts("limits"),
                map("positions", StringDataType.INSTANCE, LongDataType.INSTANCE),
                writer,
                this::commit,
                notes);
        this.responses = new EmbeddedResponses(
                map("responses", StringDataType.INSTANCE, ByteArrayDataType.INSTANCE), writer, this::commit, notes);
        this.calls = new EmbeddedCalls(directory.calls(), notes);
        this.usage = new EmbeddedUsage(texts("usage"), writer, this::commit, notes);
    }

    private void commit() {
        store.commit();
        unsynced.set(true);
    }

    private MVMap<String, String> texts(String name) {
        return map(name, StringDataType.INSTANCE, StringDataType.INSTANCE);
    }

    private <K, V> MVMap<K, V> map(String name, DataType<K> key, DataType<V> value) {
        return store.openMap(name, new MVMap.Builder<K, V>().keyType(key).valueType(value));
    }

    /// Opens the store in that folder, or makes it.
    ///
    /// @param notes told what in it is damaged, and what of it cannot be written later
    public static EmbeddedStore open(DataDirectory directory, Consumer<String> notes) {
        directory.create();
        Path file = directory.store();
        try {
            if (!Files.exists(file)) {
                PrivateFile.create(file, new byte[0]);
            }
            return opened(directory, notes);
        } catch (MVStoreException refused) {
            throw explain(file, refused);
        } catch (IOException | IllegalArgumentException refused) {
            throw CommandFailure.failed("cannot open " + file + ": " + Obstacle.words(refused));
        }
    }

    private static EmbeddedStore opened(DataDirectory directory, Consumer<String> notes) {
        Path file = directory.store();
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .open();
        try {
            int layout = store.getStoreVersion();
            if (layout > LAYOUT) {
                throw CommandFailure.failed(file + " was written by a later sluice (its layout is " + layout
                        + ", this one knows " + LAYOUT + "): use that one, or another folder with --data DIR");
            }
            store.setStoreVersion(LAYOUT);
            store.setRetentionTime(RETENTION_MS);
            store.setVersionsToKeep(0);
            return new EmbeddedStore(store, directory, notes);
        } catch (MVStoreException | CommandFailure refused) {
            store.closeImmediately();
            throw refused;
        }
    }

    private static CommandFailure explain(Path file, MVStoreException refused) {
        return switch (refused.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED ->
                CommandFailure.failed("another sluice has " + file
                        + " open: try again when it has ended, or choose another folder with --data DIR");
            case DataUtils.ERROR_FILE_CORRUPT ->
                CommandFailure.failed(file + " is damaged: put back a copy of it, or move it away to begin anew (the"
                        + " credentials beside it stay)");
            default -> CommandFailure.failed("cannot open " + file + ": " + refused.getMessage());
        };
    }

    /// What is the matter when the file could not be read or written; empty: that failure is another one.
    public static Optional<String> problem(Exception failure) {
        if (!(failure instanceof MVStoreException refused)) {
            return Optional.empty();
        }
        return Optional.of("the store (sluice.db) cannot be read or written: " + why(refused));
    }

    private static String why(MVStoreException refused) {
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException notPossible) {
                return Obstacle.words(notPossible);
            }
        }
        String message = String.valueOf(refused.getMessage());
        int number = message.lastIndexOf(" ["); // of the library's version and of the error
        return number < 0 ? message : message.substring(0, number);
    }

    /// The newest version of the configuration in that folder, without touching anything there. Fails while another
    /// process has the store open.
    public static Optional<ConfigVersions.Version> glance(DataDirectory directory) {
        return glance(
                directory,
                store -> store.hasMap(CONFIG)
                        ? new EmbeddedVersions(configuration(store), () -> {}).head()
                        : Optional.empty(),
                Optional.empty());
    }

    /// The callers' keys in that folder, likewise; damaged ones are left out.
    public static List<KeyRecord> glanceKeys(DataDirectory directory) {
        return glance(
                directory,
                store -> store.hasMap(CALLERS)
                        ? new EmbeddedKeys(
                                        store.openMap(
                                                CALLERS,
                                                new MVMap.Builder<String, String>()
                                                        .keyType(StringDataType.INSTANCE)
                                                        .valueType(StringDataType.INSTANCE)),
                                        () -> {},
                                        _ -> {})
                                .list()
                        : List.of(),
                List.of());
    }

    private static <T> T glance(DataDirectory directory, Function<MVStore, T> question, T otherwise) {
        Path file = directory.store();
        if (!Files.exists(file)) {
            return otherwise;
        }
        try (MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .readOnly()
                .autoCommitDisabled()
                .open()) {
            return question.apply(store);
        } catch (MVStoreException refused) {
            throw explain(file, refused);
        }
    }

    private static MVMap<Long, String> configuration(MVStore store) {
        return store.openMap(
                CONFIG,
                new MVMap.Builder<Long, String>().keyType(LongDataType.INSTANCE).valueType(StringDataType.INSTANCE));
    }

    public ConfigVersions versions() {
        return versions;
    }

    public KeyBook keys() {
        return callers;
    }

    public Registry registry() {
        return new EmbeddedRegistry(versions, callers);
    }

    public LimitStore limits() {
        return limits;
    }

    public ResponseStore responses() {
        return responses;
    }

    public CallBook calls() {
        return calls;
    }

    public UsageBook usage() {
        return usage;
    }

    /// The master key's place, for the keys that are hashed under that secret key.
    public EmbeddedWorkerKeys workerKeys(String fingerprint) {
        return workerKeys.computeIfAbsent(
                fingerprint, print -> new EmbeddedWorkerKeys(keys, print, callers, this::save, notes));
    }

    /// Brings the limits written so far to the disk; steps go on meanwhile.
    public void sync() {
        if (unsynced.getAndSet(false)) {
            try {
                store.sync();
            } catch (MVStoreException failed) {
                unsynced.set(true); // the writer tells
            }
        }
    }

    private void save() {
        store.commit();
        store.sync();
    }

    @Override
    public void close() {
        writer.close();
        try {
            store.close(COMPACTION_MS);
        } catch (MVStoreException notTidy) {
            // What was kept was on the disk before: only the place that it no longer needs stays taken.
            store.closeImmediately();
        }
    }
}
