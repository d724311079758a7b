package dev.sluice.aws.dynamodb;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.Registry.Reading;
import dev.sluice.testkit.WorkerKeysContract.Place;
import dev.sluice.testkit.rotation.RotationContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/// The laws of the rotation, with the keys in a table.
class DynamoRotationTest extends RotationContract {
    private final List<Tables.Fresh> tables = new ArrayList<>();

    @Override
    protected Place fresh() {
        Tables.Fresh table = Tables.fresh();
        tables.add(table);
        DynamoStore store = table.store();
        return new Place(store.workerKeys(), hash -> record(store, hash), store.keys()::create);
    }

    private static Optional<KeyRecord> record(DynamoStore store, String hash) {
        return store.registry().read(Set.of(hash)) instanceof Reading.Known(var _, var found)
                ? Optional.ofNullable(found.get(hash))
                : Optional.empty();
    }

    @Override
    protected int sequences() {
        return 12;
    }

    @Override
    protected boolean checksEachCall() {
        return false;
    }

    @AfterEach
    void close() {
        tables.forEach(Tables.Fresh::close);
    }
}
