package dev.sluice.cli.lambda;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.secrets.SecretSettings;
import dev.sluice.aws.secrets.SecretVersions;
import dev.sluice.cli.Main;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.SystemTime;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.workerkey.GatewayProbe;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.rotation.Rotation;
import dev.sluice.core.rotation.RotationStep;
import dev.sluice.core.rotation.StepResult;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.account.FakeAccount;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import dev.sluice.testkit.secrets.FakeSecret;
import dev.sluice.testkit.secrets.FakeSecretsManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A stack as it is deployed, on this machine: the gateway's packaged function in the local engine, its table, its secrets,
/// its parameters, and the rotation of its master key. No key is minted yet.
final class DeployedStack implements AutoCloseable {
    static final String ROTATION_FUNCTION = "Sluice-KeyRotation";

    private static final String MASTER = "Sluice/master-key";
    private static final String GATEWAY_KEY = "Sluice/gateway-key";
    private static final String CREDENTIALS = "Sluice/credentials";

    final FakeSecretsManager manager = FakeSecretsManager.open();
    final DynamoStore store;
    private final FakeAccount account = FakeAccount.open();
    private final FakeSecret master;
    private final Path task;
    private final Path home;
    private final TableSettings table;
    private final KeyHash hashes = new KeyHash(GatewayAccount.BITS);
    private Engine gateway;

    /// @param task with the gateway's packaged function
    /// @param home of the person who runs commands
    DeployedStack(Path task, Path home) throws IOException {
        this.task = task;
        this.home = home;
        this.master = manager.create(MASTER, null);
        manager.create(GATEWAY_KEY, HexFormat.of().formatHex(GatewayAccount.BITS));
        manager.create(CREDENTIALS, "{\"one\":\"sk-credential-of-the-provider\"}");
        table = TableSettings.of("sluice-" + UUID.randomUUID())
                .withRegion("us-east-1")
                .withEndpoint(LocalDynamoDb.sharedEndpoint())
                .withAccessKey(new TableSettings.AccessKey("local", "local"))
                .withPatience(Duration.ofSeconds(60));
        store = DynamoStore.open(table, _ -> {});
        store.table().create();
        gateway = open();
        manager.rotateWith(MASTER, this::step);
    }

    private Engine open() throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SLUICE_TABLE", table.table(),
                "SLUICE_CREDENTIALS_SECRET", manager.secret(CREDENTIALS).arn(),
                "SLUICE_KEY_SECRET", manager.secret(GATEWAY_KEY).arn(),
                "AWS_ENDPOINT_URL_DYNAMODB", LocalDynamoDb.sharedEndpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", manager.endpoint().toString()));
        Engine.Choice choice = Engine.Choice.usual()
                .with(environment)
                .withMegabytes(1024)
                .with(EngineLimits.DEFAULT
                        .withEnvironments(2)
                        .withSettling(Engine.PATIENCE)
                        .withInit(Duration.ofMinutes(1)))
                .with(Duration.ofMinutes(5));
        Engine opened = Engine.start(GatewayEntry.WRAPPER.command(task), task, GatewayEntry.HANDLER, choice);
        gateway = opened;
        publish();
        return opened;
    }

    private void publish() {
        Map.of(
                        "url", url() + "/",
                        "table", table.table(),
                        "region", "us-east-1",
                        "master-key-secret", master.arn(),
                        "credentials-secret", manager.secret(CREDENTIALS).arn(),
                        "gateway-key-secret", manager.secret(GATEWAY_KEY).arn(),
                        "gateway-function", "Sluice-Gateway",
                        "rotation-function", ROTATION_FUNCTION,
                        "gateway-log-group", "/aws/lambda/Sluice-Gateway",
                        "version", "0.1.0")
                .forEach((name, value) -> account.parameter("/sluice/Sluice/" + name, value));
        account.parameter("/sluice/Sluice/upkeep-function", "Sluice-Upkeep");
    }

    /// Where the gateway answers, or has answered.
    String url() {
        return "http://127.0.0.1:" + gateway.address().getPort();
    }

    Engine gateway() {
        return gateway;
    }

    /// Nobody answers there any more.
    void closeGateway() {
        gateway.close();
    }

    void openGateway() throws IOException {
        gateway = open();
    }

    void configure(String document) {
        if (ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), 1) instanceof ConfigReading.Good good) {
            store.versions().write(0, good.snapshot().document(), "test", Instant.now());
            return;
        }
        throw new IllegalArgumentException(document);
    }

    /// One step, as the rotation function takes it.
    private void step(String event) {
        Json.Obj read = JsonText.objectOrNull(event);
        RotationStep step = RotationStep.of(read == null ? "" : read.text("Step", "")).orElseThrow();
        try (SecretVersions secret = SecretVersions.open(
                SecretSettings.usual()
                        .withRegion("us-east-1")
                        .withEndpoint(manager.endpoint())
                        .withAccessKey(new TableSettings.AccessKey("local", "local")),
                master.arn())) {
            StepResult result = new Rotation(
                            secret,
                            store.workerKeys(),
                            hashes,
                            new GatewayProbe(url()),
                            new SystemTime(),
                            new SecureRandom())
                    .take(step, read == null ? "" : read.text("ClientRequestToken", ""));
            if (result instanceof StepResult.Failed(String why)) {
                throw new IllegalStateException(why);
            }
        }
    }

    /// Runs a command as the stack's owner.
    Shell.Ran run(String input, String... args) {
        Transcript out = new Transcript();
        Transcript err = new Transcript();
        Map<String, String> environment = Map.of(
                "HOME", home.toString(),
                "USER", "ada",
                "AWS_ENDPOINT_URL", account.endpoint().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", LocalDynamoDb.sharedEndpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", manager.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_REGION", "us-east-1");
        int exit = Main.run(
                args,
                new Surroundings(
                        environment,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        out.stream(),
                        err.stream(),
                        Optional.empty(),
                        new SystemTime(),
                        new ManualSchedule(),
                        new SecureRandom(),
                        new StopSignal()));
        return new Shell.Ran(exit, out.text(), err.text());
    }

    /// The name of the secret that is rotated.
    String masterName() {
        return MASTER;
    }

    @Override
    public void close() {
        gateway.close();
        store.close();
        manager.close();
        account.close();
    }
}
