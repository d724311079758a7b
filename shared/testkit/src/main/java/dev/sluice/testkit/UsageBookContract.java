package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.metering.UsageNames;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.core.ports.UsageBook.Line;
import dev.sluice.model.Failure;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every book of usage does, whatever it is made of.
public abstract class UsageBookContract {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private UsageSides book = new UsageSides(UsageBook.NONE, UsageBook.NONE);

    /// Who adds to a book and who looks into it.
    public record UsageSides(UsageBook adds, UsageBook reads) {}

    /// A book without lines.
    protected abstract UsageSides fresh();

    @BeforeEach
    void begin_with_a_fresh_book() {
        book = fresh();
    }

    private static CallLog.Entry call(
            String caller,
            @Nullable String target,
            Instant at,
            Usage usage,
            Failure.@Nullable Kind failure,
            @Nullable String usd) {
        return new CallLog.Entry(
                at,
                "req_1",
                caller,
                "anthropic",
                null,
                "coding",
                target,
                failure == null ? 200 : 500,
                failure == null ? "ok" : "failed",
                null,
                true,
                List.of(),
                List.of(),
                usage,
                Duration.ofSeconds(2),
                null,
                failure,
                usd == null ? null : new BigDecimal(usd));
    }

    private void add(CallLog.Entry entry) {
        assertThat(book.adds().add(entry)).as("added").isTrue();
    }

    @Test
    void a_fresh_book_is_empty() {
        assertThat(book.reads().of(TODAY)).isEmpty();
    }

    @Test
    void calls_of_one_key_and_target_are_one_line_with_everything_added() {
        add(call("laptop", "b/m", NOON, new Usage(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), null, "0.000000001"));
        add(call("laptop", "b/m", NOON, new Usage(10L, null, 0L, 40L, 50L, null, null, 80L), null, "1.5"));

        assertThat(book.reads().of(TODAY))
                .containsExactly(new Line(
                        "laptop",
                        "b/m",
                        2,
                        0,
                        0,
                        new Usage(11L, 2L, 3L, 44L, 55L, 6L, 7L, 88L),
                        new BigDecimal("1.500000001")));
    }

    @Test
    void what_was_never_reported_is_not_zero() {
        add(call("laptop", "b/m", NOON, Usage.of(1, 2), null, null));

        assertThat(book.reads().of(TODAY))
                .containsExactly(new Line("laptop", "b/m", 1, 0, 1, Usage.of(1, 2), BigDecimal.ZERO));
    }

    @Test
    void failures_and_what_has_no_price_are_counted() {
        add(call("laptop", null, NOON, Usage.NONE, Failure.Kind.RATE_LIMITED, null));
        add(call("laptop", null, NOON, Usage.NONE, null, null));

        assertThat(book.reads().of(TODAY))
                .containsExactly(new Line("laptop", null, 2, 1, 0, Usage.NONE, BigDecimal.ZERO));
    }

    @Test
    void lines_are_told_by_caller_and_target() {
        add(call("tablet", "a/m", NOON, Usage.NONE, null, null));
        add(call("laptop", "b/z#1", NOON, Usage.NONE, null, null));
        add(call("laptop", "b/m", NOON, Usage.NONE, null, null));
        add(call("laptop", null, NOON, Usage.NONE, null, null));

        assertThat(book.reads().of(TODAY))
                .extracting(line -> line.caller() + " " + line.target())
                .containsExactly("laptop null", "laptop b/m", "laptop b/z#1", "tablet a/m");
    }

    @Test
    void a_client_that_names_endless_models_fills_one_line_of_each_provider() {
        for (int i = 0; i < UsageNames.MOST; i++) {
            add(call("laptop", "b/m" + i, NOON, Usage.NONE, null, "1"));
        }
        add(call("laptop", "b/one-more", NOON, Usage.of(1, 2), null, "1"));
        add(call("laptop", "c/one-more", NOON, Usage.NONE, null, "1"));
        add(call("laptop", "b/and-more", NOON, Usage.of(10, 20), null, "1"));
        add(call("laptop", "b/m7", NOON, Usage.NONE, null, "1"));
        add(call("tablet", "b/one-more", NOON, Usage.NONE, null, "1"));

        List<Line> lines = book.reads().of(TODAY);
        assertThat(lines).hasSize(UsageNames.MOST + 3);
        assertThat(lines)
                .contains(new Line("laptop", "b/other models", 2, 0, 0, Usage.of(11, 22), new BigDecimal("2")))
                .contains(new Line("laptop", "c/other models", 1, 0, 0, Usage.NONE, new BigDecimal("1")))
                .contains(new Line("laptop", "b/m7", 2, 0, 0, Usage.NONE, new BigDecimal("2")))
                .contains(new Line("tablet", "b/one-more", 1, 0, 0, Usage.NONE, new BigDecimal("1")));
    }

    @Test
    void a_call_belongs_to_the_day_on_which_it_was_over() {
        add(call("laptop", "b/m", Instant.parse("2026-11-20T23:59:59Z"), Usage.of(1, 1), null, "0"));

        assertThat(book.reads().of(TODAY.minusDays(1))).isEmpty();
        assertThat(book.reads().of(TODAY)).hasSize(1);
        assertThat(book.reads().of(TODAY.plusDays(1))).isEmpty();
    }

    @Test
    void sums_are_exact_however_many_add_at_once() {
        List<Boolean> added = Together.run(
                24, i -> book.adds().add(call("laptop", "b/m", NOON, Usage.of(1, i), null, "0.000000001")));

        assertThat(added).containsOnly(true);
        assertThat(book.reads().of(TODAY))
                .containsExactly(new Line(
                        "laptop",
                        "b/m",
                        24,
                        0,
                        0,
                        Usage.of(24, IntStream.range(0, 24).sum()),
                        new BigDecimal("0.000000024")));
    }
}
