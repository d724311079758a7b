package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.ConfigVersions.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of configuration versions does, whatever it is made of.
public abstract class ConfigVersionsContract {
    private static final Instant WHEN = Instant.parse("2026-11-21T12:34:56.789Z");
    private static final int LARGE = 300_000;

    private ConfigVersions versions = new FakeRegistry();

    /// A store in which nothing was ever written.
    protected abstract ConfigVersions fresh();

    @BeforeEach
    void begin_with_a_fresh_store() {
        versions = fresh();
    }

    private Write write(long expected, String document) {
        return versions.write(expected, document, "me", WHEN);
    }

    private static Version version(long number, String document) {
        return new Version(number, document, "me", WHEN);
    }

    @Test
    void nothing_is_in_force_before_the_first_version() {
        assertThat(versions.head()).isEmpty();
        assertThat(versions.byNumber(0)).isEmpty();
        assertThat(versions.byNumber(1)).isEmpty();
        assertThat(versions.history(10)).isEmpty();
    }

    @Test
    void numbers_count_up_by_one_from_1() {
        assertThat(write(0, "a")).isEqualTo(new Write.Written(version(1, "a")));
        assertThat(write(1, "b")).isEqualTo(new Write.Written(version(2, "b")));
        assertThat(write(2, "c")).isEqualTo(new Write.Written(version(3, "c")));
    }

    @Test
    void a_version_is_kept_as_it_was_written() {
        String document = "{\"version\":1,\"text\":\"äß€🙂 \\\"quoted\\\" \\n\\u0000\"}";
        versions.write(0, document, "O'Brien <ö@example.test>", WHEN);

        Version kept = new Version(1, document, "O'Brien <ö@example.test>", WHEN);
        assertThat(versions.head()).contains(kept);
        assertThat(versions.byNumber(1)).contains(kept);
        assertThat(versions.history(1)).containsExactly(kept);
    }

    @Test
    void the_head_is_the_last_one_written_and_the_earlier_ones_stay() {
        write(0, "a");
        write(1, "b");

        assertThat(versions.head()).contains(version(2, "b"));
        assertThat(versions.byNumber(1)).contains(version(1, "a"));
        assertThat(versions.byNumber(3)).isEmpty();
        assertThat(versions.byNumber(-1)).isEmpty();
    }

    @Test
    void who_saw_another_head_is_refused_and_changes_nothing() {
        assertThat(write(1, "too early")).isEqualTo(new Write.Conflict(0));
        write(0, "a");
        write(1, "b");

        assertThat(write(0, "as if it were the first")).isEqualTo(new Write.Conflict(2));
        assertThat(write(1, "late")).isEqualTo(new Write.Conflict(2));
        assertThat(write(3, "early")).isEqualTo(new Write.Conflict(2));
        assertThat(versions.head()).contains(version(2, "b"));
        assertThat(versions.history(10)).containsExactly(version(2, "b"), version(1, "a"));
    }

    @Test
    void the_same_document_may_come_again_under_a_new_number() {
        write(0, "a");
        write(1, "b");

        assertThat(write(2, "a")).isEqualTo(new Write.Written(version(3, "a")));
        assertThat(versions.head()).contains(version(3, "a"));
        assertThat(versions.byNumber(1)).contains(version(1, "a"));
    }

    @Test
    void of_64_writers_at_once_exactly_one_gets_each_number() {
        for (long expected = 0; expected < 3; expected++) {
            long head = expected;
            List<Write> writes = Together.run(64, i -> versions.write(head, "by " + i, "writer " + i, WHEN));

            List<Write> won =
                    writes.stream().filter(Write.Written.class::isInstance).toList();
            assertThat(won).hasSize(1);
            assertThat(writes).filteredOn(Write.Conflict.class::isInstance).containsOnly(new Write.Conflict(head + 1));
            assertThat(versions.head().map(Write.Written::new)).contains((Write.Written) won.getFirst());
        }
        assertThat(versions.history(10)).hasSize(3);
    }

    @Test
    void writers_who_try_again_all_get_a_number_of_their_own() {
        List<Long> numbers = Together.run(8, i -> {
            long expected = 0;
            while (true) {
                switch (write(expected, "by " + i)) {
                    case Write.Written(Version version) -> {
                        return version.number();
                    }
                    case Write.Conflict(long head) -> expected = head;
                }
            }
        });
        assertThat(numbers).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void history_is_newest_first_and_no_longer_than_asked() {
        LongStream.range(0, 12).forEach(n -> write(n, "document " + n));

        assertThat(versions.history(3)).extracting(Version::number).containsExactly(12L, 11L, 10L);
        assertThat(versions.history(100))
                .extracting(Version::number)
                .containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(versions.history(0)).isEmpty();
    }

    @Test
    void documents_may_have_300_kilobytes_and_come_back_all_together() {
        List<String> documents = new ArrayList<>();
        IntStream.range(0, 6).forEach(n -> documents.add(large(n)));
        IntStream.range(0, 6).forEach(n -> write(n, documents.get(n)));

        assertThat(versions.head().map(Version::document)).contains(documents.getLast());
        assertThat(versions.history(10)).extracting(Version::document).containsExactlyElementsOf(documents.reversed());
    }

    /// Hardly compressible, as a document of many names is not.
    static String large(long seed) {
        Random letters = new Random(seed);
        StringBuilder document = new StringBuilder("{\"version\":1,\"x\":\"");
        while (document.length() < LARGE - 2) {
            document.append((char) ('0' + letters.nextInt(42)));
        }
        return document.append("\"}").toString().replace('\\', '/');
    }
}
