package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {
    @TempDir
    static Path data;

    private static RunningSluice sluice;

    @BeforeAll
    static void start() throws IOException {
        sluice = RunningSluice.start(data);
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    @Test
    void the_openai_sdk_streams_an_answer() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenAiSample.run(sluice.settings(), "What is Sluice?", new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Sluice");
    }

    @Test
    void the_anthropic_sdk_streams_an_answer() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnthropicSample.run(sluice.settings(), "What is Sluice?", new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Sluice");
    }

    @ParameterizedTest
    @CsvSource({"chat.sh, data: [DONE]", "messages.sh, event: message_stop", "models.sh, demo/demo"})
    void the_curl_scripts_run(String script, String expected) throws Exception {
        ProcessBuilder command =
                new ProcessBuilder("sh", Path.of("curl", script).toString());
        command.environment().put("SLUICE_URL", sluice.url());
        command.environment().put("SLUICE_KEY", RunningSluice.KEY);
        command.redirectErrorStream(true);
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains(expected);
    }

    /// What Claude Code does with these settings: base URL and `/v1/messages`, the token as a bearer, the model as named.
    @Test
    void claude_codes_settings_lead_to_an_answer() throws Exception {
        Json.Obj env = Objects.requireNonNull(json("claude-code/settings.json").object("env"));

        HttpResponse<String> answer = post(
                env.text("ANTHROPIC_BASE_URL", "") + "/v1/messages?beta=true",
                env.text("ANTHROPIC_AUTH_TOKEN", ""),
                "{\"model\":\"" + env.text("ANTHROPIC_MODEL", "")
                        + "\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"stop_reason\":\"end_turn\"");
    }

    /// What OpenCode does: base URL and its SDK's path, the key as a bearer, the model's id as it stands in the file.
    @ParameterizedTest
    @CsvSource({"sluice, /chat/completions", "sluice-anthropic, /messages"})
    void opencodes_providers_lead_to_an_answer(String provider, String path) throws Exception {
        Json.Obj one = Objects.requireNonNull(
                Objects.requireNonNull(json("opencode/opencode.json").object("provider"))
                        .object(provider));
        Json.Obj options = Objects.requireNonNull(one.object("options"));
        String model = Objects.requireNonNull(one.object("models"))
                .fields()
                .keySet()
                .iterator()
                .next();

        HttpResponse<String> answer = post(
                options.text("baseURL", "") + path,
                options.text("apiKey", ""),
                "{\"model\":\"" + model
                        + "\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static Json.Obj json(String file) throws IOException {
        return Objects.requireNonNull(JsonText.objectOrNull(Files.readString(Path.of(file))));
    }

    /// The samples name the default address and stand-ins for the key: both are put right here, nothing else.
    private static HttpResponse<String> post(String url, String key, String body) throws Exception {
        assertThat(url).startsWith("http://127.0.0.1:8787");
        assertThat(key).isIn("slc_replace-me", "{env:SLUICE_KEY}");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url.replace("http://127.0.0.1:8787", sluice.url())))
                            .header("authorization", "Bearer " + RunningSluice.KEY)
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
