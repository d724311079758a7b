package dev.sluice.testkit;

import dev.sluice.core.ports.ResponseStore;

class FakeResponseStoreTest extends ResponseStoreContract {
    @Override
    protected ResponseStore freshStore() {
        return new FakeResponseStore();
    }
}
