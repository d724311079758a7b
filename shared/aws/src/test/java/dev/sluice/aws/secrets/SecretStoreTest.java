package dev.sluice.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.http.NobodyThere;
import dev.sluice.testkit.secrets.FakeSecrets;
import dev.sluice.testkit.secrets.FakeSecrets.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SecretStoreTest {
    private static final String VALUE = "sk-very-secret-0123456789";

    private FakeSecrets secrets;

    @BeforeEach
    void open() throws IOException {
        secrets = FakeSecrets.open();
        secrets.put("creds", VALUE);
    }

    @AfterEach
    void close() {
        secrets.close();
    }

    @Test
    void reads_the_value_of_now() {
        try (SecretStore store = SecretsFixture.store(secrets)) {
            assertThat(store.read("creds")).isEqualTo(new SecretReading.Found(VALUE));
            secrets.put("creds", "rotated");
            assertThat(store.read("creds")).isEqualTo(new SecretReading.Found("rotated"));
        }
    }

    @Test
    void keeps_no_connection() {
        try (SecretStore store = SecretsFixture.store(secrets)) {
            store.read("creds");
        }
        assertThat(secrets.requests().getFirst().toLowerCase(Locale.ROOT)).contains("\r\nconnection: close\r\n");
    }

    @ParameterizedTest
    @CsvSource({"THROTTLED,ThrottlingException", "INTERNAL_ERROR,InternalServiceError", "CUT,cannot be reached"})
    void a_failure_of_the_moment_is_silence_and_not_repeated(Trouble trouble, String why) {
        secrets.fail(trouble);
        try (SecretStore store = SecretsFixture.store(secrets)) {
            assertThat(store.read("creds"))
                    .isInstanceOfSatisfying(
                            SecretReading.Silent.class,
                            silent -> assertThat(silent.why()).contains(why));
            assertThat(secrets.asked()).hasSize(1);
        }
    }

    @Test
    void a_refusal_says_why() {
        secrets.fail(Trouble.FORBIDDEN);
        try (SecretStore store = SecretsFixture.store(secrets)) {
            assertThat(store.read("creds"))
                    .isEqualTo(new SecretReading.Refused("AccessDeniedException: Not allowed to read creds"));
            assertThat(store.read("other"))
                    .isEqualTo(new SecretReading.Refused(
                            "ResourceNotFoundException: Secrets Manager can't find the specified secret."));
        }
    }

    @Test
    void gives_up_when_no_answer_comes() {
        secrets.fail(Trouble.SILENT);
        try (SecretStore store = SecretsFixture.store(secrets.endpoint(), Duration.ofMillis(300))) {
            assertThat(store.read("creds")).isInstanceOf(SecretReading.Silent.class);
        }
    }

    @Test
    void nobody_there_is_silence() {
        try (NobodyThere nobody = new NobodyThere();
                SecretStore store = SecretsFixture.store(nobody.uri(), SecretsFixture.PATIENCE)) {
            assertThat(store.read("creds"))
                    .isEqualTo(new SecretReading.Silent("Secrets Manager cannot be reached (ConnectException)"));
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void no_reason_shows_the_secret(Trouble trouble) {
        secrets.fail(trouble);
        try (SecretStore store = SecretsFixture.store(secrets.endpoint(), Duration.ofMillis(800))) {
            assertThat(store.read("creds"))
                    .satisfies(reading ->
                            assertThat(reading.toString()).doesNotContain(VALUE).doesNotContain("sk-very"));
            assertThat(store.read("creds").toString()).doesNotContain(VALUE);
        }
    }

    @Test
    void opening_calls_nobody() {
        SecretsFixture.store(secrets).close();
        assertThat(secrets.requests()).isEmpty();
    }
}
