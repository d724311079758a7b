package dev.sluice.testkit;

class FakeWorkerKeysTest extends WorkerKeysContract {
    @Override
    protected Place fresh() {
        FakeWorkerKeys fake = new FakeWorkerKeys();
        return new Place(fake, fake::record, fake::put);
    }
}
