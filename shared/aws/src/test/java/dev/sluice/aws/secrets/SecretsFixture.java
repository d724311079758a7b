package dev.sluice.aws.secrets;

import dev.sluice.aws.dynamodb.TableSettings.AccessKey;
import dev.sluice.testkit.secrets.FakeSecrets;
import java.net.URI;
import java.time.Duration;

/// Ways to a fake.
final class SecretsFixture {
    private SecretsFixture() {}

    /// Patient: a machine under load fails no test.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    static SecretStore store(FakeSecrets secrets) {
        return store(secrets.endpoint(), PATIENCE);
    }

    static SecretStore store(URI endpoint, Duration patience) {
        return SecretStore.open(SecretSettings.usual()
                .withRegion("us-east-1")
                .withEndpoint(endpoint)
                .withAccessKey(new AccessKey("id", "key"))
                .withPatience(patience));
    }
}
