package dev.sluice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.Hkdf;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyLabels;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.function.FunctionFixture;
import dev.sluice.function.GatewayFunction;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.FakeServiceAccount;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import dev.sluice.testkit.secrets.FakeSecrets.Trouble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// CVE-2024-9606 (keys in a log, only five characters masked), CVE-2025-11203 (keys in the answer of a health check), the
/// incident of 2026-03-18 (raw headers in spend logs and traces): every secret there is goes through a broad run of
/// requests, most of which fail, and is then looked for in all that was written or said.
class CanaryTest {
    private static final String MASTER = "slc_canary-master-key-0123456789abcdef";
    private static final String WRONG = "slc_canary-key-of-nobody-0123456789abcdef";
    private static final String ORIGIN = "canary-origin-header-0123456789abcdef";
    private static final String PROMPT = "canary prompt, told in confidence";
    private static final String ANSWER = "canary answer, told in confidence";
    private static final FakeServiceAccount ACCOUNT = FakeServiceAccount.create();
    private static final byte[] BITS = FunctionFixture.BITS;
    private static final List<String> MODELS = List.of(
            "stored/good",
            "variable/good",
            "stored/e400",
            "stored/e401",
            "variable/e401",
            "stored/e402",
            "stored/e403",
            "stored/e404",
            "stored/e413",
            "stored/e422",
            "stored/e429",
            "stored/e500",
            "stored/e503",
            "stored/e529",
            "stored/e302",
            "stored/garbled",
            "stored/cut",
            "google/good",
            "google/e401",
            "google/e500",
            "google/garbled",
            "google/cut",
            "nowhere/m",
            "stored/");
    private static final List<String> PATHS = List.of(
            "/v1/chat/completions",
            "/v1/messages",
            "/v1/responses",
            "/api/chat",
            "/route",
            "/v1/messages/count_tokens",
            "/v1beta/models/MODEL:generateContent",
            "/v1beta/models/MODEL:streamGenerateContent");

    private final List<String> answers = new ArrayList<>();
    private FunctionFixture fixture;
    private ScriptedServer provider;

    @BeforeEach
    void open() throws IOException {
        fixture = new FunctionFixture();
        provider = ScriptedServer.playing(CanaryTest::serve);
        fixture.secrets.put("origin", ORIGIN);
        fixture.secrets.put(
                "creds",
                JsonText.print(Json.object()
                        .put("one", FunctionFixture.FIRST)
                        .put("google", ACCOUNT.keyFile())
                        .build()));
        fixture.environment.put("SLUICE_ORIGIN_SECRET", "origin");
        fixture.environment.put("SLUICE_STACK", "Sluice");
        fixture.store
                .keys()
                .create(new KeyRecord(
                        new KeyHash(BITS).of(MASTER),
                        "master",
                        Caller.Kind.MASTER,
                        false,
                        fixture.time.now(),
                        null,
                        Set.of(),
                        List.of()));
        fixture.write(1, config());
    }

    @AfterEach
    void close() {
        provider.close();
        fixture.close();
    }

    /// A provider that repeats in its errors all that it was sent, as some do with keys.
    private static void serve(ScriptedPeer peer) throws IOException {
        for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
            String model = between(request, "\"model\":\"", "\"");
            boolean streams = request.contains("\"stream\":true");
            if (model.startsWith("e")) {
                peer.send(answer(
                        model.substring(1),
                        "application/json",
                        "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":"
                                + JsonText.print(Json.of("you sent " + request)) + "}}"));
            } else if (model.equals("garbled")) {
                peer.send(answer("200", "text/html", "<html>" + request));
            } else if (model.equals("cut")) {
                peer.send("HTTP/1.1 200 OK\r\ncontent-length: 99999\r\ncontent-type: "
                        + (streams ? "text/event-stream" : "application/json") + "\r\n\r\ndata: {\"x\":\"" + request);
                return;
            } else {
                peer.send(answer("200", "application/json", request.startsWith("POST /v1/messages") ? MESSAGE : CHAT));
            }
        }
    }

    private static final String CHAT =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
                    + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + ANSWER
                    + "\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}";
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"" + ANSWER
                    + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":5,\"output_tokens\":2}}";

    private static String answer(String status, String type, String body) {
        return "HTTP/1.1 " + status + " Status\r\ncontent-type: " + type + "\r\nlocation: http://127.0.0.1:1/\r\n"
                + "x-request-id: up_1\r\nset-cookie: a=b\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        return from < 0 ? "" : text.substring(from + start.length(), text.indexOf(end, from + start.length()));
    }

    private String config() {
        String one = "{\"id\":\"%s\",\"endpoints\":{\"openai-chat\":\"%s\",\"anthropic\":\"%s\"},\"credential\":%s,"
                + "\"allowPrivateNetwork\":true,\"models\":[\"*\"]}";
        return "{\"version\":1,\"retries\":{\"attempts\":1,\"baseDelayMs\":0,\"maxDelayMs\":0},\"loopBreaker\":{\"repeats\":0},"
                + "\"breaker\":{\"failures\":1000,\"openMs\":1},\"cooldowns\":{\"rateLimitedMs\":0,\"billingMs\":0,\"authMs\":0,"
                + "\"forbiddenMs\":0,\"policyMs\":0,\"notFoundMs\":0,\"unknownPathMs\":0,\"configurationMs\":0},\"providers\":["
                + one.formatted("stored", provider.uri("/v1"), provider.uri(""), "\"one\"") + ","
                + one.formatted("variable", provider.uri("/v1"), provider.uri(""), "{\"env\":\"PROVIDER_KEY\"}") + ","
                + one.formatted(
                        "google",
                        provider.uri("/v1"),
                        provider.uri(""),
                        "\"google\",\"auth\":{\"type\":\"google-service-account\"}")
                + "]}";
    }

    @Test
    void no_secret_is_in_any_line_answer_metric_or_item_of_the_table() throws IOException {
        GatewayFunction function = fixture.function();
        for (String path : PATHS) {
            for (String model : MODELS) {
                boolean streams = (path.length() + model.length()) % 2 == 0;
                ask(
                        function,
                        "POST",
                        path.replace("MODEL", model.replace("/", "%2F")),
                        body(path, model, streams),
                        carriers());
            }
            ask(function, "POST", path, "{\"model\":", carriers());
            ask(
                    function,
                    "POST",
                    path,
                    body(path, "stored/good", false),
                    Headers.of("x-api-key", WRONG, "authorization", "Bearer " + WRONG));
            ask(function, "DELETE", path, "", carriers());
        }
        for (String path : List.of(
                "/health",
                "/protocol",
                "/v1/models",
                "/v1/models/stored%2Fm",
                "/api/tags",
                "/api/ps",
                "/api/hello",
                "/v1/responses/resp_none",
                "/sluice/explain",
                "/v1beta/models",
                "/nowhere",
                "/" + MASTER)) {
            ask(function, "GET", path, "", carriers());
            ask(function, "OPTIONS", path, "", carriers());
        }
        function.beforeSnapshot();
        function.afterRestore();
        ask(function, "POST", "/v1/messages", body("/v1/messages", "stored/good", false), carriers());
        assertNothingIsTold();
        assertThat(tokens()).as("tokens that were looked for").isNotEmpty();
        assertNoPromptIsWritten();
    }

    @Test
    void nor_when_the_stores_fail() throws IOException {
        GatewayFunction function = fixture.function();
        fixture.secrets.fail(Trouble.GARBLED);
        fixture.time.advance(Duration.ofMinutes(6));
        ask(function, "POST", "/v1/messages", body("/v1/messages", "stored/good", false), carriers());
        fixture.secrets.put("creds", "{\"one\": broken " + FunctionFixture.FIRST);
        fixture.time.advance(Duration.ofMinutes(6));
        ask(function, "POST", "/v1/messages", body("/v1/messages", "stored/good", false), carriers());
        fixture.secrets.put("creds", "{\"one\": {\"nested\": \"" + FunctionFixture.FIRST + "\"}}");
        fixture.time.advance(Duration.ofMinutes(6));
        ask(function, "POST", "/v1/messages", body("/v1/messages", "stored/good", false), carriers());
        assertNothingIsTold();
    }

    private static Headers carriers() {
        return Headers.of(
                "x-api-key",
                FunctionFixture.KEY,
                "authorization",
                "Bearer " + MASTER,
                "x-goog-api-key",
                WRONG,
                "api-key",
                MASTER,
                "cookie",
                "session=" + MASTER,
                "user-agent",
                "canary");
    }

    private static String body(String path, String model, boolean streams) {
        if (path.startsWith("/v1beta")) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + PROMPT + "\"}]}]}";
        }
        String start = "{\"model\":\"" + model + "\",\"stream\":" + streams + ",";
        return path.equals("/v1/responses")
                ? start + "\"input\":\"" + PROMPT + "\"}"
                : start + "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]}";
    }

    private void ask(GatewayFunction function, String method, String path, String body, Headers headers) {
        RecordingResponse response = new RecordingResponse();
        Headers all = headers.and(Headers.of("content-type", "application/json", "x-sluice-origin", ORIGIN));
        function.handle(
                new InboundRequest(
                        method, path, "key=" + MASTER, all, body.getBytes(StandardCharsets.UTF_8), null, "192.0.2.1"),
                response);
        assertThat(response.status()).as(path).isPositive();
        answers.add(response.status() + " " + response.headers() + "\n" + response.body());
    }

    private void assertNoPromptIsWritten() throws IOException {
        String records = table("call#") + table("usage#");
        assertThat(records).contains("stored/e400", "/good", "canary");
        assertThat(answers).anyMatch(answer -> answer.contains(ANSWER));
        for (String told : List.of(PROMPT, ANSWER)) {
            assertThat(fixture.lines).as("log lines").noneMatch(line -> line.contains(told));
            assertThat(records).as("calls and usage in the table").doesNotContain(told);
        }
    }

    /// What the providers were sent in the place of the service account's key.
    private Map<String, String> tokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String request : provider.requests()) {
            String token = between(request, "Bearer eyJ", "\r\n");
            if (!token.isEmpty()) {
                assertThat(ACCOUNT.claims("eyJ" + token)).isNotNull();
                tokens.put("credential's token " + tokens.size(), token);
            }
        }
        return tokens;
    }

    private void assertNothingIsTold() throws IOException {
        Map<String, String> secrets = secrets();
        secrets.putAll(tokens());
        String items = table("");
        assertThat(fixture.lines).hasSizeGreaterThan(5);
        assertThat(items).contains("master", "tool", "providers");
        secrets.forEach((what, secret) -> {
            assertThat(answers).as(what + " in an answer").noneMatch(answer -> answer.contains(secret));
            assertThat(fixture.lines).as(what + " in a log line or a metric").noneMatch(line -> line.contains(secret));
            assertThat(items).as(what + " in the table").doesNotContain(secret);
            if (!what.startsWith("credential")) {
                assertThat(provider.requests())
                        .as(what + " at a provider")
                        .noneMatch(request -> request.contains(secret));
            }
        });
        assertThat(provider.requests()).anyMatch(request -> request.contains(FunctionFixture.FIRST));
    }

    /// Each as it is, and as it would be written as bytes.
    private static Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        Map<String, byte[]> plain = new LinkedHashMap<>();
        plain.put("client key", bytes(FunctionFixture.KEY));
        plain.put("master key", bytes(MASTER));
        plain.put("key of nobody", bytes(WRONG));
        plain.put("origin header", bytes(ORIGIN));
        plain.put("credential of the store", bytes(FunctionFixture.FIRST));
        plain.put("credential of the environment", bytes(FunctionFixture.OF_THE_ENVIRONMENT));
        plain.put("gateway secret", BITS);
        plain.put("hash key", Hkdf.derive(BITS, KeyLabels.KEY_HASH, BITS.length));
        plain.put("seal key", Hkdf.derive(BITS, KeyLabels.REASONING_SEAL, BITS.length));
        secrets.put(
                "service account's key",
                ACCOUNT.base64().lines().skip(5).findFirst().orElseThrow());
        secrets.put("service account's key on one line", ACCOUNT.base64().replace("\n", "\\n"));
        plain.forEach((what, bytes) -> {
            secrets.put(what, new String(bytes, StandardCharsets.ISO_8859_1));
            secrets.put(what + " in hex", HexFormat.of().formatHex(bytes));
            secrets.put(
                    what + " in base64", Base64.getEncoder().withoutPadding().encodeToString(bytes));
            secrets.put(
                    what + " in base64url",
                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        });
        return secrets;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Every item, every attribute; what is compressed, as it was.
    ///
    /// @param prefix of the partitions that count
    private String table(String prefix) throws IOException {
        StringBuilder all = new StringBuilder();
        try (DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(URI.create(fixture.environment.get("AWS_ENDPOINT_URL_DYNAMODB")))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            String table = fixture.environment.get("SLUICE_TABLE");
            for (Map<String, AttributeValue> item :
                    client.scanPaginator(scan -> scan.tableName(table)).items()) {
                if (!item.get("pk").s().startsWith(prefix)) {
                    continue;
                }
                for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
                    all.append(attribute.getKey())
                            .append('=')
                            .append(text(attribute.getValue()))
                            .append('\n');
                }
            }
        }
        return all.toString();
    }

    private static String text(AttributeValue value) throws IOException {
        if (value.b() == null) {
            return value.toString();
        }
        byte[] bytes = value.b().asByteArray();
        boolean zipped = bytes.length > 2 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b;
        byte[] plain = zipped ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes() : bytes;
        return new String(plain, StandardCharsets.ISO_8859_1);
    }
}
