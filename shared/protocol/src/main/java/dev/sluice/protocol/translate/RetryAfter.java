package dev.sluice.protocol.translate;

import dev.sluice.model.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// How long an upstream wants to be left alone: `retry-after-ms`, or `retry-after` in seconds or as a date.
public final class RetryAfter {
    private RetryAfter() {}

    /// Null: it named no time that can be read. A date that is over is a wait of zero.
    public static @Nullable Duration of(Headers headers, Instant now) {
        Duration exact = scaled(headers.first("retry-after-ms").orElse(""), 1);
        if (exact != null) {
            return exact;
        }
        String value = headers.first("retry-after").orElse("").strip();
        Duration seconds = scaled(value, 1000);
        return seconds != null || value.isEmpty() ? seconds : untilDate(value, now);
    }

    private static @Nullable Duration scaled(String number, int milliseconds) {
        String digits = number.strip();
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')) {
            return null; // Java would read "7d" and "0x1p3" too
        }
        try {
            double value = Double.parseDouble(digits);
            boolean isSane = value < 1e9;
            return isSane ? Duration.ofMillis((long) Math.ceil(value * milliseconds)) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable Duration untilDate(String date, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
        } catch (DateTimeException notADate) {
            return null;
        }
    }
}
