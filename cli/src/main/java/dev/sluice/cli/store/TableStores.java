package dev.sluice.cli.store;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import java.util.function.Consumer;

/// What is kept in a DynamoDB table.
final class TableStores {
    private TableStores() {}

    static Stores open(String table, Surroundings surroundings, Consumer<String> notes) {
        throw CommandFailure.usage(
                "--store dynamodb (here with the table " + table + ") is not in this version" + surroundings + notes);
    }
}
