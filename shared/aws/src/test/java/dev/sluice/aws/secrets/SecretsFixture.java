package dev.sluice.aws.secrets;

import dev.sluice.aws.dynamodb.TableSettings.AccessKey;
import dev.sluice.testkit.secrets.FakeSecrets;
import java.time.Duration;

/// Ways to a fake.
final class SecretsFixture {
    private SecretsFixture() {}

    static SecretStore store(FakeSecrets secrets) {
        return store(secrets, Duration.ofSeconds(20));
    }

    static SecretStore store(FakeSecrets secrets, Duration patience) {
        return SecretStore.open(SecretSettings.usual()
                .withRegion("us-east-1")
                .withEndpoint(secrets.endpoint())
                .withAccessKey(new AccessKey("id", "key"))
                .withPatience(patience));
    }
}
