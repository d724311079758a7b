package dev.sluice.cli.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Documents;
import dev.sluice.cli.FixedTime;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.core.ports.ConfigVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path home;

    /// Versions that somebody else writes at the same time: each of the first writes comes too late.
    private static final class ContestedVersions implements ConfigVersions {
        private final List<Version> versions = new ArrayList<>();
        private final List<String> documents;

        /// @param documents of the others, in their order
        ContestedVersions(String... documents) {
            this.documents = new ArrayList<>(List.of(documents));
        }

        @Override
        public Optional<Version> head() {
            return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
        }

        @Override
        public Optional<Version> byNumber(long number) {
            return versions.stream()
                    .filter(version -> version.number() == number)
                    .findFirst();
        }

        @Override
        public List<Version> history(int limit) {
            return versions.reversed().stream().limit(limit).toList();
        }

        @Override
        public Write write(long expectedVersion, String document, String who, Instant when) {
            boolean isLate = !documents.isEmpty();
            Version next = new Version(
                    versions.size() + 1, isLate ? documents.removeFirst() : document, isLate ? "other" : who, when);
            versions.add(next);
            return isLate ? new Write.Conflict(next.number()) : new Write.Written(next);
        }
    }

    private ConfigFile file(ConfigVersions versions) throws IOException {
        Path path = Files.writeString(home.resolve("sluice.json"), Documents.SECOND);
        return new ConfigFile(path, new ConfigBook(versions, FixedTime.NOON), _ -> {});
    }

    @Test
    void processes_that_start_with_one_file_at_the_same_time_all_start() throws IOException {
        ContestedVersions versions = new ContestedVersions(Documents.SECOND);
        file(versions).applyAtStart();
        assertThat(versions.history(9)).extracting(ConfigVersions.Version::who).containsExactly("other");
    }

    @Test
    void a_file_is_applied_after_what_another_wrote_meanwhile() throws IOException {
        ContestedVersions versions = new ContestedVersions(Documents.FIRST);
        file(versions).applyAtStart();
        assertThat(versions.history(9))
                .extracting(ConfigVersions.Version::document)
                .containsExactly(Documents.SECOND, Documents.FIRST);
    }

    @Test
    void a_configuration_that_changes_all_the_time_ends_the_start() throws IOException {
        ContestedVersions versions = new ContestedVersions(Documents.FIRST, "{}", Documents.FIRST, "{}");
        ConfigFile file = file(versions);
        assertThatThrownBy(file::applyAtStart)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("changed meanwhile");
    }
}
