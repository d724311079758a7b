package dev.sluice.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.config.CredentialRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    private Path file;
    private SecretKey key;

    @BeforeEach
    void make_a_key() {
        file = folder.resolve("credentials.json");
        key = SecretKey.open(folder.resolve("secret.key"), random);
    }

    private CredentialFile open() {
        return CredentialFile.open(file, key, random);
    }

    @Test
    void gives_back_what_was_set_after_a_restart() throws IOException {
        assertThat(open().set("a", "secret-a", NOON)).isFalse();
        assertThat(open().set("a", "secret-b", NOON)).isTrue();
        assertThat(open().secrets()).containsEntry("a", "secret-b").hasSize(1);
        assertThat(open().list()).containsExactly(new CredentialStore.Entry("a", NOON));
        assertThat(PrivateFile.isPrivate(file)).isTrue();
        assertThat(Files.readString(file)).doesNotContain("secret");
    }

    @Test
    void the_same_secret_is_never_encrypted_alike() throws IOException {
        open().set("a", "secret", NOON);
        String first = Files.readString(file);
        open().set("a", "secret", NOON);
        assertThat(Files.readString(file)).isNotEqualTo(first);
    }

    @Test
    void a_value_put_under_another_name_does_not_open() throws IOException {
        open().set("cheap", "secret", NOON);
        Files.writeString(file, Files.readString(file).replace("cheap", "other"));
        assertThat(open().list()).hasSize(1);
        assertThat(open().secrets()).isEmpty();
    }

    @Test
    void a_value_of_another_installation_does_not_open_and_is_named() throws IOException {
        open().set("a", "secret", NOON);
        Files.delete(folder.resolve("secret.key"));
        key = SecretKey.open(folder.resolve("secret.key"), random);
        assertThat(new LiveCredentials(open(), _ -> null).unreadable()).containsExactly("a");
    }

    @Test
    void a_broken_file_is_named_with_what_to_do() throws IOException {
        for (String broken : new String[] {
            "",
            "{}",
            "{\"credentials\":{\"a\":1}}",
            "{\"credentials\":{\"a\":{}}}",
            "{\"credentials\":{\"a\":{\"value\":\"***\",\"setAt\":\"2026-03-01T12:00:00Z\"}}}"
        }) {
            Files.writeString(file, broken);
            assertThatThrownBy(this::open)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("credentials.json cannot be read");
        }
    }

    @Test
    void what_is_set_and_removed_counts_at_once() {
        LiveCredentials live = new LiveCredentials(open(), _ -> null);
        CredentialRef ref = new CredentialRef.Stored("a");
        assertThat(live.secret(ref)).isEmpty();
        live.set("a", "secret", NOON);
        assertThat(live.secret(ref)).contains("secret");
        live.remove("a");
        assertThat(live.secret(ref)).isEmpty();
        assertThat(live.remove("a")).isFalse();
    }
}
