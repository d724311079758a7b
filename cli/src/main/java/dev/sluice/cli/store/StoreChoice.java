package dev.sluice.cli.store;

import dev.sluice.aws.dynamodb.TableSettings;
import java.time.Duration;

/// Where `start` keeps what processes may share.
public sealed interface StoreChoice {
    /// In the file under `--data`.
    record Embedded() implements StoreChoice {}

    /// In a table that any number of processes share.
    ///
    /// @param patience how long one call may wait in all
    record DynamoDb(String table, Duration patience) implements StoreChoice {
        /// As patient as a request can bear.
        public DynamoDb(String table) {
            this(table, TableSettings.PATIENCE);
        }
    }

    Embedded EMBEDDED = new Embedded();
}
