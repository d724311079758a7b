package dev.sluice.aws.dynamodb;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.Registry.Reading;
import dev.sluice.core.ports.ResponseStore;
import dev.sluice.testkit.CallBookContract;
import dev.sluice.testkit.ConfigVersionsContract;
import dev.sluice.testkit.KeyBookContract;
import dev.sluice.testkit.LimitStoreContract;
import dev.sluice.testkit.RegistryContract;
import dev.sluice.testkit.ResponseStoreContract;
import dev.sluice.testkit.UsageBookContract;
import dev.sluice.testkit.WorkerKeysContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/// The table held to what every store has to hold.
class DynamoContractsTest {
    private final List<Tables.Fresh> tables = new ArrayList<>();

    private DynamoStore open() {
        Tables.Fresh table = Tables.fresh();
        tables.add(table);
        return table.store();
    }

    @AfterEach
    void close() {
        tables.forEach(Tables.Fresh::close);
    }

    @Nested
    class Limits extends LimitStoreContract {
        @Override
        public LimitStore freshStore() {
            return open().limits();
        }
    }

    @Nested
    class Versions extends ConfigVersionsContract {
        @Override
        protected ConfigVersions fresh() {
            return open().versions();
        }
    }

    @Nested
    class Keys extends KeyBookContract {
        @Override
        protected KeyBook fresh() {
            return open().keys();
        }
    }

    @Nested
    class MasterKey extends WorkerKeysContract {
        @Override
        protected Place fresh() {
            DynamoStore store = open();
            return new Place(store.workerKeys(), hash -> record(store, hash), store.keys()::create);
        }

        private Optional<KeyRecord> record(DynamoStore store, String hash) {
            return store.registry().read(Set.of(hash)) instanceof Reading.Known(var _, var found)
                    ? Optional.ofNullable(found.get(hash))
                    : Optional.empty();
        }
    }

    @Nested
    class Responses extends ResponseStoreContract {
        @Override
        protected ResponseStore freshStore() {
            return open().responses();
        }
    }

    @Nested
    class Calls extends CallBookContract {
        @Override
        protected CallSides fresh() {
            DynamoStore store = open();
            return new CallSides(store.calls(), store.calls());
        }
    }

    @Nested
    class Usage extends UsageBookContract {
        @Override
        protected UsageSides fresh() {
            DynamoStore store = open();
            return new UsageSides(store.usage(), store.usage());
        }
    }

    @Nested
    class Heads extends RegistryContract {
        @Override
        protected Sides fresh() {
            DynamoStore store = open();
            return new Sides(store.registry(), store.keys(), store.versions());
        }
    }
}
