package dev.sluice.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SecretsManagerRotationEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.testkit.VirtualTime;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import dev.sluice.testkit.secrets.FakeSecret;
import dev.sluice.testkit.secrets.FakeSecretsManager;
import dev.sluice.testkit.secrets.FakeSecretsManager.When;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole function: events as AWS's own runtime reads them, Secrets Manager over its wire form, DynamoDB Local, and a
/// gateway that knows the table's keys. No key is ever in a line of its log.
class RotationFunctionTest {
    private static final byte[] BITS = new byte[32];
    private static final String MASTER = "Sluice/master-key";
    private static final PojoSerializer<SecretsManagerRotationEvent> EVENTS = LambdaEventSerializers.serializerFor(
            SecretsManagerRotationEvent.class, RotationFunctionTest.class.getClassLoader());

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-21T12:00:00Z"));
    private final RecordingContext context = new RecordingContext();
    private final TableSettings table = TableSettings.of("rotation-" + UUID.randomUUID())
            .withEndpoint(LocalDynamoDb.sharedEndpoint())
            .withRegion("us-east-1")
            .withAccessKey(new TableSettings.AccessKey("test", "test"))
            .withPatience(null);
    private final DynamoStore store = DynamoStore.open(table, _ -> {});
    private FakeSecretsManager manager;
    private FakeSecret secret;
    private FakeGateway gateway;

    @BeforeEach
    void open() throws IOException {
        store.table().create();
        LocalDynamoDb.keepExpired(LocalDynamoDb.sharedEndpoint(), table.table());
        manager = FakeSecretsManager.open();
        secret = manager.create(MASTER, "generated at deploy, never a key");
        manager.create("Sluice/gateway-key", HexFormat.of().formatHex(BITS));
        gateway = new FakeGateway(store, new KeyHash(BITS), time);
        manager.rotateWith(MASTER, this::invoke);
    }

    @AfterEach
    void close() {
        gateway.close();
        manager.close();
        store.close();
    }

    private Map<String, String> environment() {
        return Map.of(
                "SLUICE_TABLE",
                table.table(),
                "SLUICE_KEY_SECRET",
                "Sluice/gateway-key",
                "SLUICE_MASTER_SECRET",
                secret.arn(),
                "SLUICE_URL",
                gateway.url() + "/",
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL_DYNAMODB",
                LocalDynamoDb.sharedEndpoint().toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                manager.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test");
    }

    private void invoke(String event) {
        // patient: a machine under load fails no test
        RotationSettings settings = RotationSettings.from(environment()).withPatience(Duration.ofSeconds(60));
        new RotationFunction(settings, time, new SecureRandom())
                .handleRequest(
                        EVENTS.fromJson(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))), context);
    }

    private String event(String step, String version) {
        return "{\"Step\":\"" + step + "\",\"SecretId\":\"" + secret.arn() + "\",\"ClientRequestToken\":\"" + version
                + "\",\"RotationToken\":\"0c2ba1d0\"}";
    }

    /// As `RotateSecret` does; the version that holds after it.
    private String rotate() throws InterruptedException {
        String version = secret.begin(UUID.randomUUID().toString());
        manager.retry(MASTER);
        manager.awaitRotation(MASTER);
        return version;
    }

    private String key() {
        return secret.stage(VersionedSecret.CURRENT).orElseThrow().text();
    }

    @Test
    void the_first_rotation_makes_the_first_key() throws InterruptedException {
        String version = rotate();
        assertThat(manager.steps()).hasSize(4).allMatch(step -> step.endsWith(": ok"));
        assertThat(key()).matches("slc_[A-Za-z0-9_-]{43}");
        assertThat(gateway.knows(key())).isTrue();
        assertThat(secret.holder(VersionedSecret.PENDING)).isEmpty();
        WorkerKeyState state = store.workerKeys().state();
        assertThat(state.current()).get().satisfies(current -> {
            assertThat(current.version()).isEqualTo(version);
            assertThat(current.hash()).isEqualTo(new KeyHash(BITS).of(key()));
        });
        assertThat(store.keys().list()).as("the clients' keys").isEmpty();
        assertThat(gateway.requests()).singleElement().asString().startsWith("GET /v1/models HTTP/1.1\r\n");
    }

    @Test
    void the_key_before_lives_on_for_its_grace() throws InterruptedException {
        rotate();
        String first = key();
        time.advance(Duration.ofDays(90));
        rotate();
        assertThat(key()).isNotEqualTo(first);
        time.advance(Duration.ofHours(24).minusNanos(1));
        assertThat(gateway.knows(first)).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(gateway.knows(first)).isFalse();
        assertThat(gateway.knows(key())).isTrue();
    }

    @Test
    void a_gateway_that_does_not_know_the_key_yet_is_asked_again() throws InterruptedException {
        gateway.answersFirst(List.of(401, 503, 302));
        rotate();
        assertThat(manager.steps()).last().asString().startsWith("finishSecret").endsWith(": ok");
        assertThat(gateway.requests()).hasSize(4).noneMatch(request -> request.contains("/elsewhere"));
    }

    @Test
    void a_gateway_that_never_accepts_the_key_leaves_everything_as_it_was() throws InterruptedException {
        rotate();
        String first = key();
        gateway.answersFirst(Collections.nCopies(31, 401));
        rotate();
        assertThat(manager.steps()).last().asString().contains("testSecret", "within 30 s: it answers 401");
        assertThat(key()).isEqualTo(first);
        assertThat(gateway.knows(first)).isTrue();
        gateway.answersFirst(List.of());
        rotate();
        assertThat(key()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"})
    void a_call_that_is_lost_fails_its_step_and_the_next_try_goes_on(String operation) throws InterruptedException {
        rotate();
        for (When when : When.values()) {
            for (int nth = 1; nth <= 2; nth++) {
                String before = key();
                manager.fail(operation, nth, when);
                rotate();
                if (key().equals(before) || !holds(key())) { // the label may have moved, its answer lost
                    rotate();
                }
                assertThat(key()).as("%s, %s of call %d", operation, when, nth).isNotEqualTo(before);
                assertThat(gateway.knows(key())).isTrue();
                assertThat(holds(key())).isTrue();
            }
        }
    }

    private boolean holds(String key) {
        return store.workerKeys().state().current().orElseThrow().hash().equals(new KeyHash(BITS).of(key));
    }

    @Test
    void the_test_of_a_new_schedule_alone_succeeds_without_a_call() {
        String version = secret.begin(UUID.randomUUID().toString());
        invoke(event("testSecret", version));
        assertThat(gateway.requests()).isEmpty();
        assertThat(context.lines).singleElement().asString().contains("no pending key");
    }

    @Test
    void a_key_of_the_owners_own_becomes_the_next_one() throws InterruptedException {
        String own = "Zx9-tQ2.pL7_vB4!mK8+wR3n";
        secret.put(UUID.randomUUID().toString(), own, Set.of(VersionedSecret.WISHED));
        rotate();
        assertThat(key()).isEqualTo(own);
        assertThat(secret.holder(VersionedSecret.WISHED)).isEmpty();
    }

    @Test
    void a_step_takes_one_line_of_json_and_says_no_key() throws InterruptedException {
        rotate();
        rotate();
        secret.put(UUID.randomUUID().toString(), "weak-own-password", Set.of(VersionedSecret.WISHED));
        rotate();
        manager.fail("PutSecretValue", 1, When.AFTER);
        rotate();
        assertThat(context.lines)
                .hasSizeGreaterThan(9)
                .allMatch(line -> line.startsWith("{\"at\":\"2026-11-21T") && line.indexOf('\n') == line.length() - 1)
                .anyMatch(line -> line.contains("\"level\":\"error\""));
        for (String text : secret.texts()) {
            assertThat(String.join("", context.lines)).doesNotContain(text);
            assertThat(String.join("", manager.steps())).doesNotContain(text);
            assertThat(wholeTable()).doesNotContain(text);
        }
    }

    private String wholeTable() {
        return store.workerKeys().state()
                + store.registry().read(Set.of(new KeyHash(BITS).of(key()))).toString();
    }

    @Test
    void another_secret_is_not_touched() {
        String other = manager.create("Sluice/credentials", "{}").arn();
        assertThatThrownBy(() -> invoke("{\"Step\":\"createSecret\",\"SecretId\":\"" + other
                        + "\",\"ClientRequestToken\":\"7f1c9a0e-55a4-4d0b-8f5a-0c6b1d2e3f40\"}"))
                .isInstanceOf(RotationFailure.class)
                .hasMessage("only the secret that SLUICE_MASTER_SECRET names is rotated here");
        assertThat(manager.operations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"Step\":\"dropSecret\"}", "{\"Step\":\"createSecret\"}"})
    void what_is_no_step_is_refused(String event) {
        assertThatThrownBy(() -> invoke(event)).hasMessageStartingWith("this is no step of a rotation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "set", "test", "finish"})
    void reads_the_events_of_the_folder(String step) throws IOException {
        byte[] event = Files.readAllBytes(Path.of("..", "..", "events", "rotation-" + step + "-secret.json"));
        SecretsManagerRotationEvent read = EVENTS.fromJson(new ByteArrayInputStream(event));
        assertThat(read.getStep()).isEqualTo(step + "Secret");
        assertThat(read.getSecretId()).startsWith("arn:aws:secretsmanager:");
        assertThat(read.getClientRequestToken()).hasSize(36);
    }

    @Test
    void a_version_that_is_not_pending_is_refused() {
        assertThatThrownBy(() -> invoke(event("createSecret", UUID.randomUUID().toString())))
                .hasMessageContaining("is not pending");
        assertThatThrownBy(() -> invoke(event("finishSecret", UUID.randomUUID().toString())))
                .hasMessageContaining("is not pending");
    }

    @Test
    void all_variables_that_are_missing_are_named_at_once() {
        assertThatThrownBy(() -> RotationSettings.from(Map.of()))
                .isInstanceOf(RotationFailure.class)
                .hasMessageContainingAll(
                        "SLUICE_TABLE", "SLUICE_KEY_SECRET", "SLUICE_MASTER_SECRET", "SLUICE_URL", "AWS_REGION");
        Map<String, String> wrong = new HashMap<>(environment());
        wrong.put("SLUICE_URL", "ftp://user:secret@gateway");
        wrong.put("AWS_ENDPOINT_URL_DYNAMODB", "nowhere");
        assertThatThrownBy(() -> RotationSettings.from(wrong))
                .hasMessageContainingAll("SLUICE_URL is no address", "AWS_ENDPOINT_URL_DYNAMODB is no address")
                .hasMessageNotContaining("user:secret");
    }
}
