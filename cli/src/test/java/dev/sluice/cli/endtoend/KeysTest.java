package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.cli.Shell;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys made, limited, rotated and ended by commands while a `start` runs: what each of them gets from then on.
class KeysTest {
    @TempDir
    private Path home;

    private final MovedNoon time = new MovedNoon();
    private ScriptedServer provider;
    private @Nullable StartedGateway started;

    /// The clock of the commands, moved on by the test.
    private static final class MovedNoon implements Time {
        private volatile Duration moved = Duration.ZERO;

        @Override
        public Instant now() {
            return FixedTime.NOON.now().plus(moved);
        }

        @Override
        public long nanos() {
            return System.nanoTime() + moved.toNanos();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    }

    @BeforeEach
    void start_the_provider() throws IOException {
        provider = Provider.playing(_ -> null);
    }

    @AfterEach
    void end_what_runs() throws InterruptedException {
        if (started != null) {
            started.end();
        }
        provider.close();
    }

    private StartedGateway start(Map<String, String> environment) throws InterruptedException {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("UPSTREAM_KEY", RunningGateway.SECRET);
        StartedGateway gateway = new StartedGateway(home, StoreChoice.EMBEDDED, variables, time);
        started = gateway;
        String document = """
                {"version": 1, "providers": [
                   {"id": "p", "endpoints": {"openai-chat": "http://127.0.0.1:%1$d/v1"}, "allowPrivateNetwork": true,
                    "credential": {"env": "UPSTREAM_KEY"}, "models": ["m", "n"]}],
                 "modelAliases": {"coding": {"strategy": "ordered", "targets": [{"ref": "p/m"}]}}}
                """.formatted(provider.port());
        succeeds(gateway.run(document, "config", "apply", "-"));
        return gateway;
    }

    private static Shell.Ran succeeds(Shell.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        return ran;
    }

    private static String made(StartedGateway gateway, String... options) {
        String[] command = new String[options.length + 3];
        command[0] = "key";
        command[1] = "create";
        System.arraycopy(options, 0, command, 2, options.length);
        command[options.length + 2] = "--json";
        return succeeds(gateway.run("", command)).json().text("key", "");
    }

    private static Reply ask(StartedGateway gateway, Talk talk, String key, String model) throws IOException {
        return gateway.send(talk.post(talk.request(model, "hello", false)).replace(RunningGateway.KEY, key));
    }

    private static int status(StartedGateway gateway, String key, String model) throws IOException {
        return ask(gateway, Talk.CHAT, key, model).status();
    }

    /// An error as the dialect's clients read it.
    private static void isRefused(Reply reply, Talk talk, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        Json.Obj body = JsonText.objectOrNull(reply.body());
        assertThat(body).isNotNull();
        assertThat(talk.isError(body)).as(reply.body()).isTrue();
    }

    @Test
    void a_key_reaches_its_models_and_no_other() throws Exception {
        StartedGateway gateway = start(Map.of());
        String alias = made(gateway, "a", "--models", "coding");
        assertThat(status(gateway, alias, "coding")).isEqualTo(200);
        for (String model : List.of("p/n", "n")) {
            for (Talk talk : Talk.values()) {
                Reply refused = ask(gateway, talk, alias, model);
                assertThat(refused.status()).as(refused.body()).isIn(403, 404);
                assertThat(talk.isError(JsonText.objectOrNull(refused.body()))).isTrue();
            }
        }
        String provided = made(gateway, "b", "--models", "p/*");
        assertThat(status(gateway, provided, "p/n")).isEqualTo(200);
        assertThat(status(gateway, provided, "demo/demo")).isIn(403, 404);
    }

    @Test
    void a_keys_own_requests_are_counted_and_those_of_others_are_not() throws Exception {
        StartedGateway gateway = start(Map.of());
        String limited = made(gateway, "a", "--limit", "requests=2/day");
        String other = made(gateway, "b", "--limit", "requests=2/day");
        assertThat(status(gateway, limited, "p/m")).isEqualTo(200);
        assertThat(ask(gateway, Talk.MESSAGES, limited, "p/m").status()).isEqualTo(200);
        for (Talk talk : Talk.values()) {
            isRefused(ask(gateway, talk, limited, "p/m"), talk, 429);
        }
        assertThat(status(gateway, other, "p/m")).isEqualTo(200);
        time.moved = Duration.ofDays(1);
        assertThat(status(gateway, limited, "p/m")).as("the next day").isEqualTo(200);
    }

    @Test
    void a_keys_own_tokens_are_counted() throws Exception {
        StartedGateway gateway = start(Map.of());
        String limited = made(gateway, "a", "--limit", "tokens=20/day");
        int answered = 0;
        Reply last = ask(gateway, Talk.MESSAGES, limited, "p/m");
        while (last.status() == 200 && answered < 10) {
            answered++;
            last = ask(gateway, Talk.CHAT, limited, "p/m");
        }
        isRefused(last, answered == 0 ? Talk.MESSAGES : Talk.CHAT, 429);
        assertThat(answered).isLessThanOrEqualTo(3); // of 7 tokens each
    }

    @Test
    void an_expired_key_and_a_revoked_one_are_unknown() throws Exception {
        StartedGateway gateway = start(Map.of());
        String hour = made(gateway, "a", "--expires", "1h");
        String endless = made(gateway, "b");
        assertThat(status(gateway, hour, "p/m")).isEqualTo(200);
        time.moved = Duration.ofHours(1);
        for (Talk talk : Talk.values()) {
            isRefused(ask(gateway, talk, hour, "p/m"), talk, 401);
        }
        assertThat(status(gateway, endless, "p/m")).isEqualTo(200);
        succeeds(gateway.run("", "key", "revoke", "b"));
        for (Talk talk : Talk.values()) {
            isRefused(ask(gateway, talk, endless, "p/m"), talk, 401);
        }
    }

    @Test
    void the_master_key_is_rotated_under_the_running_start() throws Exception {
        StartedGateway gateway = start(Map.of());
        String first = gateway.ready().text("masterKey", "");
        Shell withFirst = new Shell(home).with("SLUICE_MASTER_KEY", first);
        Json.Obj rotated = succeeds(withFirst.run("worker-key", "rotate", "--yes", "--json"))
                .json();
        String second = rotated.text("key", "");
        assertThat(rotated.text("oldUntil")).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(rotated.items("proofs"))
                .containsExactly(Json.of("the new key answers 200"), Json.of("the old key answers 200"));
        assertThat(status(gateway, second, "p/m")).isEqualTo(200);
        assertThat(status(gateway, first, "p/m")).isEqualTo(200);
        time.moved = Duration.ofHours(24);
        assertThat(status(gateway, first, "p/m")).isEqualTo(401);
        assertThat(status(gateway, second, "p/m")).isEqualTo(200);
        time.moved = Duration.ZERO;

        Json.Obj atOnce = succeeds(new Shell(home)
                        .with("SLUICE_MASTER_KEY", second)
                        .run("worker-key", "rotate", "--now", "--yes", "--json"))
                .json();
        assertThat(atOnce.items("proofs"))
                .containsExactly(Json.of("the new key answers 200"), Json.of("the old key answers 401"));
        assertThat(status(gateway, second, "p/m")).isEqualTo(401);
        assertThat(status(gateway, atOnce.text("key", ""), "p/m")).isEqualTo(200);
        assertThat(gateway.notes()).doesNotContain(first, second, "slc_");
        gateway.end();

        started = start(Map.of());
        assertThat(started.ready().has("masterKey")).isFalse();
        assertThat(status(started, atOnce.text("key", ""), "p/m"))
                .as("after a restart")
                .isEqualTo(200);
    }

    @Test
    void the_key_before_can_be_ended_at_any_time() throws Exception {
        StartedGateway gateway = start(Map.of());
        String first = gateway.ready().text("masterKey", "");
        succeeds(gateway.run("", "worker-key", "rotate", "--yes"));
        Shell.Ran ended =
                succeeds(new Shell(home).with("SLUICE_MASTER_KEY", first).run("worker-key", "revoke-previous"));
        assertThat(ended.out()).contains("is revoked", "the old key answers 401");
        assertThat(status(gateway, first, "p/m")).isEqualTo(401);
    }

    @Test
    void a_start_with_a_key_of_its_own_refuses_to_rotate_it() throws Exception {
        StartedGateway gateway = start(Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY));
        Shell.Ran refused = gateway.run("", "worker-key", "rotate", "--yes");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("SLUICE_MASTER_KEY", "start again");
        assertThat(gateway.run("", "worker-key", "show-status").err()).contains("SLUICE_MASTER_KEY");
        assertThat(status(gateway, RunningGateway.KEY, "p/m")).isEqualTo(200);
    }
}
