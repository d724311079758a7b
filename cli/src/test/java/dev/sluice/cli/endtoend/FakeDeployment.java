package dev.sluice.cli.endtoend;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.secrets.SecretSettings;
import dev.sluice.aws.secrets.SecretVersions;
import dev.sluice.cli.Shell;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.account.FakeAccount;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import dev.sluice.testkit.secrets.FakeSecret;
import dev.sluice.testkit.secrets.FakeSecretsManager;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// A deployed stack `Sluice` on loopback: account, secrets and table, each over its own wire form.
final class FakeDeployment implements AutoCloseable {
    static final String STACK = "Sluice";
    private static final String REGION = "eu-central-1";
    private static final TableSettings.AccessKey KEY = new TableSettings.AccessKey("id", "secret");

    private final FakeAccount account = FakeAccount.open();
    private final FakeSecretsManager secrets = FakeSecretsManager.open();
    private final String table = "sluice-" + UUID.randomUUID();
    private final Path home;

    FakeDeployment(Path home) throws IOException {
        this.home = home;
    }

    FakeAccount account() {
        return account;
    }

    FakeSecretsManager secrets() {
        return secrets;
    }

    Shell shell() {
        return new Shell(home)
                .with("AWS_ENDPOINT_URL", account.endpoint().toString())
                .with("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString())
                .with(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        LocalDynamoDb.sharedEndpoint().toString())
                .with("AWS_ACCESS_KEY_ID", KEY.id())
                .with("AWS_SECRET_ACCESS_KEY", KEY.secret())
                .with("AWS_EC2_METADATA_DISABLED", "true")
                .with("AWS_REGION", REGION);
    }

    /// The stack as it is once it stands, its gateway there.
    void stand(URI gateway) {
        account.stack(STACK, "CREATE_COMPLETE")
                .resource("State", "AWS::DynamoDB::Table", table)
                .resource("ProviderCredentials", "AWS::SecretsManager::Secret", "Sluice/credentials")
                .resource("Gateway", "AWS::Lambda::Function", "Sluice-gateway");
        Map<String, String> parameters = Map.ofEntries(
                Map.entry("url", gateway + "/"),
                Map.entry("table", table),
                Map.entry("region", REGION),
                Map.entry("master-key-secret", "Sluice/master-key"),
                Map.entry("credentials-secret", "Sluice/credentials"),
                Map.entry("gateway-key-secret", "Sluice/gateway-key"),
                Map.entry("gateway-function", "Sluice-gateway"),
                Map.entry("rotation-function", "Sluice-rotation"),
                Map.entry("upkeep-function", "Sluice-upkeep"),
                Map.entry("gateway-log-group", "/aws/lambda/Sluice-gateway"),
                Map.entry("version", "0.1.0"));
        parameters.forEach((name, value) -> account.parameter("/sluice/Sluice/" + name, value));
        account.function(
                "Sluice-gateway",
                "live",
                Json.object()
                        .put("Version", "3")
                        .put("State", "Active")
                        .put("MemorySize", 1024)
                        .put("Architectures", Json.Arr.of(new Json.Str("arm64")))
                        .put(
                                "SnapStart",
                                Json.object()
                                        .put("ApplyOn", "PublishedVersions")
                                        .put("OptimizationStatus", "On")
                                        .build())
                        .build());
        secrets.create("Sluice/credentials", "{}");
        secrets.create("Sluice/gateway-key", "0".repeat(64));
        try (DynamoStore store = store()) {
            store.table().create();
        }
    }

    /// The stack's table, as its functions use it.
    DynamoStore store() {
        return DynamoStore.open(
                TableSettings.of(table)
                        .withEndpoint(LocalDynamoDb.sharedEndpoint())
                        .withRegion(REGION)
                        .withAccessKey(KEY)
                        .withPatience(null),
                _ -> {});
    }

    /// The master key's first rotation, done, with that key.
    void rotateTo(String key) throws InterruptedException {
        FakeSecret secret = secrets.create("Sluice/master-key", "what CloudFormation has put there");
        secrets.rotateWith("Sluice/master-key", event -> step(secret, event, key));
        try (SecretVersions versions = SecretVersions.open(
                SecretSettings.usual()
                        .withRegion(REGION)
                        .withEndpoint(secrets.endpoint())
                        .withAccessKey(KEY)
                        .withPatience(Duration.ofMinutes(1)),
                "Sluice/master-key")) {
            versions.rotate();
        }
        secrets.awaitRotation("Sluice/master-key");
    }

    private static void step(FakeSecret secret, String event, String key) {
        Json.Obj json = Objects.requireNonNull(JsonText.objectOrNull(event));
        String token = json.text("ClientRequestToken", "");
        switch (json.text("Step", "")) {
            case "createSecret" -> secret.put(token, key, Set.of(FakeSecret.PENDING));
            case "finishSecret" ->
                secret.move(
                        FakeSecret.CURRENT, secret.holder(FakeSecret.CURRENT).orElse(null), token);
            default -> {}
        }
    }

    @Override
    public void close() {
        account.close();
        secrets.close();
    }
}
