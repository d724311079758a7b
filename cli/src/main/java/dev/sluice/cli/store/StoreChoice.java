package dev.sluice.cli.store;

/// Where `start` keeps what processes may share.
public sealed interface StoreChoice {
    /// In the file under `--data`.
    record Embedded() implements StoreChoice {}

    /// In a table that any number of processes share.
    record DynamoDb(String table) implements StoreChoice {}

    Embedded EMBEDDED = new Embedded();
}
