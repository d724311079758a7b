package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.model.Json;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sluice explain` as its owner uses it: on a running `start`, over HTTP, and where nothing runs.
class ExplainTest {
    @TempDir
    private Path home;

    private ScriptedServer provider;
    private @Nullable StartedGateway gateway;

    @BeforeEach
    void configure() throws IOException {
        provider = Provider.playing(_ -> null);
        Shell.Ran applied = new Shell(home).runWith(document(provider.port()), "config", "apply", "-");
        assertThat(applied.exit()).as(applied.err()).isZero();
    }

    private static String document(int port) {
        return """
            {"version": 1, "retries": {"attempts": 1, "baseDelayMs": 0, "maxDelayMs": 0},
             "providers": [
               {"id": "plan", "endpoints": {"openai-chat": "http://127.0.0.1:%d/v1"}, "allowPrivateNetwork": true,
                "credential": {"env": "UPSTREAM_KEY"}, "models": ["m"],
                "rateLimits": [{"id": "month", "models": ["all"], "requests": 5,
                                "window": {"unit": "month", "size": 1}}]},
               {"id": "pay", "endpoints": {"anthropic": "http://127.0.0.1:%d"}, "allowPrivateNetwork": true,
                "credential": {"env": "UPSTREAM_KEY"}, "models": ["m"]}],
             "modelAliases": {"coding": {"strategy": "ordered", "targets": [{"ref": "plan/m"}, {"ref": "pay/m"}]}}}
            """.formatted(port, port);
    }

    @AfterEach
    void end_what_runs() throws InterruptedException {
        if (gateway != null) {
            gateway.end();
        }
        provider.close();
    }

    private StartedGateway start() throws InterruptedException {
        gateway = new StartedGateway(
                home,
                StoreChoice.EMBEDDED,
                Map.of("SLUICE_MASTER_KEY", RunningGateway.KEY, "UPSTREAM_KEY", RunningGateway.SECRET),
                new ShiftedTime());
        return gateway;
    }

    private static List<String> refs(Json.Obj document) {
        return document.items("candidates").stream()
                .map(item -> item instanceof Json.Obj candidate ? candidate.text("ref", "") : "")
                .toList();
    }

    @Test
    void shows_the_plan_of_the_running_start_with_what_is_used_and_uses_nothing() throws Exception {
        StartedGateway start = start();
        for (int i = 0; i < 3; i++) {
            assertThat(start.chat("coding").status()).isEqualTo(200);
        }
        Shell.Ran told = start.run("", "explain", "coding");
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out())
                .contains("coding -> ", "plan/m", "pay/m", "[######----] 3/5 until ")
                .containsSubsequence("plan/m", "openai-chat, identity", "pay/m", "anthropic, translated");
        assertThat(told.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(start.run("", "explain", "coding").out()).isEqualTo(told.out());
        assertThat(provider.requests()).hasSize(3);
    }

    @Test
    void shows_the_same_over_http_with_the_master_key_only() throws Exception {
        StartedGateway start = start();
        Shell.Ran local = start.run("", "explain", "coding", "--json");
        String url = start.ready().text("url", "");
        Shell.Ran remote = start.run("", "explain", "coding", "--json", "--url", url, "--key", RunningGateway.KEY);
        assertThat(remote.exit()).as(remote.err()).isZero();
        assertThat(remote.json()).isEqualTo(local.json());
        Shell.Ran refused = start.run("", "explain", "coding", "--url", url, "--key", "wrong");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("The API key is not known to this gateway");
    }

    @Test
    void shows_the_same_where_nothing_runs() throws Exception {
        Shell.Ran alone = new Shell(home).run("explain", "coding", "--json");
        assertThat(alone.exit()).as(alone.err()).isZero();
        assertThat(refs(alone.json())).containsExactly("plan/m", "pay/m");
        start();
        assertThat(refs(new Shell(home).run("explain", "coding", "--json").json()))
                .containsExactly("plan/m", "pay/m");
    }

    @Test
    void a_request_says_its_session_and_its_dialect() throws Exception {
        Path file = Files.writeString(
                home.resolve("request.json"),
                "{\"model\":\"nobody\",\"prompt_cache_key\":\"s-1\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        Shell.Ran told = new Shell(home).run("explain", "coding", "--json", "--request", file.toString());
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.json().text("session")).contains("s-1");
        Shell.Ran other = new Shell(home).run("explain", "coding", "--dialect", "anthropic");
        assertThat(other.out()).containsSubsequence("plan/m", "translated", "pay/m", "identity");
    }

    @Test
    void a_model_that_nobody_knows_is_answered_with_the_closest_names() {
        Shell.Ran told = new Shell(home).run("explain", "codng");
        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).startsWith("sluice: ").contains("codng", "coding");
        Shell.Ran json = new Shell(home).run("explain", "codng", "--json");
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.json().text("error")).contains("coding");
    }

    @Test
    void what_is_asked_for_wrongly_is_named() throws IOException {
        Path text = Files.writeString(home.resolve("request.txt"), "no JSON");
        for (List<String> wrong : List.of(
                List.of("--request", home.resolve("none").toString()),
                List.of("--request", text.toString()),
                List.of("--url", "127.0.0.1:8787"),
                List.of("--url", "ftp://127.0.0.1"))) {
            Shell.Ran ran = new Shell(home).run("explain", "coding", wrong.get(0), wrong.get(1));
            assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
            assertThat(ran.err()).startsWith("sluice: ").contains(wrong.get(1));
        }
        Shell.Ran nobody = new Shell(home).run("explain", "coding", "--url", "http://127.0.0.1:9");
        assertThat(nobody.exit()).isEqualTo(1);
        assertThat(nobody.err()).contains("http://127.0.0.1:9 does not answer");
    }
}
