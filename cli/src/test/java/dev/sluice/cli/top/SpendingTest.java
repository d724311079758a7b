package dev.sluice.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.top.Snapshot.Spend;
import dev.sluice.cli.top.Snapshot.SpendLine;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.UsageBook;
import dev.sluice.model.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpendingTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);

    private final RecordingBook book = new RecordingBook();
    private final Spending spending = new Spending(book);

    private static final class RecordingBook implements UsageBook {
        final Map<LocalDate, List<Line>> days = new HashMap<>();
        final List<LocalDate> asked = new ArrayList<>();

        @Override
        public boolean add(CallLog.Entry entry) {
            return false;
        }

        @Override
        public List<Line> of(LocalDate day) {
            asked.add(day);
            return days.getOrDefault(day, List.of());
        }
    }

    private static UsageBook.Line line(String caller, @Nullable String target, String usd, long unpriced) {
        return new UsageBook.Line(caller, target, 1, 0, unpriced, Usage.NONE, new BigDecimal(usd));
    }

    private Spend look() {
        return spending.at(NOON).orElseThrow();
    }

    @Test
    void what_nobody_counts_is_not_known() {
        assertThat(new Spending(UsageBook.NONE).at(NOON)).isEmpty();
    }

    @Test
    void today_and_month_are_summed_by_target_and_key_and_what_has_no_price_is_counted_beside() {
        book.days.put(TODAY, List.of(line("laptop", "a/m", "1.50", 0), line("ci", "b/m", "0", 1)));
        book.days.put(TODAY.minusDays(2), List.of(line("laptop", "a/m", "2.25", 0)));
        book.days.put(TODAY.minusDays(4), List.of(line("laptop", "a/m", "100", 0)));

        Spend spend = look();

        assertThat(spend.today().usd()).isEqualByComparingTo("1.50");
        assertThat(spend.today().unpriced()).isEqualTo(1);
        assertThat(spend.month().usd()).isEqualByComparingTo("3.75");
        assertThat(spend.month().requests()).isEqualTo(3);
        assertThat(spend.lines()).extracting(SpendLine::what).containsExactly("a/m", "key laptop", "b/m", "key ci");
    }

    @Test
    void a_call_that_reached_no_target_counts_for_its_key_alone() {
        book.days.put(TODAY, List.of(line("laptop", null, "0", 0)));
        assertThat(look().lines()).extracting(SpendLine::what).containsExactly("key laptop");
        assertThat(look().today().requests()).isEqualTo(1);
    }

    @Test
    void days_before_yesterday_are_asked_for_once() {
        look();
        look();
        assertThat(book.asked.stream().filter(TODAY.minusDays(3)::equals)).hasSize(1);
        assertThat(book.asked.stream().filter(TODAY::equals)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(book.asked).doesNotContain(TODAY.minusDays(4));
    }
}
