package dev.sluice.cli.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.secrets.SecretReading;
import dev.sluice.aws.secrets.SecretSettings;
import dev.sluice.aws.secrets.SecretStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Asked by the client that the function has, and by who should get nothing.
class SecretsEndpointTest {
    private static final String SECRET = "the-secret-itself";

    private final AtomicReference<String> value = new AtomicReference<>(SECRET);
    private final SecretsEndpoint endpoint = SecretsEndpoint.open(Map.of("known", value::get), new SecureRandom());

    @AfterEach
    void close() {
        endpoint.close();
    }

    private SecretReading read(URI uri, String id) {
        SecretSettings settings = SecretSettings.usual()
                .withRegion("us-east-1")
                .withEndpoint(uri)
                .withAccessKey(new TableSettings.AccessKey("local", "local"))
                .withPatience(Duration.ofSeconds(60));
        try (SecretStore store = SecretStore.open(settings)) {
            return store.read(id);
        }
    }

    @Test
    void gives_the_value_as_it_is_now() {
        assertThat(read(endpoint.uri(), "known")).isEqualTo(new SecretReading.Found(SECRET));
        value.set("rotated");
        assertThat(read(endpoint.uri(), "known")).isEqualTo(new SecretReading.Found("rotated"));
    }

    @Test
    void refuses_what_it_does_not_know() {
        assertThat(read(endpoint.uri(), "other"))
                .isInstanceOfSatisfying(
                        SecretReading.Refused.class,
                        refused -> assertThat(refused.why()).contains("ResourceNotFoundException"));
    }

    @Test
    void lets_in_only_who_knows_the_path() {
        URI guessed = endpoint.uri().resolve("/" + "0".repeat(64));
        assertThat(read(guessed, "known"))
                .isInstanceOfSatisfying(
                        SecretReading.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("AccessDeniedException")
                                .doesNotContain(SECRET));
    }

    @Test
    void answers_signed_questions_for_one_secret_only() throws IOException {
        assertThat(ask("", "secretsmanager.GetSecretValue", "{\"SecretId\":\"known\"}"))
                .contains("MissingAuthenticationTokenException");
        assertThat(ask("AWS4-HMAC-SHA256 any", "secretsmanager.ListSecrets", "{}"))
                .contains("UnknownOperationException");
        assertThat(ask("AWS4-HMAC-SHA256 any", "secretsmanager.GetSecretValue", "["))
                .contains("InvalidRequestException");
        assertThat(ask("AWS4-HMAC-SHA256 any", "secretsmanager.GetSecretValue", "{\"SecretId\":\"known\"}"))
                .contains(SECRET);
    }

    private String ask(String authorization, String target, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) endpoint.uri().toURL().openConnection();
        connection.setRequestMethod("POST");
        if (!authorization.isEmpty()) {
            connection.setRequestProperty("Authorization", authorization);
        }
        connection.setRequestProperty("X-Amz-Target", target);
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        try (InputStream answer =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
