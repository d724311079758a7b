package dev.sluice.cli.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.FixedTime;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyHash;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.testkit.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnKeyTest {
    @TempDir
    private Path folder;

    private final KeyHash hashes = new KeyHash(new byte[32]);
    private final FakeRegistry table = new FakeRegistry();

    private OwnKey open(String file, FakeRegistry book) {
        return OwnKey.open(folder.resolve(file), hashes, book, FixedTime.NOON, new SecureRandom());
    }

    @Test
    void one_folder_has_one_key_in_a_table_however_often_it_starts() throws IOException {
        OwnKey first = open("one", table);
        assertThat(open("one", table)).isEqualTo(first);
        assertThat(table.list()).singleElement().satisfies(record -> {
            assertThat(record.hash()).isEqualTo(hashes.of(first.key()));
            assertThat(record.kind()).isEqualTo(Caller.Kind.MASTER);
            assertThat(record.name()).startsWith("start-");
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("one"))))
                .isEqualTo("rw-------");
    }

    @Test
    void each_folder_has_its_own() {
        assertThat(open("one", table).key()).isNotEqualTo(open("other", table).key());
        assertThat(table.list()).hasSize(2);
    }

    @Test
    void a_new_table_learns_the_key_that_is_there() {
        OwnKey first = open("one", table);
        FakeRegistry other = new FakeRegistry();
        assertThat(open("one", other)).isEqualTo(first);
        assertThat(other.list()).extracting(KeyRecord::hash).containsExactly(first.hash());
    }

    @Test
    void a_key_that_was_revoked_or_that_others_could_read_is_replaced() throws IOException {
        OwnKey first = open("one", table);
        assertThat(table.revoke(table.list().getFirst().name())).isTrue();
        OwnKey second = open("one", table);
        assertThat(second).isNotEqualTo(first);
        Files.setPosixFilePermissions(folder.resolve("one"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(open("one", table)).isNotEqualTo(second);
    }
}
