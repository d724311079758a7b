package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Failure;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every book of calls does, whatever it is made of.
public abstract class CallBookContract {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private CallSides book = new CallSides(CallBook.NONE, CallBook.NONE);

    /// Who writes into a book and who looks into it.
    public record CallSides(CallBook writes, CallBook reads) {}

    /// A book without calls.
    protected abstract CallSides fresh();

    @BeforeEach
    void begin_with_a_fresh_book() {
        book = fresh();
    }

    /// A call that was over at that moment.
    private static CallLog.Entry call(String id, Instant over) {
        return new CallLog.Entry(
                over.minusMillis(1500),
                id,
                "laptop",
                "anthropic",
                "claude-code",
                "coding",
                "b/m",
                200,
                "ok",
                null,
                true,
                List.of("a/m:529/overloaded", "b/m:200"),
                List.of("stale-config"),
                new Usage(10L, 20L, null, null, 5L, null, null, null),
                Duration.ofMillis(1500),
                Duration.ofMillis(300),
                null,
                new BigDecimal("0.000123"));
    }

    private void keep(String id, Instant over) {
        assertThat(book.writes().keep(call(id, over))).as("kept").isTrue();
    }

    private List<String> over(Instant from, Instant to, int most) {
        return book.reads().over(from, to, most).stream()
                .map(CallLog.Entry::requestId)
                .toList();
    }

    @Test
    void a_fresh_book_is_empty() {
        assertThat(book.reads().over(NOON.minus(CallBook.KEPT), NOON, 10)).isEmpty();
        assertThat(book.reads().find("req_a", NOON)).isEmpty();
    }

    @Test
    void between_a_moment_and_an_earlier_one_there_is_none() {
        keep("req_a", NOON);
        assertThat(over(NOON.plusSeconds(1), NOON.minusSeconds(1), 10)).isEmpty();
        assertThat(over(NOON, NOON, 10)).isEmpty();
    }

    @Test
    void a_call_is_kept_with_all_that_is_told_of_it() {
        CallLog.Entry bad = new CallLog.Entry(
                NOON,
                "req_bad",
                "desk",
                "openai-chat",
                null,
                "gpt \"\u00e4\"\n",
                null,
                503,
                "failed",
                "no target is left",
                false,
                List.of(),
                List.of(),
                Usage.NONE,
                Duration.ZERO,
                null,
                Failure.Kind.UNAVAILABLE,
                null);
        keep("req_good", NOON);
        assertThat(book.writes().keep(bad)).isTrue();

        assertThat(book.reads().find("req_good", NOON.plusSeconds(1))).contains(call("req_good", NOON));
        assertThat(book.reads().find("req_bad", NOON.plusSeconds(1))).contains(bad);
        assertThat(book.reads().over(NOON, NOON.plusSeconds(1), 10))
                .containsExactlyInAnyOrder(call("req_good", NOON), bad);
    }

    @Test
    void calls_are_in_the_order_in_which_they_were_over_whenever_they_began() {
        keep("req_c", NOON.plusSeconds(3));
        keep("req_a", NOON.plusSeconds(1));
        keep("req_b", NOON.plusSeconds(2));

        assertThat(over(NOON, NOON.plusSeconds(9), 10)).containsExactly("req_a", "req_b", "req_c");
    }

    @Test
    void the_beginning_of_a_time_belongs_to_it_and_its_end_does_not() {
        keep("req_a", NOON);
        keep("req_b", NOON.plusMillis(1));

        assertThat(over(NOON, NOON.plusMillis(1), 10)).containsExactly("req_a");
        assertThat(over(NOON.plusMillis(1), NOON.plusMillis(2), 10)).containsExactly("req_b");
        assertThat(over(NOON.plusNanos(1), NOON.plusNanos(1_000_001), 10)).containsExactly("req_b");
        assertThat(over(NOON.plusMillis(2), NOON.plusSeconds(1), 10)).isEmpty();
    }

    @Test
    void of_too_many_the_newest_are_told() {
        IntStream.range(0, 9).forEach(i -> keep("req_" + i, NOON.plusSeconds(i)));

        assertThat(over(NOON, NOON.plusSeconds(60), 3)).containsExactly("req_6", "req_7", "req_8");
        assertThat(over(NOON, NOON.plusSeconds(5), 2)).containsExactly("req_3", "req_4");
    }

    @Test
    void a_time_may_span_days() {
        Instant midnight = Instant.parse("2026-11-21T00:00:00Z");
        keep("req_a", midnight.minus(Duration.ofDays(3)));
        keep("req_b", midnight.minusMillis(1));
        keep("req_c", midnight);
        keep("req_d", NOON);

        assertThat(over(midnight.minus(Duration.ofDays(7)), NOON.plusSeconds(1), 10))
                .containsExactly("req_a", "req_b", "req_c", "req_d");
        assertThat(over(midnight.minus(Duration.ofDays(7)), NOON.plusSeconds(1), 3))
                .containsExactly("req_b", "req_c", "req_d");
        assertThat(over(midnight.minus(Duration.ofDays(1)), midnight, 10)).containsExactly("req_b");
        assertThat(book.reads().find("req_a", NOON)).isPresent();
    }

    @Test
    void two_of_one_millisecond_are_two() {
        keep("req_a", NOON);
        keep("req_b", NOON);

        assertThat(over(NOON, NOON.plusMillis(1), 10)).containsExactlyInAnyOrder("req_a", "req_b");
    }

    @Test
    void what_was_too_long_ago_is_not_looked_for() {
        keep("req_a", NOON);

        assertThat(book.reads().find("req_a", NOON.plus(CallBook.KEPT).minusSeconds(1)))
                .isPresent();
        assertThat(book.reads().find("req_a", NOON.plus(CallBook.KEPT).plusSeconds(1)))
                .isEmpty();
        assertThat(book.reads().find("req_", NOON)).as("half a name").isEmpty();
    }

    @Test
    void many_at_once_are_all_there() {
        List<Boolean> kept =
                Together.run(24, i -> book.writes().keep(call("req_%02d".formatted(i), NOON.plusMillis(i))));

        assertThat(kept).containsOnly(true);
        assertThat(over(NOON, NOON.plusSeconds(1), 100))
                .containsExactlyElementsOf(
                        IntStream.range(0, 24).mapToObj("req_%02d"::formatted).toList());
    }
}
