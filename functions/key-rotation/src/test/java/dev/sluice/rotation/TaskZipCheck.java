package dev.sluice.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/// What is deployed. Runs after `package` (`./mvnw verify`), when the zip is there. The jars' names are in
/// `src/test/resources/task-jars.txt`; `-Dgolden=write` writes them anew.
class TaskZipCheck {
    private static final Path ZIP = Path.of("target", "key-rotation.zip");
    private static final Path GOLDEN = Path.of("src", "test", "resources", "task-jars.txt");
    private static final long MOST_BYTES = 12L * 1024 * 1024;

    private static List<ZipEntry> files() throws IOException {
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            return zip.stream()
                    .<ZipEntry>map(entry -> entry)
                    .filter(entry -> !entry.isDirectory())
                    .toList();
        }
    }

    @Test
    void holds_the_jars_as_listed_and_nothing_of_a_test_or_of_another_http_client() throws IOException {
        List<String> jars = files().stream().map(ZipEntry::getName).toList();
        if ("write".equals(System.getProperty("golden"))) {
            Files.write(GOLDEN, jars);
        }
        assertThat(jars).isEqualTo(Files.readAllLines(GOLDEN)).isSorted();
        assertThat(jars)
                .noneMatch(jar -> jar.contains("testkit")
                        || jar.contains("netty")
                        || jar.contains("apache")
                        || jar.contains("serialization")
                        || jar.contains("jtokkit"));
    }

    @Test
    void is_small_and_its_entries_are_of_one_time() throws IOException {
        assertThat(Files.size(ZIP)).isLessThan(MOST_BYTES);
        Set<FileTime> times =
                files().stream().map(ZipEntry::getLastModifiedTime).collect(Collectors.toSet());
        assertThat(times).hasSize(1);
    }

    @Test
    void made_twice_it_is_the_same_to_the_last_byte() throws IOException {
        assertThat(Files.mismatch(ZIP, Path.of("target", "key-rotation-again.zip")))
                .isEqualTo(-1);
    }
}
