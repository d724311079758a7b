package dev.sluice.core.limits;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/// Fixed windows aligned to UTC (ROUTING.md, "Rate-limit buckets"): spans of seconds, minutes, hours and days are counted
/// from 1970, weeks from Monday 1970-01-05, months from year 0.
public final class Windows {
    private static final long FIRST_MONDAY = 4;
    private static final long DAY_SECONDS = 86_400;

    private Windows() {}

    /// One window: from its start until just before its end.
    public record Span(Instant start, Instant end) {}

    /// The window of that moment.
    public static Span at(Window window, Instant now) {
        return switch (window.unit()) {
            case SECOND -> seconds(window.size(), 0, now);
            case MINUTE -> seconds(60L * window.size(), 0, now);
            case HOUR -> seconds(3_600L * window.size(), 0, now);
            case DAY -> seconds(DAY_SECONDS * window.size(), 0, now);
            case WEEK -> seconds(7 * DAY_SECONDS * window.size(), FIRST_MONDAY * DAY_SECONDS, now);
            case MONTH -> months(window.size(), now);
        };
    }

    private static Span seconds(long length, long origin, Instant now) {
        long start = Math.floorDiv(now.getEpochSecond() - origin, length) * length + origin;
        return new Span(Instant.ofEpochSecond(start), Instant.ofEpochSecond(start + length));
    }

    private static Span months(int size, Instant now) {
        LocalDate date = now.atOffset(ZoneOffset.UTC).toLocalDate();
        long month = Math.floorDiv(date.getYear() * 12L + date.getMonthValue() - 1, size) * size;
        return new Span(firstDay(month), firstDay(month + size));
    }

    private static Instant firstDay(long month) {
        int year = Math.toIntExact(Math.floorDiv(month, 12L));
        return LocalDate.of(year, Math.floorMod(month, 12) + 1, 1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /// The part of a counter's name that tells the window: `minute1/1763683200`. A bucket whose window was changed never
    /// inherits a number.
    static String label(RateLimitConfig limit, Instant start) {
        return limit.window().unit().name().toLowerCase(Locale.ROOT)
                + limit.window().size() + "/" + start.getEpochSecond();
    }

    /// The window that a label of [#label] names, however it came there.
    static Optional<Span> parse(String unitAndSize, String start) {
        for (Unit unit : Unit.values()) {
            String name = unit.name().toLowerCase(Locale.ROOT);
            if (unitAndSize.startsWith(name)) {
                try {
                    int size = Integer.parseInt(unitAndSize, name.length(), unitAndSize.length(), 10);
                    Instant from = Instant.ofEpochSecond(Long.parseLong(start));
                    return size < 1 ? Optional.empty() : Optional.of(at(new Window(unit, size), from));
                } catch (NumberFormatException | DateTimeException | ArithmeticException notOurs) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
