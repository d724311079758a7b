package dev.sluice.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/// What is deployed. Runs after `package` (`./mvnw verify`), when the zip is there. The jars' names are in
/// `src/test/resources/task-jars.txt`; `-Dgolden=write` writes them anew.
class TaskZipCheck {
    private static final Path ZIP = Path.of("target", "gateway.zip");
    private static final Path GOLDEN = Path.of("src", "test", "resources", "task-jars.txt");
    private static final long MOST_BYTES = 30L * 1024 * 1024;

    private static List<ZipEntry> entries() throws IOException {
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            return zip.stream().<ZipEntry>map(entry -> entry).toList();
        }
    }

    @Test
    void holds_the_start_script_and_the_jars_as_listed() throws IOException {
        List<String> files = entries().stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .toList();
        assertThat(files).first().isEqualTo("bin/start");
        List<String> jars = files.subList(1, files.size());
        if ("write".equals(System.getProperty("golden"))) {
            Files.write(GOLDEN, jars);
        }
        assertThat(jars).isEqualTo(Files.readAllLines(GOLDEN));
    }

    @Test
    void is_at_most_30_mb() throws IOException {
        assertThat(Files.size(ZIP)).isLessThan(MOST_BYTES);
    }

    @Test
    void its_entries_are_sorted_and_of_one_time() throws IOException {
        List<ZipEntry> entries = entries();
        List<String> jars = entries.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".jar"))
                .toList();
        assertThat(jars).isSorted().hasSizeGreaterThan(10);
        Set<FileTime> times =
                entries.stream().map(ZipEntry::getLastModifiedTime).collect(Collectors.toSet());
        assertThat(times).hasSize(1);
    }

    @Test
    void the_start_script_can_be_executed_and_the_jars_only_read() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(ZIP, Map.of("enablePosixFileAttributes", "true"))) {
            assertThat(mode(zip.getPath("bin/start"))).isEqualTo("rwxr-xr-x");
            for (ZipEntry entry : entries()) {
                if (entry.getName().endsWith(".jar")) {
                    assertThat(mode(zip.getPath(entry.getName()))).isEqualTo("rw-r--r--");
                }
            }
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void the_start_script_is_a_posix_shell_s() throws IOException {
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            String script =
                    new String(zip.getInputStream(zip.getEntry("bin/start")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(script).startsWith("#!/bin/sh\n").doesNotContain("\r");
        }
    }

    /// What is built is what the sources say: PyPI 2026-03-24.
    @Test
    void made_twice_it_is_the_same_to_the_last_byte() throws IOException {
        assertThat(Files.mismatch(ZIP, Path.of("target", "gateway-again.zip"))).isEqualTo(-1);
    }

    @Test
    void nothing_of_a_test_or_of_another_http_client_is_in_it() throws IOException {
        Set<String> names = new TreeSet<>(Collections.reverseOrder());
        entries().forEach(entry -> names.add(entry.getName()));
        assertThat(names)
                .noneMatch(name -> name.contains("testkit")
                        || name.contains("netty")
                        || name.contains("apache")
                        || name.contains("junit")
                        || name.contains("DynamoDBLocal"));
    }
}
