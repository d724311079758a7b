package dev.sluice.cli.function;

import dev.sluice.aws.dynamodb.StoreFailure;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Obstacle;
import dev.sluice.cli.secret.PrivateFile;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.FreshKey;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// The key that this installation calls its function with. The table knows its hash, and the master key's never: a table
/// may be shared, and the function knows callers by the table alone.
///
/// It is kept in a file of its owner's, so that there is one for each folder and table, and not one for each start.
///
/// @param key never shown, never in a log
record OwnKey(String key, String hash) {
    static OwnKey open(Path file, KeyHash hashes, KeyBook book, Time time, SecureRandom random) {
        try {
            if (Files.exists(file) && PrivateFile.isPrivate(file)) {
                String kept = Files.readString(file).strip();
                OwnKey key = new OwnKey(kept, hashes.of(kept));
                if (!kept.isEmpty() && isKnown(key, book, time.now())) {
                    return key;
                }
            }
            String fresh = FreshKey.of(random);
            PrivateFile.replace(file, fresh.getBytes(StandardCharsets.US_ASCII));
            OwnKey key = new OwnKey(fresh, hashes.of(fresh));
            if (!isKnown(key, book, time.now())) {
                throw CommandFailure.failed("the key of this folder cannot be kept in the table: start again");
            }
            return key;
        } catch (IOException | UnsupportedOperationException notPossible) {
            throw CommandFailure.failed("cannot read or write " + file + ": " + Obstacle.words(notPossible));
        } catch (StoreFailure silent) {
            throw CommandFailure.failed(String.valueOf(silent.getMessage()));
        }
    }

    /// Whether the table lets it in, now at the latest.
    private static boolean isKnown(OwnKey key, KeyBook book, Instant now) {
        KeyRecord record = new KeyRecord(
                key.hash(),
                "start-" + key.hash().substring(0, 8),
                Caller.Kind.MASTER,
                false,
                now,
                null,
                Set.of(),
                List.of());
        return book.create(record)
                || book.list().stream().anyMatch(one -> one.hash().equals(key.hash()) && one.isValid(now));
    }

    @Override
    public String toString() {
        return "OwnKey";
    }
}
