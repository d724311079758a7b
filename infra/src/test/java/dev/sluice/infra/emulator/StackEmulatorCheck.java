package dev.sluice.infra.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.infra.cost.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Deploys the stack as an owner does, with the CDK's own command, and calls it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class StackEmulatorCheck {
    private static final String CDK = "aws-cdk@2.1148.1";
    private static final Path OUTPUTS = Path.of("target/emulator-outputs.json");

    private Emulator emulator;
    private Map<String, Object> outputs;

    @BeforeAll
    void deploy() throws IOException, InterruptedException {
        emulator = Emulator.open();
        cdk("bootstrap");
        cdk(
                "deploy",
                "--require-approval",
                "never",
                "--outputs-file",
                OUTPUTS.toString(),
                // an emulator takes no snapshots, and keeps nothing
                "-c",
                "sluice:snapStart=false",
                "-c",
                "sluice:removal=destroy",
                "-c",
                "sluice:deletionProtection=false",
                "-c",
                "sluice:monthlyBudgetUsd=0");
        outputs = JsonTree.object(JsonTree.object(Files.readString(OUTPUTS)), "Sluice");
    }

    @AfterAll
    void close() {
        if (emulator != null) {
            emulator.close();
        }
    }

    @Test
    void the_gateway_says_that_it_lives() throws IOException, InterruptedException {
        assertThat(call(request("health").GET()).statusCode()).isEqualTo(200);
    }

    @Test
    void nobody_gets_in_without_a_key() throws IOException, InterruptedException {
        assertThat(call(request("v1/models").GET()).statusCode()).isEqualTo(401);
    }

    @Test
    void the_minted_master_key_streams_from_the_demo_in_two_dialects() throws IOException, InterruptedException {
        String key = masterKey();

        assertThat(key).startsWith("slc_");
        HttpResponse<String> openai = call(request("v1/chat/completions")
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model":"demo/demo","stream":true,"messages":[{"role":"user","content":"Hello"}]}""")));
        HttpResponse<String> anthropic = call(request("v1/messages")
                .header("x-api-key", key)
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model":"demo/demo","max_tokens":64,"stream":true,"messages":[{"role":"user","content":"Hello"}]}""")));

        assertThat(openai.statusCode()).isEqualTo(200);
        assertThat(openai.body()).contains("data: [DONE]");
        assertThat(anthropic.statusCode()).isEqualTo(200);
        assertThat(anthropic.body()).contains("event: message_stop");
    }

    private String masterKey() {
        try (SecretsManagerClient secrets = SecretsManagerClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            return secrets.getSecretValue(request -> request.secretId(String.valueOf(outputs.get("MasterKeySecret"))))
                    .secretString();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create(String.valueOf(outputs.get("BaseUrl"))).resolve("/" + path))
                .timeout(Duration.ofMinutes(2));
    }

    private static HttpResponse<String> call(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private void cdk(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("npx", "--yes", CDK));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(emulator.environment());
        assertThat(builder.start().waitFor()).as(String.join(" ", command)).isZero();
    }
}
