package dev.sluice.cli.lambda;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.cli.Main;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.SystemTime;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.terminal.Screens;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
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
import java.util.List;
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
    private final Path rotationTask;
    private final Path home;
    private final TableSettings table;
    private Engine gateway;
    private Engine rotation;

    /// @param task with the gateway's packaged function
    /// @param rotationTask with the rotation function
    /// @param home of the person who runs commands
    DeployedStack(Path task, Path rotationTask, Path home) throws IOException {
        this.task = task;
        this.rotationTask = rotationTask;
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
        rotation = openRotation();
        manager.rotateWith(MASTER, this::step);
    }

    private Engine open() throws IOException {
        Engine.Choice choice = Engine.Choice.usual()
                .with(variables())
                .withMegabytes(1024)
                .with(Engine.PATIENT.withEnvironments(2))
                .with(Duration.ofMinutes(5));
        Engine opened = Engine.start(GatewayEntry.WRAPPER.command(task), task, GatewayEntry.HANDLER, choice);
        gateway = opened;
        opened.get("/health"); // up: a rotation gives a gateway 30 s to take the new key, and a start may take longer
        publish();
        return opened;
    }

    private void publish() {
        Map.of(
                        "url",
                        url() + "/",
                        "table",
                        table.table(),
                        "region",
                        "us-east-1",
                        "master-key-secret",
                        master.arn(),
                        "credentials-secret",
                        manager.secret(CREDENTIALS).arn(),
                        "gateway-key-secret",
                        manager.secret(GATEWAY_KEY).arn(),
                        "gateway-function",
                        "Sluice-Gateway",
                        "rotation-function",
                        ROTATION_FUNCTION,
                        "gateway-log-group",
                        "/aws/lambda/Sluice-Gateway",
                        "version",
                        "0.1.0")
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

    /// Another one, which the rotation function is told of.
    void openGateway() throws IOException {
        gateway = open();
        rotation.close();
        rotation = openRotation();
    }

    private Engine openRotation() throws IOException {
        Map<String, String> environment = new HashMap<>(variables());
        environment.put("SLUICE_MASTER_SECRET", master.arn());
        environment.put("SLUICE_URL", url());
        Engine.Choice choice = Engine.Choice.usual()
                .with(environment)
                .buffered()
                .with(Engine.PATIENT.withEnvironments(1))
                .with(Duration.ofSeconds(90));
        return Engine.start(RotationTask.command(), rotationTask, RotationTask.HANDLER, choice);
    }

    private Map<String, String> variables() {
        return Map.of(
                "SLUICE_TABLE", table.table(),
                "SLUICE_CREDENTIALS_SECRET", manager.secret(CREDENTIALS).arn(),
                "SLUICE_KEY_SECRET", manager.secret(GATEWAY_KEY).arn(),
                "AWS_ENDPOINT_URL_DYNAMODB", LocalDynamoDb.sharedEndpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", manager.endpoint().toString());
    }

    void configure(String document) {
        if (ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), 1) instanceof ConfigReading.Good good) {
            store.versions().write(0, good.snapshot().document(), "test", Instant.now());
            return;
        }
        throw new IllegalArgumentException(document);
    }

    /// One step, taken by the rotation function in its own engine.
    private void step(String event) throws InterruptedException {
        Optional<InvocationFailure> failure = rotation.invoke(event).failure();
        if (failure.isPresent()) {
            throw new IllegalStateException(new String(failure.get().payload(), StandardCharsets.UTF_8));
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
                        Screens.NONE,
                        new SystemTime(),
                        new ManualSchedule(),
                        new SecureRandom(),
                        new StopSignal()));
        return new Shell.Ran(exit, out.text(), err.text());
    }

    /// What the rotation function has printed.
    List<String> rotationLog() {
        return rotation.all(EngineEvent.Output.class).stream()
                .map(EngineEvent.Output::line)
                .toList();
    }

    /// The name of the secret that is rotated.
    String masterName() {
        return MASTER;
    }

    @Override
    public void close() {
        gateway.close();
        rotation.close();
        store.close();
        manager.close();
        account.close();
    }
}
