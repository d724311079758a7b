package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.cli.provider.ScriptedProvider;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.FakeServiceAccount;
import dev.sluice.testkit.http.NobodyThere;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `provider test` and `provider discover`, against a provider on loopback.
class ProviderTrialTest {
    private static final String CHAT = "POST /v1/chat/completions";

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open_a_shell() {
        shell = new Shell(home);
    }

    /// Adds the server as the provider `desk`, with the models `m1` and `m2`.
    private void add(ScriptedServer server, String... more) {
        addAt(server.port(), more);
    }

    private void addAt(int port, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "provider",
                "add",
                "desk",
                "--url",
                "openai-chat=http://127.0.0.1:" + port + "/v1",
                "--allow-private-network",
                "--credential",
                "desk",
                "--credential-stdin"));
        words.addAll(List.of(more));
        Shell.Ran added = shell.runWith(ScriptedProvider.SECRET, words.toArray(String[]::new));
        assertThat(added.exit()).as(added.err()).isZero();
    }

    private static String[] oneModel(ScriptedServer server) {
        return new String[] {"--model", "m1", "--url", "anthropic=http://127.0.0.1:" + server.port()};
    }

    private Json.Obj provider() {
        Json.Obj document = Objects.requireNonNull(
                shell.run("config", "show", "--json").json().object("document"));
        return (Json.Obj) document.items("providers").getFirst();
    }

    @Test
    void a_good_provider_is_found_good_in_both_dialects() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            add(server, oneModel(server));
            Shell.Ran ran = shell.run("provider", "test", "desk");
            assertThat(ran.exit()).as(ran.out()).isZero();
            assertThat(ran.out().lines())
                    .containsExactly(
                            "openai-chat  http://127.0.0.1:" + server.port() + "/v1",
                            "  ok    models        2 listed",
                            "  ok    stream        m1: 2 tokens, the first after 0 ms, all after 0 ms",
                            "  ok    tool call     m1: called, with arguments",
                            "  ok    wrong secret  m1: refused, as it should be",
                            "anthropic  http://127.0.0.1:" + server.port(),
                            "  ok    models        2 listed",
                            "  ok    stream        m1: 2 tokens, the first after 0 ms, all after 0 ms",
                            "  ok    tool call     m1: called, with arguments",
                            "all is well");
        }
    }

    @Test
    void a_wrong_secret_is_sent_once_at_most() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            add(server, oneModel(server));
            shell.run("provider", "test", "desk");
            assertThat(server.requests().stream().filter(request -> !request.contains(ScriptedProvider.SECRET)))
                    .hasSize(1);
            int before = server.requests().size();
            shell.run("provider", "test", "desk", "--no-wrong-secret");
            assertThat(server.requests().stream().skip(before))
                    .isNotEmpty()
                    .allMatch(request -> request.contains(ScriptedProvider.SECRET));
        }
    }

    @Test
    void the_findings_are_json_when_it_was_asked_for() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            add(server, "--model", "m1");
            Json.Obj json = shell.run("provider", "test", "desk", "--json").json();
            assertThat(json.isTrue("good")).isTrue();
            assertThat(json.items("findings")).hasSize(4);
            assertThat(json.items("findings").get(2))
                    .isEqualTo(JsonText.objectOrNull("{\"dialect\":\"openai-chat\",\"model\":\"m1\",\"check\":"
                            + "\"tool_call\",\"verdict\":\"ok\",\"text\":\"called, with arguments\"}"));
        }
    }

    @Test
    void a_secret_that_is_not_accepted_fails_and_is_never_shown() throws IOException {
        try (ScriptedServer server = ScriptedProvider.playing(request -> ScriptedProvider.answer(
                "401 Unauthorized",
                "application/json",
                "{\"error\":{\"message\":\"Incorrect API key provided: " + ScriptedProvider.SECRET + "\"}}"))) {
            add(server, "--model", "m1");
            Shell.Ran ran = shell.run("provider", "test", "desk");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("FAIL  secret", "status 401").doesNotContain(ScriptedProvider.SECRET);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_secret_that_is_missing_is_told_with_its_remedy() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            add(server, "--model", "m1");
            shell.run("credential", "remove", "desk");
            Shell.Ran ran = shell.run("provider", "test", "desk");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("sluice credential set desk");
            assertThat(server.requests()).isEmpty();
            assertThat(shell.runWith(ScriptedProvider.SECRET, "provider", "test", "desk", "--credential-stdin")
                            .exit())
                    .isZero();
            assertThat(shell.with("KEY", ScriptedProvider.SECRET)
                            .run("provider", "test", "desk", "--credential-env", "KEY")
                            .exit())
                    .isZero();
            assertThat(shell.run("provider", "test", "desk", "--credential-env", "NONE")
                            .exit())
                    .isEqualTo(2);
        }
    }

    @Test
    void who_accepts_any_secret_is_told_so() throws IOException {
        try (ScriptedServer server = ScriptedProvider.playing(
                request -> request.startsWith(CHAT) ? ScriptedProvider.stream(ScriptedProvider.chatText()) : "")) {
            add(server, "--model", "m1");
            assertThat(shell.run("provider", "test", "desk").out())
                    .contains("note  wrong secret  m1: it is accepted too");
        }
    }

    @Test
    void a_web_page_is_no_api() throws IOException {
        try (ScriptedServer server = ScriptedProvider.playing(
                _ -> ScriptedProvider.answer("200 OK", "text/html; charset=utf-8", "<html>Welcome</html>"))) {
            add(server, oneModel(server));
            Shell.Ran ran = shell.run("provider", "test", "desk");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("no list: a web page", "a web page came back (status 200)");
        }
    }

    @Test
    void a_dialect_that_is_not_there_is_found_and_taken_out_only_when_told() throws IOException {
        try (ScriptedServer server = ScriptedProvider.playing(request -> request.startsWith("POST /v1/messages")
                ? ScriptedProvider.answer("404 Not Found", "text/html", "<html>nothing here</html>")
                : "")) {
            add(server, oneModel(server));
            Shell.Ran ran = shell.run("provider", "test", "desk");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out())
                    .contains(
                            "FAIL  stream        m1: this dialect is not spoken there",
                            "learnt: anthropic is not spoken");
            assertThat(Objects.requireNonNull(provider().object("endpoints")).has("anthropic"))
                    .isTrue();
            assertThat(shell.run("provider", "test", "desk", "--write", "--dry-run")
                            .out())
                    .contains("would become version 2");
            shell.run("provider", "test", "desk", "--write");
            assertThat(Objects.requireNonNull(provider().object("endpoints")).fields())
                    .containsOnlyKeys("openai-chat");
        }
    }

    @Test
    void quirks_are_learnt_and_written_only_when_told() throws IOException {
        try (ScriptedServer server = ScriptedProvider.playing(ProviderTrialTest::choosy)) {
            add(server, "--model", "m1");
            Shell.Ran ran = shell.run("provider", "test", "desk");
            assertThat(ran.exit()).as(ran.out()).isZero();
            assertThat(ran.out())
                    .contains(
                            "wants stream_options = false",
                            "wants max_tokens_param = \"max_tokens\"",
                            "note  stream        m1: its usage is not reported",
                            "note  tool call     m1: takes no tools",
                            "with --write this goes into the configuration");
            assertThat(provider().items("models")).containsExactly(Json.of("m1"));
            Json.Obj both =
                    shell.run("provider", "test", "desk", "--write", "--json").json();
            assertThat(both.whole("version")).isEqualTo(2);
            assertThat(both.items("learnt")).hasSize(3);
            assertThat(provider().items("models").getFirst())
                    .isEqualTo(JsonText.objectOrNull("{\"id\":\"m1\",\"capabilities\":{\"stream_options\":false,"
                            + "\"max_tokens_param\":\"max_tokens\",\"tools\":false}}"));
        }
    }

    /// Refuses what is newer than its own idea of the API, one thing at a time.
    private static String choosy(String request) {
        if (!request.startsWith(CHAT)) {
            return "";
        }
        for (String field : List.of("stream_options", "max_completion_tokens", "tools")) {
            if (request.contains("\"" + field + "\"")) {
                return ScriptedProvider.answer(
                        "400 Bad Request",
                        "application/json",
                        "{\"error\":{\"message\":\"Unrecognized request argument: " + field
                                + "\",\"type\":\"invalid_request_error\"}}");
            }
        }
        return ScriptedProvider.stream("""
                data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m1","choices":[{"index":0,"delta":{"content":"ready"},"finish_reason":"stop"}]}

                data: [DONE]

                """);
    }

    @Test
    void what_no_other_way_helps_is_a_failure_with_the_providers_words() throws IOException {
        try (ScriptedServer server = ScriptedProvider.playing(request -> request.startsWith(CHAT)
                ? ScriptedProvider.answer(
                        "400 Bad Request",
                        "application/json",
                        "{\"error\":{\"message\":\"max_completion_tokens must be positive on Sundays\"}}")
                : "")) {
            add(server, "--model", "m1");
            Shell.Ran ran = shell.run("provider", "test", "desk");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("on Sundays (status 400)").doesNotContain("learnt");
        }
    }

    @Test
    void an_answer_without_a_stream_is_told() throws IOException {
        try (ScriptedServer server =
                ScriptedProvider.playing(request -> request.startsWith(CHAT) ? ScriptedProvider.json("""
                        {"id":"c","object":"chat.completion","created":1,"model":"m1","choices":[{"index":0,\
                        "message":{"role":"assistant","content":"ready"},"finish_reason":"stop"}],\
                        "usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}""") : "")) {
            add(server, "--model", "m1");
            assertThat(shell.run("provider", "test", "desk", "--no-wrong-secret")
                            .out())
                    .contains("note  stream        m1: it answers whole", "it answered in words, without a call");
        }
    }

    @Test
    void who_does_not_answer_is_waited_for_no_longer_than_told() throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(ScriptedProviderSilence::play)) {
            add(server, "--model", "m1");
            Shell.Ran ran = shell.run("provider", "test", "desk", "--timeout", "1");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("FAIL  reached");
        }
    }

    /// Reads a request and says nothing.
    private static final class ScriptedProviderSilence {
        static void play(dev.sluice.testkit.http.ScriptedPeer peer) throws IOException {
            peer.readRequest();
            peer.awaitClose();
        }
    }

    @Test
    void an_answer_that_stops_in_the_middle_is_a_failure() throws IOException {
        String begun = ScriptedProvider.chatText().substring(0, 200);
        try (ScriptedServer server =
                ScriptedProvider.playing(request -> request.startsWith(CHAT) ? ScriptedProvider.stream(begun) : "")) {
            add(server, "--model", "m1");
            Shell.Ran ran = shell.run("provider", "test", "desk");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("FAIL  stream");
        }
    }

    @Test
    void nobody_at_the_address_is_told() {
        try (NobodyThere nobody = new NobodyThere()) {
            addAt(nobody.port(), "--model", "m1");
            Shell.Ran ran = shell.run("provider", "test", "desk");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.out()).contains("FAIL  reached", "cannot be reached");
        }
    }

    @Test
    void the_models_are_those_that_are_configured_named_or_referred_to() throws IOException {
        try (ScriptedServer server = ScriptedProvider.well()) {
            add(server);
            assertThat(shell.run("provider", "test", "desk").out()).contains("skip  stream", "it lists m1, m2");
            shell.run("alias", "add", "coding", "--target", "desk/m2");
            assertThat(shell.run("provider", "test", "desk").out()).contains("m2: 2 tokens");
            assertThat(shell.run("provider", "test", "desk", "--model", "m1").out())
                    .contains("m1: 2 tokens")
                    .doesNotContain("m2:");
            shell.run("model", "add", "desk/m1");
            shell.run("model", "add", "desk/m2");
            assertThat(shell.run("provider", "test", "desk", "--models", "1").out())
                    .contains("m1: 2 tokens")
                    .doesNotContain("m2:");
            assertThat(shell.run("provider", "test", "dsk").err()).contains("did you mean desk");
            assertThat(shell.run("provider", "test", "desk", "--timeout", "0").exit())
                    .isEqualTo(2);
        }
    }

    @Test
    void the_providers_list_is_shown_and_added_from() throws IOException {
        try (ScriptedServer server = ScriptedProvider.playing(
                request -> request.startsWith("GET /v1/models") ? ScriptedProvider.json("""
                        {"data":[{"id":"a/big","context_length":200000,"top_provider":{"max_completion_tokens":64000},\
                        "pricing":{"prompt":"0.000005","completion":"0.000025","input_cache_read":"0.0000005"}},\
                        {"id":"a/small"},{"id":"has space"}]}""") : "")) {
            add(server, "--model", "m1");
            Shell.Ran shown = shell.run("provider", "discover", "desk");
            assertThat(shown.out()).contains("a/big", "200000", "64000", "5 in, 25 out", "a/small");
            assertThat(shown.err()).contains("2 models;");
            assertThat(shell.run("provider", "discover", "desk", "--filter", "SMALL")
                            .out())
                    .contains("a/small")
                    .doesNotContain("a/big");
            assertThat(shell.run("provider", "discover", "desk", "--add", "a/bgi")
                            .err())
                    .contains("did you mean a/big");
            shell.run("provider", "discover", "desk", "--add", "a/big");
            assertThat(provider().items("models").getLast()).isEqualTo(JsonText.objectOrNull("""
                            {"id":"a/big","contextWindow":200000,"maxOutputTokens":64000,\
                            "price":{"input":"5","output":"25","cacheRead":"0.5"}}"""));
            shell.run("provider", "discover", "desk", "--add-all");
            assertThat(provider().items("models")).hasSize(3);
        }
    }

    @Test
    void a_provider_without_a_list_is_told_how_else() throws IOException {
        try (ScriptedServer server = ScriptedProvider.playing(request ->
                request.startsWith("GET") ? ScriptedProvider.answer("404 Not Found", "application/json", "{}") : "")) {
            add(server, "--model", "m1");
            Shell.Ran ran = shell.run("provider", "discover", "desk");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains("status 404", "sluice model add desk/MODEL");
        }
    }

    @Test
    void a_key_file_is_tried_with_the_token_that_it_makes() throws IOException {
        FakeServiceAccount account = FakeServiceAccount.create();
        List<String> tokens = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedProvider.playing(request -> {
            int from = request.indexOf("Bearer ");
            int to = request.indexOf("\r\n", from);
            tokens.add(from < 0 ? "" : request.substring(from + "Bearer ".length(), to));
            return request.startsWith("POST")
                    ? ScriptedProvider.stream(
                            ScriptedProvider.isTool(request)
                                    ? ScriptedProvider.chatCall()
                                    : ScriptedProvider.chatText())
                    : ScriptedProvider.json("{\"data\":[{\"id\":\"m1\"}]}");
        })) {
            String url = "openai-chat=http://127.0.0.1:" + server.port() + "/v1";
            String[] words = {
                "provider",
                "add",
                "desk",
                "--url",
                url,
                "--allow-private-network",
                "--auth",
                "google-service-account",
                "--credential",
                "desk",
                "--credential-stdin",
                "--model",
                "m1"
            };
            Shell.Ran added = shell.runWith(account.keyFile(), words);
            assertThat(added.exit()).as(added.err()).isZero();

            Shell.Ran ran = shell.run("provider", "test", "desk");

            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
            assertThat(ran.out()).doesNotContain("wrong").doesNotContain(tokens.getFirst());
            assertThat(tokens).hasSizeGreaterThan(1).containsOnly(tokens.getFirst());
            assertThat(account.claims(tokens.getFirst()).text("iss")).isEqualTo(FakeServiceAccount.EMAIL);

            Shell.Ran damaged = shell.runWith("{}", "provider", "test", "desk", "--credential-stdin");
            assertThat(damaged.exit()).isEqualTo(1);
            assertThat(damaged.out()).contains("no key file of a Google service account");
        }
    }
}
