package dev.sluice.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.testkit.VirtualTime;
import dev.sluice.testkit.secrets.FakeSecrets;
import dev.sluice.testkit.secrets.FakeSecrets.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretCredentialsTest {
    private static final CredentialRef ONE = new CredentialRef.Stored("one");
    private static final ConfigSnapshot WANTS_ONE = config("\"credential\": \"one\"");

    private final VirtualTime time = new VirtualTime();
    private final List<String> notes = new ArrayList<>();
    private FakeSecrets secrets;
    private SecretStore store;
    private SecretCredentials credentials;

    @BeforeEach
    void open() throws IOException {
        secrets = FakeSecrets.open();
        secrets.put("creds", "{\"one\": \"first-value\", \"two\": \"second-value\"}");
        store = SecretsFixture.store(secrets);
        credentials = new SecretCredentials(store, "creds", Map.of("PROVIDER_KEY", "of-the-map"), time, notes::add);
    }

    @AfterEach
    void close() {
        store.close();
        secrets.close();
    }

    private static ConfigSnapshot config(String credential) {
        String document =
                "{\"version\": 1, \"providers\": [{\"id\": \"p\", \"endpoints\": {\"openai-chat\": \"https://p.example/v1\"},"
                        + credential + ", \"models\": [\"m\"]}]}";
        return ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), 1)
                        instanceof ConfigReading.Good(ConfigSnapshot snapshot, var _)
                ? snapshot
                : ConfigSnapshot.empty();
    }

    @Test
    void are_read_when_a_configuration_comes_in_force() {
        assertThat(WANTS_ONE.providers()).hasSize(1);
        assertThat(credentials.secret(ONE)).isEmpty();
        credentials.follow(WANTS_ONE);
        assertThat(credentials.secret(ONE)).contains("first-value");
        assertThat(credentials.secret(new CredentialRef.Stored("two"))).contains("second-value");
        assertThat(credentials.secret(new CredentialRef.Stored("three"))).isEmpty();
        secrets.put("creds", "{\"one\": \"rotated\"}");
        credentials.follow(WANTS_ONE);
        assertThat(credentials.secret(ONE)).contains("rotated");
        assertThat(credentials.secret(new CredentialRef.Stored("two"))).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void those_of_the_environment_are_of_the_map() {
        credentials.follow(config("\"credential\": {\"env\": \"PROVIDER_KEY\"}"));
        assertThat(credentials.secret(new CredentialRef.Environment("PROVIDER_KEY")))
                .contains("of-the-map");
        assertThat(credentials.secret(new CredentialRef.Environment("PATH"))).isEmpty();
    }

    @Test
    void nobody_is_asked_while_no_provider_wants_a_stored_one() {
        credentials.follow(ConfigSnapshot.empty());
        credentials.follow(config("\"credential\": {\"env\": \"PROVIDER_KEY\"}"));
        time.advance(Duration.ofHours(1));
        credentials.refresh();
        assertThat(secrets.asked()).isEmpty();
    }

    @Test
    void the_first_request_after_five_minutes_reads_them_again() {
        credentials.follow(WANTS_ONE);
        secrets.put("creds", "{\"one\": \"rotated\"}");
        time.advance(Duration.ofMinutes(5).minusNanos(1));
        credentials.refresh();
        assertThat(secrets.asked()).hasSize(1);
        time.advance(Duration.ofNanos(1));
        credentials.refresh();
        credentials.refresh();
        assertThat(secrets.asked()).containsExactly("creds", "creds");
        assertThat(credentials.secret(ONE)).contains("rotated");
    }

    @Test
    void a_later_failure_drops_nothing() {
        credentials.follow(WANTS_ONE);
        for (Trouble trouble : List.of(Trouble.THROTTLED, Trouble.FORBIDDEN, Trouble.CUT, Trouble.GARBLED)) {
            secrets.fail(trouble);
            time.advance(Duration.ofMinutes(5));
            credentials.refresh();
            assertThat(credentials.secret(ONE)).contains("first-value");
        }
        for (String broken : List.of("no json: first-value", "[]", "")) {
            secrets.put("creds", broken);
            time.advance(Duration.ofMinutes(5));
            credentials.refresh();
            assertThat(credentials.secret(ONE)).contains("first-value");
        }
        assertThat(secrets.asked()).hasSize(8);
        assertThat(notes)
                .allSatisfy(note -> assertThat(note)
                        .startsWith("the secret creds with the providers' credentials ")
                        .endsWith("(what was read before stays in use)")
                        .doesNotContain("first-value"));
    }

    @Test
    void a_failure_is_tried_again_after_thirty_seconds() {
        credentials.follow(WANTS_ONE);
        secrets.fail(Trouble.THROTTLED);
        time.advance(Duration.ofMinutes(5));
        credentials.refresh();
        secrets.put("creds", "{\"one\": \"rotated\"}");
        time.advance(Duration.ofSeconds(29));
        credentials.refresh();
        assertThat(credentials.secret(ONE)).contains("first-value");
        time.advance(Duration.ofSeconds(1));
        credentials.refresh();
        assertThat(credentials.secret(ONE)).contains("rotated");
    }

    @Test
    void where_nothing_is_known_yet_a_second_is_enough() {
        secrets.fail(Trouble.THROTTLED);
        credentials.follow(WANTS_ONE);
        assertThat(credentials.secret(ONE)).isEmpty();
        time.advance(Duration.ofSeconds(1));
        credentials.refresh();
        assertThat(credentials.secret(ONE)).contains("first-value");
    }

    @Test
    void entries_that_are_no_texts_count_as_not_set_and_the_owner_is_told_once() {
        secrets.put("creds", "{\"one\": 17, \"two\": \"second-value\", \"three\": \" \"}");
        credentials.follow(WANTS_ONE);
        credentials.follow(WANTS_ONE);
        assertThat(credentials.secret(ONE)).isEmpty();
        assertThat(credentials.secret(new CredentialRef.Stored("two"))).contains("second-value");
        assertThat(notes).singleElement().asString().contains("2 entries").doesNotContain("17");
    }

    @Test
    void nothing_they_print_shows_one() {
        credentials.follow(WANTS_ONE);
        assertThat(credentials.toString()).doesNotContain("value");
    }
}
