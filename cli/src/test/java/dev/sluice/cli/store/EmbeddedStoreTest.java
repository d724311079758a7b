package dev.sluice.cli.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.access.WorkerKeyState;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.ConfigVersions.Write;
import dev.sluice.core.ports.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
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
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
            assertThat(store.versions().head()).isEmpty();
            assertThat(store.versions().byNumber(1)).isEmpty();
            assertThat(store.versions().history(10)).isEmpty();
            assertThat(store.workerKeys("f").state()).isEqualTo(WorkerKeyState.NONE);
        }
    }

    @Test
    void is_for_its_owner_only() throws IOException {
        try (EmbeddedStore _ = EmbeddedStore.open(directory, _ -> {})) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.store())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void numbers_versions_and_keeps_them_all() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
            assertThat(store.versions().write(0, "{\"a\":\"é\"}", "ada", NOON))
                    .isEqualTo(new Write.Written(new Version(1, "{\"a\":\"é\"}", "ada", NOON)));
            store.versions().write(1, "two", "bob", NOON);
        }
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
            assertThat(store.versions().head()).contains(new Version(2, "two", "bob", NOON));
            assertThat(store.versions().byNumber(1)).contains(new Version(1, "{\"a\":\"é\"}", "ada", NOON));
            assertThat(store.versions().history(10)).extracting(Version::number).containsExactly(2L, 1L);
            assertThat(store.versions().history(1)).extracting(Version::number).containsExactly(2L);
        }
    }

    @Test
    void refuses_a_write_that_expects_another_head() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
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
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
            store.versions().write(0, "one", "ada", NOON);
            store.workerKeys("f").begin("abc", NOON);
            // the disk as it is while the store is open: what a killed process leaves
            Files.copy(directory.store(), after.store(), StandardCopyOption.REPLACE_EXISTING);
        }
        try (EmbeddedStore store = EmbeddedStore.open(after, _ -> {})) {
            assertThat(store.versions().head()).map(Version::document).contains("one");
            assertThat(store.workerKeys("f").opens("abc", NOON)).isTrue();
            assertThat(store.versions().write(1, "two", "ada", NOON)).isInstanceOf(Write.Written.class);
        }
    }

    @Test
    void a_last_write_that_was_cut_off_leaves_the_one_before() throws IOException {
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
            store.versions().write(0, "one", "ada", NOON);
        }
        byte[] whole = Files.readAllBytes(directory.store());
        byte[] torn = Arrays.copyOf(whole, whole.length + 700); // a chunk that was never finished
        Files.write(directory.store(), torn);
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
            assertThat(store.versions().head()).map(Version::document).contains("one");
        }
    }

    @Test
    void a_second_opening_is_told_that_it_is_open() {
        try (EmbeddedStore _ = EmbeddedStore.open(directory, _ -> {})) {
            assertThatThrownBy(() -> EmbeddedStore.open(directory, _ -> {}))
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
        assertThatThrownBy(() -> EmbeddedStore.open(directory, _ -> {}))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("sluice.db is damaged")
                .hasMessageContaining("put back a copy");
    }

    @Test
    void a_store_of_a_later_layout_is_refused_and_left_as_it_is() {
        EmbeddedStore.open(directory, _ -> {}).close();
        for (int again = 0; again < 2; again++) {
            try (MVStore later =
                    new MVStore.Builder().fileName(directory.store().toString()).open()) {
                assertThat(later.getStoreVersion()).isEqualTo(again == 0 ? 1 : 7);
                later.setStoreVersion(7);
                later.commit();
            }
            assertThatThrownBy(() -> EmbeddedStore.open(directory, _ -> {}))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("written by a later sluice")
                    .hasMessageContaining("7");
        }
    }

    @Test
    void a_damaged_head_is_unreadable_and_never_nothing() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
            store.versions().write(0, "{}", "ada", NOON);
        }
        try (MVStore other =
                new MVStore.Builder().fileName(directory.store().toString()).open()) {
            MVMap<Long, String> versions = other.openMap(
                    "config",
                    new MVMap.Builder<Long, String>()
                            .keyType(LongDataType.INSTANCE)
                            .valueType(StringDataType.INSTANCE));
            versions.put(2L, "no JSON");
        }
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
            assertThat(store.registry().read(Set.of()))
                    .isInstanceOfSatisfying(
                            Registry.Reading.Unreadable.class,
                            reading -> assertThat(reading.why()).contains("version 2", "damaged"));
        }
    }

    @Test
    void the_master_key_belongs_to_one_secret_key() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, _ -> {})) {
            store.workerKeys("one").begin("abc", NOON);
            assertThat(store.workerKeys("one").opens("abc", NOON)).isTrue();
            assertThat(store.workerKeys("two").state().current()).isEmpty();
        }
    }
}
