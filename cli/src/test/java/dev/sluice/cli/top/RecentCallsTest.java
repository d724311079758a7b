package dev.sluice.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Usage;
import dev.sluice.testkit.FakeCallBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentCallsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RecordingCallBook book = new RecordingCallBook();
    private final RecentCalls recent = new RecentCalls(book);
    private int number;

    /// Remembers from where on it was read.
    private static final class RecordingCallBook implements CallBook {
        private final FakeCallBook kept = new FakeCallBook();
        private final List<Instant> asked = new ArrayList<>();

        @Override
        public boolean keep(CallLog.Entry entry) {
            return kept.keep(entry);
        }

        @Override
        public List<CallLog.Entry> over(Instant from, Instant to, int most) {
            asked.add(from);
            return kept.over(from, to, most);
        }

        @Override
        public Optional<CallLog.Entry> find(String requestId, Instant now) {
            return kept.find(requestId, now);
        }
    }

    private void end(int calls, Instant from, Duration every) {
        for (int i = 0; i < calls; i++) {
            book.keep(new CallLog.Entry(
                    from.plus(every.multipliedBy(i)),
                    "req_" + number++,
                    "laptop",
                    "anthropic",
                    null,
                    "m",
                    "a/m",
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
                    null));
        }
    }

    @Test
    void all_of_a_busy_minute_are_counted() {
        end(2_000, NOON.minusSeconds(40), Duration.ofMillis(20));
        RecentCalls.Seen seen = recent.at(NOON);
        assertThat(seen.minute()).hasSize(2_000);
        assertThat(seen.last()).hasSize(500);
        assertThat(seen.isMore()).isFalse();
    }

    @Test
    void an_hour_is_read_once_and_then_only_what_is_new() {
        end(3, NOON.minus(Duration.ofMinutes(50)), Duration.ofMinutes(1));
        end(2, NOON.minusSeconds(30), Duration.ofSeconds(20));
        assertThat(recent.at(NOON).last()).hasSize(5);
        end(1, NOON, Duration.ofSeconds(1));
        RecentCalls.Seen seen = recent.at(NOON.plusSeconds(1));

        assertThat(seen.last()).hasSize(6);
        assertThat(seen.minute()).hasSize(3);
        assertThat(book.asked).containsExactly(NOON.minus(Duration.ofHours(1)), NOON.minusSeconds(20));
    }

    @Test
    void one_that_comes_late_into_the_book_is_counted() {
        end(1, NOON.minusSeconds(1), Duration.ZERO);
        recent.at(NOON);
        end(1, NOON.minusSeconds(8), Duration.ZERO);
        assertThat(recent.at(NOON.plusSeconds(1)).minute()).hasSize(2);
    }

    @Test
    void what_is_older_than_a_minute_is_not_counted_any_more() {
        end(1, NOON.minusSeconds(30), Duration.ZERO);
        assertThat(recent.at(NOON).minute()).hasSize(1);
        assertThat(recent.at(NOON.plusSeconds(31)).minute()).isEmpty();
        assertThat(recent.at(NOON.plus(Duration.ofHours(1))).last()).isEmpty();
    }

    @Test
    void more_than_one_look_reads_is_told_until_they_are_a_minute_old() {
        end(RecentCalls.MOST + 1, NOON.minusSeconds(50), Duration.ofMillis(5));
        RecentCalls.Seen seen = recent.at(NOON);
        assertThat(seen.minute()).hasSize(RecentCalls.MOST);
        assertThat(seen.isMore()).isTrue();
        assertThat(recent.at(NOON.plusSeconds(1)).isMore()).isTrue();
        assertThat(recent.at(NOON.plusSeconds(11)).isMore()).isFalse();
    }
}
