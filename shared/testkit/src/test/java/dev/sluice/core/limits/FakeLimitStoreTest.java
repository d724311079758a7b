package dev.sluice.core.limits;

import dev.sluice.core.ports.LimitStore;
import dev.sluice.testkit.FakeLimitStore;
import dev.sluice.testkit.LimitStoreContract;

class FakeLimitStoreTest extends LimitStoreContract {
    @Override
    public LimitStore freshStore() {
        return new FakeLimitStore();
    }
}
