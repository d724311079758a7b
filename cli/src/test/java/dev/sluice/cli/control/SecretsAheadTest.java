package dev.sluice.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.secret.CredentialStore;
import dev.sluice.cli.store.DataDirectory;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsAheadTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Applied CONFLICT = new Applied.Conflict(0, 1);

    @TempDir
    private Path home;

    private final List<String> notes = new ArrayList<>();
    private Holdings holdings;
    private SecretsAhead secrets;

    @BeforeEach
    void open() {
        Transcript said = new Transcript();
        Surroundings surroundings = new Shell(home)
                .surroundings(InputStream.nullInputStream(), said, said, new ManualSchedule(), new StopSignal());
        holdings = Holdings.open(new DataDirectory(home.resolve(".sluice")), surroundings);
        secrets = new SecretsAhead(holdings, notes::add);
    }

    @AfterEach
    void close() {
        holdings.close();
    }

    private List<String> kept() {
        return holdings.credentials().list().stream()
                .map(CredentialStore.Entry::name)
                .toList();
    }

    @Test
    void what_was_kept_stays_with_its_version() {
        secrets.keep("groq", "one", NOON);
        secrets.write(0, () -> new Applied.Written(1, List.of(), List.of()));
        assertThat(kept()).containsExactly("groq");
        assertThat(notes).isEmpty();
    }

    @Test
    void what_was_kept_goes_when_the_version_is_refused() {
        secrets.keep("groq", "one", NOON);
        secrets.write(0, () -> new Applied.Refused(List.of()));
        assertThat(kept()).isEmpty();
    }

    @Test
    void what_somebody_else_has_set_since_stays() {
        secrets.keep("groq", "one", NOON);
        holdings.credentials().set("groq", "two", NOON);
        secrets.write(0, () -> CONFLICT);
        assertThat(kept()).containsExactly("groq");
        assertThat(notes).singleElement().asString().contains("changed by somebody else meanwhile");
    }

    @Test
    void the_very_same_secret_of_whoever_was_faster_stays_with_their_version() {
        secrets.keep("groq", "one", NOON);
        holdings.credentials().set("groq", "one", NOON);
        holdings.versions()
                .write(0, "{\"version\":1,\"providers\":[{\"id\":\"groq\",\"credential\":\"groq\"}]}", "ada", NOON);
        secrets.write(0, () -> CONFLICT);
        assertThat(kept()).containsExactly("groq");
        assertThat(notes).singleElement().asString().contains("the version in force names it");
    }

    @Test
    void one_that_was_replaced_is_told_and_not_taken_away() {
        holdings.credentials().set("groq", "old", NOON);
        secrets.keep("groq", "one", NOON);
        secrets.write(0, () -> CONFLICT);
        assertThat(kept()).containsExactly("groq");
        assertThat(notes).singleElement().asString().contains("nothing brings the old one back");
    }

    @Test
    void a_write_that_fails_takes_it_along_when_nothing_was_written() {
        secrets.keep("groq", "one", NOON);
        assertThatThrownBy(() -> secrets.write(0, () -> {
                    throw CommandFailure.failed("the disk is full");
                }))
                .isInstanceOf(CommandFailure.class);
        assertThat(kept()).isEmpty();
    }

    @Test
    void a_write_that_may_have_been_done_leaves_it() {
        secrets.keep("groq", "one", NOON);
        assertThatThrownBy(() -> secrets.write(0, () -> {
                    holdings.versions().write(0, "{\"version\":1}", "ada", NOON);
                    throw CommandFailure.failed("no answer came");
                }))
                .isInstanceOf(CommandFailure.class);
        assertThat(kept()).containsExactly("groq");
        assertThat(notes).singleElement().asString().contains("stays kept");
    }
}
