package dev.sluice.cli.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCallsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path home;

    private final List<String> notes = new ArrayList<>();

    private EmbeddedCalls book() {
        return new EmbeddedCalls(home.resolve("calls"), notes::add);
    }

    private static CallLog.Entry call(String id, Instant at) {
        return new CallLog.Entry(
                at,
                id,
                "laptop",
                "anthropic",
                null,
                "m",
                null,
                200,
                "ok",
                null,
                false,
                List.of(),
                List.of(),
                Usage.NONE,
                Duration.ZERO,
                null,
                null,
                null);
    }

    private static List<String> ids(CallBook book) {
        return book.over(NOON.minus(CallBook.KEPT), NOON.plusSeconds(3600), 10_000).stream()
                .map(CallLog.Entry::requestId)
                .toList();
    }

    @Test
    void files_are_their_owners_alone() throws IOException {
        book().keep(call("req_a", NOON));
        Path file = home.resolve("calls/2026-11-21.jsonl");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("calls"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_line_that_a_power_failure_has_cut_costs_that_call_and_no_other() throws IOException {
        book().keep(call("req_a", NOON));
        Files.writeString(
                home.resolve("calls/2026-11-21.jsonl"),
                "{\"at\":\"2026-11-21T12:0",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        EmbeddedCalls after = book();
        after.keep(call("req_b", NOON.plusSeconds(1)));

        assertThat(ids(after)).containsExactly("req_a", "req_b");
        assertThat(ids(after)).hasSize(2);
        assertThat(after.find("req_a", NOON)).isPresent();
        assertThat(notes).hasSize(1).first().asString().contains("2026-11-21.jsonl", "damaged");
    }

    @Test
    void old_files_go_when_a_new_day_begins_and_what_is_no_call_file_stays() throws IOException {
        EmbeddedCalls book = book();
        book.keep(call("req_old", NOON.minus(Duration.ofDays(31))));
        book.keep(call("req_month", NOON.minus(Duration.ofDays(30))));
        Files.writeString(home.resolve("calls/notes.txt"), "mine");
        book.keep(call("req_a", NOON));

        try (Stream<Path> files = Files.list(home.resolve("calls"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("2026-10-22.jsonl", "2026-11-21.jsonl", "notes.txt");
        }
    }

    @Test
    void a_large_file_is_read_from_its_end() {
        EmbeddedCalls book = book();
        for (int i = 0; i < 3_000; i++) {
            book.keep(call("req_%04d_\u00e4".formatted(i), NOON.minusSeconds(3_000 - i)));
        }
        assertThat(ids(book)).hasSize(3_000).startsWith("req_0000_\u00e4").endsWith("req_2999_\u00e4");
        assertThat(book.over(NOON.minusSeconds(3), NOON, 10)).hasSize(3);
        assertThat(book.over(NOON.minusSeconds(3_000), NOON, 2))
                .extracting(CallLog.Entry::requestId)
                .containsExactly("req_2998_\u00e4", "req_2999_\u00e4");
        assertThat(book.find("req_0000_\u00e4", NOON)).isPresent();
    }

    @Test
    void a_call_that_slept_with_the_machine_hides_none_before_it() {
        EmbeddedCalls book = book();
        book.keep(call("req_new", NOON));
        book.keep(call("req_slept", NOON.minusSeconds(7_200)));
        assertThat(book.over(NOON.minusSeconds(60), NOON.plusSeconds(60), 10))
                .extracting(CallLog.Entry::requestId)
                .containsExactly("req_new");
    }

    @Test
    void where_nothing_can_be_written_the_call_is_lost_and_told_once() throws IOException {
        Files.writeString(home.resolve("calls"), "no folder");
        EmbeddedCalls book = book();
        assertThat(book.keep(call("req_a", NOON))).isFalse();
        assertThat(book.keep(call("req_b", NOON))).isFalse();
        assertThat(notes).hasSize(1);

        Files.delete(home.resolve("calls"));
        assertThat(book.keep(call("req_c", NOON))).isTrue();
        assertThat(ids(book)).containsExactly("req_c");
    }

    @Test
    void a_file_that_was_deleted_meanwhile_is_begun_anew() throws IOException {
        EmbeddedCalls book = book();
        book.keep(call("req_a", NOON));
        Files.delete(home.resolve("calls/2026-11-21.jsonl"));
        book.keep(call("req_b", NOON));
        book.keep(call("req_c", NOON));
        assertThat(ids(book)).contains("req_c");
    }
}
