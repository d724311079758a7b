package dev.sluice.cli.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.ConfigVersions.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private DataDirectory directory;

    @BeforeEach
    void name_the_folder() {
        directory = new DataDirectory(folder.resolve("data"));
    }

    @Test
    void is_empty_at_first() {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(store.versions().head()).isEmpty();
            assertThat(store.versions().byNumber(1)).isEmpty();
            assertThat(store.versions().history(10)).isEmpty();
            assertThat(store.masterHash("f")).isEmpty();
        }
    }

    @Test
    void is_for_its_owner_only() throws IOException {
        try (EmbeddedStore _ = EmbeddedStore.open(directory)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.store())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void numbers_versions_and_keeps_them_all() {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(store.versions().write(0, "{\"a\":\"é\"}", "ada", NOON))
                    .isEqualTo(new Write.Written(new Version(1, "{\"a\":\"é\"}", "ada", NOON)));
            store.versions().write(1, "two", "bob", NOON);
        }
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(store.versions().head()).contains(new Version(2, "two", "bob", NOON));
            assertThat(store.versions().byNumber(1)).contains(new Version(1, "{\"a\":\"é\"}", "ada", NOON));
            assertThat(store.versions().history(10)).extracting(Version::number).containsExactly(2L, 1L);
            assertThat(store.versions().history(1)).extracting(Version::number).containsExactly(2L);
        }
    }

    @Test
    void refuses_a_write_that_expects_another_head() {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(store.versions().write(4, "x", "ada", NOON)).isEqualTo(new Write.Conflict(0));
            store.versions().write(0, "one", "ada", NOON);
            assertThat(store.versions().write(0, "x", "bob", NOON)).isEqualTo(new Write.Conflict(1));
            assertThat(store.versions().head()).map(Version::document).contains("one");
        }
    }

    @Test
    void what_was_written_survives_a_crash() throws IOException {
        DataDirectory after = new DataDirectory(folder.resolve("after"));
        Files.createDirectories(after.path());
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            store.versions().write(0, "one", "ada", NOON);
            store.keepMasterHash("f", "abc");
            // the disk as it is while the store is open: what a killed process leaves
            Files.copy(directory.store(), after.store(), StandardCopyOption.REPLACE_EXISTING);
        }
        try (EmbeddedStore store = EmbeddedStore.open(after)) {
            assertThat(store.versions().head()).map(Version::document).contains("one");
            assertThat(store.masterHash("f")).contains("abc");
            assertThat(store.versions().write(1, "two", "ada", NOON)).isInstanceOf(Write.Written.class);
        }
    }

    @Test
    void a_last_write_that_was_cut_off_leaves_the_one_before() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            store.versions().write(0, "one", "ada", NOON);
        }
        byte[] whole = Files.readAllBytes(directory.store());
        byte[] torn = Arrays.copyOf(whole, whole.length + 700); // a chunk that was never finished
        Files.write(directory.store(), torn);
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(store.versions().head()).map(Version::document).contains("one");
        }
    }

    @Test
    void a_second_opening_is_told_that_it_is_open() {
        try (EmbeddedStore _ = EmbeddedStore.open(directory)) {
            assertThatThrownBy(() -> EmbeddedStore.open(directory))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("another sluice has")
                    .hasMessageContaining("--data");
        }
    }

    @Test
    void a_damaged_file_is_named_with_what_to_do() throws IOException {
        Files.createDirectories(directory.path());
        byte[] noise = new byte[16_384];
        Arrays.fill(noise, (byte) 'x');
        Files.write(directory.store(), noise);
        assertThatThrownBy(() -> EmbeddedStore.open(directory))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("sluice.db is damaged")
                .hasMessageContaining("put back a copy");
    }

    @Test
    void the_master_key_belongs_to_one_secret_key() {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            store.keepMasterHash("one", "abc");
            assertThat(store.masterHash("one")).contains("abc");
            assertThat(store.masterHash("two")).isEmpty();
        }
    }
}
