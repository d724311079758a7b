package dev.sluice.core.rotation;

import dev.sluice.testkit.FakeWorkerKeys;
import dev.sluice.testkit.WorkerKeysContract.Place;
import dev.sluice.testkit.rotation.RotationContract;

class RotationLawsTest extends RotationContract {
    @Override
    protected Place fresh() {
        FakeWorkerKeys keys = new FakeWorkerKeys();
        return new Place(keys, keys::record, keys::put);
    }

    @Override
    protected int sequences() {
        return 3_000;
    }

    @Override
    protected boolean checksEachCall() {
        return true;
    }
}
