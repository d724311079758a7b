package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.aws.dynamodb.DynamoStore;
import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.cli.Shell;
import dev.sluice.cli.SystemTime;
import dev.sluice.cli.function.FunctionSite;
import dev.sluice.cli.function.PackagedFunction;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.function.LambdaMain;
import dev.sluice.model.Json;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// One whole `start --lambda`: the function as processes of the engine, on DynamoDB Local, its secrets out of `--data`.
class StartLambdaTest {
    private static final Path EVENTS = Path.of("../events");
    private static final String TABLE = "sluice-" + UUID.randomUUID();
    private static final int MOST = 6 * 1024 * 1024 + 100;

    @TempDir
    private static Path folder;

    private static ScriptedServer provider;
    private static StartedGateway started;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        provider = Provider.playing(_ -> null);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LambdaMain.class.getName());
        started = new StartedGateway(
                Files.createDirectories(folder.resolve("home")),
                new StoreChoice.DynamoDb(TABLE, Duration.ofSeconds(60)),
                Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                                LocalDynamoDb.sharedEndpoint().toString(),
                        "SLUICE_MASTER_KEY", RunningGateway.KEY,
                        "UPSTREAM_KEY", RunningGateway.SECRET),
                new SystemTime(),
                new FunctionSite(new PackagedFunction(
                        Path.of("").toAbsolutePath(), command, LambdaMain.class.getName() + "::handleRequest")));
    }

    @AfterAll
    static void end() throws InterruptedException {
        started.end();
        provider.close();
    }

    private static Reply post(Talk talk, String model, boolean stream) throws IOException {
        return started.send(talk.post(talk.request(model, "hello", stream)));
    }

    @Test
    void streams_the_demo_in_both_dialects_to_who_has_the_master_key() throws IOException {
        for (Talk talk : List.of(Talk.CHAT, Talk.MESSAGES)) {
            Reply answer = post(talk, "demo/demo", true);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.header("x-sluice-model")).isEqualTo("demo/demo");
            assertThat(answer.body()).matches(talk::hasCleanEnd);
            String body = talk.request("demo/demo", "hello", true);
            Reply refused = started.send(
                    talk.head("POST", body).replace(RunningGateway.KEY, "slc_somebody-elses-key-0123456789") + body);
            assertThat(refused.status()).isEqualTo(401);
        }
        assertThat(started.notes()).doesNotContain(RunningGateway.KEY);
    }

    @Test
    void the_table_knows_the_folders_own_key_and_never_the_master_keys_hash() throws IOException {
        KeyHash hashes = new KeyHash(Files.readAllBytes(folder.resolve("home/.sluice/secret.key")));
        String own = Files.readString(folder.resolve("home/.sluice/function.key"));
        try (DynamoStore store = DynamoStore.open(
                TableSettings.of(TABLE)
                        .withRegion("us-east-1")
                        .withEndpoint(LocalDynamoDb.sharedEndpoint())
                        .withAccessKey(new TableSettings.AccessKey("local", "local"))
                        .withPatience(Duration.ofSeconds(60)),
                _ -> {})) {
            assertThat(store.keys().list()).extracting(KeyRecord::hash).containsExactly(hashes.of(own));
        }
        assertThat(own).isNotEqualTo(RunningGateway.KEY);
        assertThat(started.notes()).doesNotContain(own);
    }

    @Test
    void a_configuration_and_a_credential_count_at_once() throws IOException {
        String document = """
                {"version": 1, "providers": [
                   {"id": "stored", "endpoints": {"openai-chat": "http://127.0.0.1:%1$d/v1"}, "credential": "mine",
                    "allowPrivateNetwork": true, "models": ["m"]},
                   {"id": "named", "endpoints": {"openai-chat": "http://127.0.0.1:%1$d/v1"}, "models": ["m"],
                    "allowPrivateNetwork": true, "credential": {"env": "UPSTREAM_KEY"}}]}
                """.formatted(provider.port());
        succeeds(started.run("sk-the-first-0123456789", "credential", "set", "mine"));
        succeeds(started.run(document, "config", "apply", "-"));
        assertThat(post(Talk.CHAT, "stored/m", false).status()).isEqualTo(200);
        assertThat(provider.requests().getLast()).contains("Bearer sk-the-first-0123456789");

        succeeds(started.run("sk-the-second-0123456789", "credential", "set", "mine"));
        assertThat(post(Talk.CHAT, "stored/m", true).status()).isEqualTo(200);
        assertThat(provider.requests().getLast()).contains("Bearer sk-the-second-0123456789");

        assertThat(post(Talk.CHAT, "named/m", false).status()).isEqualTo(200);
        assertThat(provider.requests().getLast()).contains("Bearer " + RunningGateway.SECRET);
        assertThat(started.run("", "config", "show").out()).contains("\"id\": \"stored\"");
        assertThat(started.run("", "explain", "stored/m").out()).contains("stored/m");
        assertThat(started.run("", "credential", "list").out()).contains("mine");
    }

    private static void succeeds(Shell.Ran ran) {
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> answers_each_event_as_its_table_says() throws IOException {
        List<String> rows = Files.readAllLines(EVENTS.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        try (Stream<Path> files = Files.list(EVENTS)) {
            assertThat(rows.stream().map(row -> cells(row).getFirst()))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".json"))
                                    .toList());
        }
        return rows.stream()
                .map(StartLambdaTest::cells)
                .map(cells -> dynamicTest(cells.getFirst(), () -> holds(cells)));
    }

    /// Without the marks of code.
    private static List<String> cells(String row) {
        return Arrays.stream(row.split("\\|"))
                .skip(1)
                .map(cell -> cell.strip().replace("`", ""))
                .toList();
    }

    private static void holds(List<String> cells) {
        String file = EVENTS.resolve(cells.getFirst()).toString();
        String status = cells.get(2);
        String words = cells.get(3);
        Shell.Ran ran = started.run("", "invoke", file);
        if (status.equals("refused")) {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains(words);
        } else {
            assertThat(ran.err()).as(ran.out()).containsPattern("^STATUS +" + status);
            assertThat(ran.out()).contains(words);
            assertThat(ran.exit()).isEqualTo(status.startsWith("2") ? 0 : 1);
        }
    }

    @Test
    void answers_an_event_in_json() {
        Shell.Ran ran = started.run("", "invoke", EVENTS.resolve("health.json").toString(), "--json");
        assertThat(ran.json().whole("status")).isEqualTo(200);
        assertThat(ran.json().object("body"))
                .isEqualTo(Json.object().put("status", "ok").build());
        assertThat(ran.json().isTrue("whole")).isTrue();
    }

    @Test
    void takes_an_event_of_6_megabytes_and_none_above() throws IOException {
        String event = Files.readString(EVENTS.resolve("openai-chat-base64.json"));
        String padding = ",\"padding\":\"\"}";
        String shorter = event.strip().substring(0, event.strip().length() - 1);
        int room = MOST - 1024 - (shorter + padding).getBytes(StandardCharsets.UTF_8).length; // for the key
        for (int more : List.of(0, 2048)) {
            String whole = shorter + padding.replace("\"\"", "\"" + "x".repeat(room + more) + "\"");
            Shell.Ran ran = started.run(whole, "invoke", "-");
            assertThat(ran.err()).as(ran.out()).contains(more == 0 ? "200" : "413");
        }
    }
}
