package dev.sluice.cli.key;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A length of time as it is typed: `30d`, `24h`, `90m`, `45s`, `2w`; `0` is none at all.
public final class Span {
    private static final int MOST_DIGITS = 6;
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));

    private Span() {}

    /// Empty: this is no length of time.
    public static Optional<Duration> parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MOST_DIGITS) {
            return Optional.empty();
        }
        long count = Long.parseLong(text, 0, digits, 10);
        if (digits == text.length()) {
            return count == 0 ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        return Optional.ofNullable(UNITS.get(text.substring(digits))).map(unit -> unit.multipliedBy(count));
    }

    /// In the largest unit that leaves nothing over.
    public static String format(Duration span) {
        long seconds = span.toSeconds();
        if (seconds == 0) {
            return "0";
        }
        if (seconds % 86_400 == 0 && seconds > 86_400) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
