package dev.sluice.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeyTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name_the_file() {
        file = folder.resolve("secret.key");
    }

    @Test
    void is_made_once_with_256_bits_for_the_owner_only() throws IOException {
        SecretKey made = SecretKey.open(file, random);
        assertThat(Files.size(file)).isEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SecretKey.open(file, random).bytes()).isEqualTo(made.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw--w----"})
    void is_refused_when_its_mode_is_wider(String mode) throws IOException {
        SecretKey.open(file, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> SecretKey.open(file, random))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void may_be_read_only() throws IOException {
        SecretKey.open(file, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(SecretKey.open(file, random).bytes()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void is_refused_when_its_size_is_wrong(int size) throws IOException {
        PrivateFile.create(file, new byte[size]);
        assertThatThrownBy(() -> SecretKey.open(file, random))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(size + " bytes instead of 32");
    }

    @Test
    void gives_one_key_for_each_label() {
        SecretKey key = SecretKey.open(file, random);
        assertThat(key.derive("a", 32)).isEqualTo(key.derive("a", 32)).isNotEqualTo(key.derive("b", 32));
        assertThat(key.fingerprint()).hasSize(16);
    }

    @Test
    void a_private_file_is_never_created_over_another() throws IOException {
        PrivateFile.create(file, new byte[] {1});
        assertThatThrownBy(() -> PrivateFile.create(file, new byte[] {2}))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(file)).containsExactly(1);
    }

    @Test
    void a_replacement_survives_what_a_crash_left_behind() throws IOException {
        Files.writeString(folder.resolve("secret.key.next"), "half");
        PrivateFile.replace(file, new byte[] {2});
        assertThat(Files.readAllBytes(file)).containsExactly(2);
        assertThat(PrivateFile.isPrivate(file)).isTrue();
        assertThat(folder.resolve("secret.key.next")).doesNotExist();
    }
}
