package dev.sluice.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WindowsTest {
    @ParameterizedTest
    @CsvSource({
        "SECOND, 1, 2026-11-21T14:38:28.5Z, 2026-11-21T14:38:28Z, 2026-11-21T14:38:29Z",
        "SECOND, 10, 2026-11-21T14:38:28Z, 2026-11-21T14:38:20Z, 2026-11-21T14:38:30Z",
        "MINUTE, 1, 2026-11-21T14:38:28Z, 2026-11-21T14:38:00Z, 2026-11-21T14:39:00Z",
        "MINUTE, 7, 1970-01-01T00:13:59Z, 1970-01-01T00:07:00Z, 1970-01-01T00:14:00Z",
        "HOUR, 6, 2026-11-21T14:38:28Z, 2026-11-21T12:00:00Z, 2026-11-21T18:00:00Z",
        "HOUR, 1, 2026-11-21T14:00:00Z, 2026-11-21T14:00:00Z, 2026-11-21T15:00:00Z",
        "DAY, 1, 2026-11-21T23:59:59.999Z, 2026-11-21T00:00:00Z, 2026-11-22T00:00:00Z",
        "DAY, 7, 1970-01-09T00:00:00Z, 1970-01-08T00:00:00Z, 1970-01-15T00:00:00Z",
        "WEEK, 1, 2026-11-21T14:38:28Z, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "WEEK, 1, 2026-11-23T00:00:00Z, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "WEEK, 2, 1970-01-20T00:00:00Z, 1970-01-19T00:00:00Z, 1970-02-02T00:00:00Z",
        "WEEK, 1, 1970-01-01T00:00:00Z, 1969-12-29T00:00:00Z, 1970-01-05T00:00:00Z",
        "MONTH, 1, 2026-11-30T23:59:59Z, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
        "MONTH, 1, 2028-02-29T00:00:00Z, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "MONTH, 3, 2026-11-21T00:00:00Z, 2026-10-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "MONTH, 5, 0000-06-15T00:00:00Z, 0000-06-01T00:00:00Z, 0000-11-01T00:00:00Z",
        "MONTH, 24, 2027-05-05T00:00:00Z, 2026-01-01T00:00:00Z, 2028-01-01T00:00:00Z",
        "SECOND, 10, 1969-12-31T23:59:59Z, 1969-12-31T23:59:50Z, 1970-01-01T00:00:00Z",
        "DAY, 1, 1969-12-31T00:00:01Z, 1969-12-31T00:00:00Z, 1970-01-01T00:00:00Z",
        "WEEK, 3, 1969-01-01T00:00:00Z, 1968-12-23T00:00:00Z, 1969-01-13T00:00:00Z",
        "MONTH, 1, 1969-12-31T23:59:59Z, 1969-12-01T00:00:00Z, 1970-01-01T00:00:00Z"
    })
    void windows_are_aligned_to_utc(Unit unit, int size, Instant now, Instant start, Instant end) {
        assertThat(Windows.at(new Window(unit, size), now)).isEqualTo(new Windows.Span(start, end));
    }

    @ParameterizedTest
    @EnumSource
    void the_end_of_a_window_is_the_start_of_the_next(Unit unit) {
        for (int size = 1; size <= 40; size++) {
            Window window = new Window(unit, size);
            Windows.Span span = Windows.at(window, Instant.parse("1969-07-20T20:17:40Z"));
            for (int i = 0; i < 20; i++) {
                Windows.Span next = Windows.at(window, span.end());
                assertThat(next.start()).isEqualTo(span.end());
                assertThat(Windows.at(window, next.end().minusNanos(1))).isEqualTo(next);
                span = next;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_label_tells_its_window(Unit unit) {
        Window window = new Window(unit, 3);
        Windows.Span span = Windows.at(window, Instant.parse("2026-11-21T14:38:28Z"));
        RateLimitConfig limit = new RateLimitConfig("b", "b", List.of("all"), 1L, null, null, window, BigDecimal.ZERO);
        String label = Windows.label(limit, span.start());
        int slash = label.indexOf('/');

        assertThat(Windows.parse(label.substring(0, slash), label.substring(slash + 1)))
                .contains(span);
    }

    @Test
    void a_label_names_unit_size_and_start() {
        RateLimitConfig limit = new RateLimitConfig(
                "b", "b", List.of("all"), 1L, null, null, new Window(Unit.MINUTE, 5), BigDecimal.ZERO);

        assertThat(Windows.label(limit, Instant.ofEpochSecond(1_795_262_400))).isEqualTo("minute5/1795262400");
    }

    @ParameterizedTest
    @CsvSource({
        "day, 0",
        "day0, 0",
        "day-1, 0",
        "day1, x",
        "day1, 99999999999999999",
        "days1, 0",
        "year1, 0",
        "month2147483647, 31556889864403199",
        "'', 0",
        "day99999999999, 0"
    })
    void another_label_tells_none(String unit, String start) {
        assertThat(Windows.parse(unit, start)).isEmpty();
    }
}
