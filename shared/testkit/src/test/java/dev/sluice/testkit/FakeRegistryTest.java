package dev.sluice.testkit;

import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.KeyBook;
import org.junit.jupiter.api.Nested;

/// The fake is held to what it stands for.
class FakeRegistryTest {
    @Nested
    class AsVersions extends ConfigVersionsContract {
        @Override
        protected ConfigVersions fresh() {
            return new FakeRegistry();
        }
    }

    @Nested
    class AsBook extends KeyBookContract {
        @Override
        protected KeyBook fresh() {
            return new FakeRegistry();
        }
    }

    @Nested
    class AsRegistry extends RegistryContract {
        @Override
        protected Sides fresh() {
            FakeRegistry fake = new FakeRegistry();
            return new Sides(fake, fake, fake);
        }
    }
}
