package dev.sluice.cli.store;

import dev.sluice.aws.dynamodb.DynamoTable;
import dev.sluice.cli.Surroundings;
import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.util.Optional;

/// A table as it is found, for its owner; nothing is made and nothing is changed.
///
/// @param shown which table, and where
/// @param expires whether items that have expired are deleted; empty: it is not known
public record TableLook(String shown, DynamoTable.State state, Optional<Boolean> expires, Duration took) {
    /// The table that `start --store dynamodb` would open from here.
    public static TableLook of(StoreChoice.DynamoDb choice, Surroundings surroundings) {
        return TableStores.look(choice, surroundings);
    }

    public static TableLook of(String shown, DynamoTable table, Time time) {
        long begin = time.nanos();
        DynamoTable.State state = table.check();
        Duration took = Duration.ofNanos(time.nanos() - begin);
        Optional<Boolean> expires =
                state instanceof DynamoTable.State.Present ? table.letsItemsExpire() : Optional.empty();
        return new TableLook(shown, state, expires, took);
    }
}
