package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.http.GatewayProbe;
import dev.sluice.cli.Shell;
import dev.sluice.cli.SystemTime;
import dev.sluice.cli.front.RawClient;
import dev.sluice.cli.workerkey.Proofs;
import dev.sluice.core.ports.KeyProbe.Verdict;
import dev.sluice.model.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sluice worker-key rotate --stack Sluice`, whole: the command, the rotation, the gateway's function in the engine.
class RotateStackTest {
    private static final String OWN = "Zk7-pQ2vX9_mT4wB8nL1cR6y";

    @TempDir
    static Path task;

    @TempDir
    static Path rotationTask;

    @TempDir
    private Path home;

    private DeployedStack stack;
    private PromptedProvider provider;

    @BeforeAll
    static void pack() throws IOException {
        TaskJars.in(task);
        RotationTask.in(rotationTask);
    }

    @BeforeEach
    void deploy() throws IOException {
        stack = new DeployedStack(task, rotationTask, home);
        provider = new PromptedProvider(1);
        stack.configure(provider.config());
    }

    @AfterEach
    void close() {
        provider.close();
        stack.close();
    }

    private Json.Obj rotated(String... options) {
        Shell.Ran ran = rotate("", options);
        assertThat(ran.exit())
                .as(() -> ran.out() + ran.err() + stack.manager.steps() + stack.rotationLog())
                .isZero();
        assertThat(ran.json().items("doubts")).isEmpty();
        return ran.json();
    }

    private Shell.Ran rotate(String input, String... options) {
        List<String> command = new ArrayList<>(List.of("worker-key", "rotate", "--stack", "Sluice", "--yes", "--json"));
        command.addAll(List.of(options));
        return stack.run(input, command.toArray(String[]::new));
    }

    private Verdict ask(String key) {
        return GatewayProbe.unconnected(URI.create(stack.url())).ask(key);
    }

    private static String key(Json.Obj rotated) {
        return rotated.text("key", "");
    }

    @Test
    void a_stream_in_flight_ends_whole_whatever_becomes_of_its_key() throws Exception {
        String first = key(rotated());
        assertThat(ask(first)).isInstanceOf(Verdict.Accepted.class);
        try (RawClient client = stack.gateway().client()) {
            client.send(GatewayAccount.request(
                    "/v1/chat/completions",
                    first,
                    "{\"model\":\"up/m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"gate\"}]}",
                    "Connection: close\r\n"));
            assertThat(client.response(true).status()).isEqualTo(200);
            StringBuilder streamed = new StringBuilder(client.until("\"gate\""));

            Json.Obj second = rotated();
            assertThat(second.items("proofs"))
                    .containsExactly(Json.of("the new key answers 200"), Json.of("the old key answers 200"));
            assertThat(Instant.parse(second.text("oldUntil", "")))
                    .isBetween(
                            Instant.now().plus(Duration.ofHours(23)),
                            Instant.now().plus(Duration.ofHours(25)));

            Json.Obj third = rotated("--now");
            assertThat(third.items("proofs"))
                    .containsExactly(Json.of("the new key answers 200"), Json.of("the old key answers 401"));
            assertThat(third.has("oldUntil")).isFalse();
            assertThat(new Proofs(GatewayProbe.unconnected(URI.create(stack.url())), new SystemTime())
                            .refused("first", first))
                    .as("the one before that one, within 5 s")
                    .isTrue();
            assertThat(ask(key(second))).isInstanceOf(Verdict.Refused.class);
            assertThat(ask(key(third))).isInstanceOf(Verdict.Accepted.class);

            provider.openGate();
            streamed.append(client.rest());
            assertThat(streamed.toString().split("\"content\":\"gate\"", -1)).hasSize(PromptedProvider.PIECES + 1);
            assertThat(streamed).contains("data: [DONE]\n\n").endsWith("\r\n0\r\n\r\n");
            nothingOfAKeyIsKept(List.of(first, key(second), key(third)));
        }
    }

    private void nothingOfAKeyIsKept(List<String> keys) {
        assertThat(stack.store.workerKeys().state().toString()).doesNotContain(keys);
        assertThat(stack.manager.steps()).noneMatch(step -> step.contains("slc_"));
        assertThat(stack.rotationLog()).anyMatch(line -> line.contains("finishSecret"));
        assertThat(stack.rotationLog()).noneMatch(line -> line.contains("slc_"));
        for (EngineEvent.Output line : stack.gateway().all(EngineEvent.Output.class)) {
            assertThat(line.line()).doesNotContain(keys);
        }
    }

    @Test
    void the_old_key_lives_for_its_grace_and_not_longer_again_and_again() {
        String old = key(rotated());
        for (int times = 0; times < 2; times++) {
            Json.Obj next = rotated("--grace", "20s");
            Proofs calls = new Proofs(GatewayProbe.unconnected(URI.create(stack.url())), new SystemTime());
            boolean isEnded = false;
            for (int tries = 0; tries < 4 && !isEnded; tries++) { // 12 s each
                isEnded = calls.refused("old", old);
            }
            assertThat(isEnded).as(calls.doubts().toString()).isTrue();
            assertThat(Instant.now()).isAfter(Instant.parse(next.text("oldUntil", "")));
            assertThat(ask(key(next))).isInstanceOf(Verdict.Accepted.class);
            old = key(next);
        }
        assertThat(stack.store.workerKeys().state().grace())
                .as("of the next, scheduled rotation")
                .isEqualTo(Duration.ofHours(24));
    }

    @Test
    void a_key_of_the_owners_own_is_taken_when_it_is_strong() {
        rotated();
        Shell.Ran own = rotate(OWN + "\n", "--from-stdin");
        assertThat(own.exit()).as(own.err()).isZero();
        assertThat(key(own.json())).isEqualTo(OWN);
        assertThat(ask(OWN)).isInstanceOf(Verdict.Accepted.class);
        assertThat(rotate(OWN, "--from-stdin").exit()).as("the key that holds").isEqualTo(2);
        Shell.Ran weak = rotate("password-password-password", "--from-stdin");
        assertThat(weak.exit()).isEqualTo(2);
        assertThat(weak.out()).contains("too weak").doesNotContain("password-password");
    }

    @Test
    void the_key_before_is_ended_by_command_and_the_status_tells_of_it() {
        String first = key(rotated());
        rotated();
        Shell.Ran status = stack.run("", "worker-key", "show-status", "--stack", "Sluice");
        assertThat(status.exit()).as(status.err()).isZero();
        assertThat(status.out()).contains("current   since", "previous  valid until", "pending   none", "24h");
        Shell.Ran ended = stack.run("", "worker-key", "revoke-previous", "--stack", "Sluice");
        assertThat(ended.out()).contains("is revoked", "the old key answers 401");
        assertThat(ask(first)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_rotation_that_hangs_says_where_and_goes_on_when_it_is_run_again() throws Exception {
        String first = key(rotated());
        stack.closeGateway();
        Shell.Ran hung = rotate("", "--wait", "5s");
        assertThat(hung.exit()).isEqualTo(1);
        assertThat(hung.out())
                .contains("testSecret", DeployedStack.ROTATION_FUNCTION, "The old key holds")
                .doesNotContain("slc_");
        stack.manager.awaitRotation(stack.masterName());
        stack.openGateway();
        assertThat(ask(first)).as("nothing has happened to it").isInstanceOf(Verdict.Accepted.class);

        Json.Obj second = rotated();
        assertThat(ask(key(second))).isInstanceOf(Verdict.Accepted.class);
        assertThat(ask(first)).isInstanceOf(Verdict.Accepted.class);
        assertThat(stack.store.workerKeys().state().current().orElseThrow().version())
                .isEqualTo(second.text("version"));
    }

    @Test
    void a_named_key_is_made_for_the_stack_too() {
        rotated();
        Shell.Ran made = stack.run("", "key", "create", "laptop", "--models", "up/m", "--stack", "Sluice", "--json");
        assertThat(made.exit()).as(made.out() + made.err()).isZero();
        assertThat(ask(key(made.json()))).isInstanceOf(Verdict.Accepted.class);
        assertThat(stack.run("", "key", "list", "--stack", "Sluice").out())
                .contains("laptop", "up/m")
                .doesNotContain("master");
        stack.run("", "key", "revoke", "laptop", "--stack", "Sluice");
        Proofs calls = new Proofs(GatewayProbe.unconnected(URI.create(stack.url())), new SystemTime());
        assertThat(calls.refused("laptop", key(made.json()))).isTrue();
    }
}
