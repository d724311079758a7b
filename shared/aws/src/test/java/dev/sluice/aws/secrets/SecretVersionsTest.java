package dev.sluice.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.dynamodb.TableSettings.AccessKey;
import dev.sluice.aws.secrets.SecretVersions.Rotating;
import dev.sluice.core.ports.VersionedSecret.Value;
import dev.sluice.testkit.secrets.FakeSecret;
import dev.sluice.testkit.secrets.FakeSecretsManager;
import dev.sluice.testkit.secrets.FakeSecretsManager.When;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretVersionsTest {
    private static final String VALUE = "slc_very-secret-0123456789";
    private static final String NEW = "11111111-1111-1111-1111-111111111111";

    private FakeSecretsManager manager;
    private FakeSecret secret;
    private SecretVersions versions;

    @BeforeEach
    void open() throws IOException {
        manager = FakeSecretsManager.open();
        secret = manager.create("Sluice/master-key", VALUE);
        versions = versions(secret.arn());
    }

    private SecretVersions versions(String id) {
        return SecretVersions.open(
                SecretSettings.usual()
                        .withRegion("us-east-1")
                        .withEndpoint(manager.endpoint())
                        .withAccessKey(new AccessKey("id", "key"))
                        .withPatience(Duration.ofSeconds(20)),
                id);
    }

    @AfterEach
    void close() {
        versions.close();
        manager.close();
    }

    @Test
    void describes_versions_by_their_labels() {
        String first = secret.holder("AWSCURRENT").orElseThrow();
        assertThat(versions.describe().rotates()).isFalse();
        manager.rotateWith("Sluice/master-key", _ -> {});
        assertThat(versions.describe()).isEqualTo(secret.describe());
        assertThat(versions.describe().versionOf("AWSCURRENT")).contains(first);
        assertThat(versions.describe().versionOf("AWSPENDING")).isEmpty();
        assertThat(versions.describe().stagesOf("none")).isEmpty();
    }

    @Test
    void reads_values_by_label_and_by_version() {
        String first = secret.holder("AWSCURRENT").orElseThrow();
        Value value = new Value(first, VALUE, Set.of("AWSCURRENT"));
        assertThat(versions.stage("AWSCURRENT")).contains(value);
        assertThat(versions.version(first)).contains(value);
        assertThat(versions.stage("AWSPENDING")).isEmpty();
        assertThat(versions.version(NEW)).isEmpty();
        secret.begin(NEW);
        assertThat(versions.version(NEW)).as("a version that has no value yet").isEmpty();
    }

    @Test
    void a_version_gets_one_value_for_good() {
        secret.begin(NEW);
        assertThat(versions.put(NEW, "other", Set.of("AWSPENDING"))).isTrue();
        assertThat(versions.put(NEW, "other", Set.of("AWSPENDING"))).isTrue();
        assertThat(versions.put(NEW, "another", Set.of("AWSPENDING"))).isFalse();
        assertThat(versions.stage("AWSPENDING")).contains(new Value(NEW, "other", Set.of("AWSPENDING")));
        assertThat(versions.stage("AWSCURRENT").orElseThrow().text()).isEqualTo(VALUE);
    }

    @Test
    void the_current_label_leaves_the_previous_one_behind() {
        String first = secret.holder("AWSCURRENT").orElseThrow();
        versions.put(NEW, "other", Set.of("AWSPENDING"));
        assertThat(versions.move("AWSCURRENT", "elsewhere", NEW)).isFalse();
        assertThat(versions.move("AWSCURRENT", null, NEW)).isFalse();
        assertThat(versions.move("AWSCURRENT", first, "nowhere")).isFalse();
        assertThat(versions.move("AWSCURRENT", first, NEW)).isTrue();
        assertThat(versions.move("AWSCURRENT", first, NEW)).isFalse();
        assertThat(versions.remove("AWSPENDING", NEW)).isTrue();
        assertThat(versions.remove("AWSPENDING", NEW)).isFalse();
        assertThat(versions.describe().stages())
                .containsEntry(NEW, Set.of("AWSCURRENT"))
                .containsEntry(first, Set.of("AWSPREVIOUS"));
    }

    @Test
    void a_rotation_calls_the_function_step_by_step() throws InterruptedException {
        List<String> events = new CopyOnWriteArrayList<>();
        assertThatThrownBy(versions::rotate).hasMessageContaining("No Lambda rotation function");
        manager.rotateWith(secret.arn(), events::add);
        Rotating.Started started = (Rotating.Started) versions.rotate();
        manager.awaitRotation(secret.arn());
        assertThat(events)
                .hasSize(4)
                .first()
                .isEqualTo("{\"Step\":\"createSecret\",\"SecretId\":\"" + secret.arn() + "\",\"ClientRequestToken\":\""
                        + started.version() + "\"}");
        assertThat(versions.describe().versionOf("AWSPENDING")).contains(started.version());
        assertThat(versions.rotate()).as("its version stays pending").isEqualTo(new Rotating.Unfinished());
        manager.awaitRotation(secret.arn());
        assertThat(manager.steps()).hasSize(8).allMatch(step -> step.endsWith(started.version() + ": ok"));
    }

    @Test
    void a_rotation_ends_at_the_step_that_fails() throws InterruptedException {
        manager.rotateWith(secret.arn(), event -> {
            if (event.contains("setSecret")) {
                throw new IllegalStateException("not now");
            }
        });
        versions.rotate();
        manager.awaitRotation(secret.arn());
        assertThat(manager.steps()).hasSize(2);
        assertThat(manager.steps().getLast()).startsWith("setSecret ").endsWith(": not now");
    }

    @Test
    void what_was_done_without_an_answer_is_done() {
        manager.fail("PutSecretValue", 1, When.BEFORE);
        manager.fail("PutSecretValue", 2, When.AFTER);
        for (boolean isDone : new boolean[] {false, true}) {
            assertThatThrownBy(() -> versions.put(NEW, "other", Set.of("AWSPENDING")))
                    .isInstanceOf(SecretFailure.class)
                    .hasMessage("the secret " + secret.arn() + ": Secrets Manager cannot be reached (SocketException)");
            assertThat(secret.version(NEW).isPresent()).isEqualTo(isDone);
        }
        assertThat(versions.put(NEW, "other", Set.of("AWSPENDING"))).isTrue();
    }

    @Test
    void a_secret_that_is_not_there_is_told() {
        try (SecretVersions none = versions("none")) {
            assertThatThrownBy(none::describe)
                    .hasMessage("the secret none: ResourceNotFoundException: Secrets Manager can't find the specified"
                            + " secret.");
            assertThatThrownBy(() -> none.put(NEW, VALUE, Set.of("AWSPENDING")))
                    .hasMessageContaining("can't find")
                    .hasMessageNotContaining(VALUE);
        }
    }

    @Test
    void nothing_it_prints_shows_a_value() {
        assertThat(versions.stage("AWSCURRENT").orElseThrow().toString()).doesNotContain(VALUE);
        assertThat(secret.toString()).doesNotContain(VALUE);
    }
}
