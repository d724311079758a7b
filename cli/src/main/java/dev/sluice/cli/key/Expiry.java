package dev.sluice.cli.key;

import dev.sluice.cli.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When a key ends, as it is typed: a date (its whole day counts, in UTC), a moment, or a span from now.
public final class Expiry {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Expiry() {}

    /// Ends the command for what is no time, or one that is over.
    public static Instant parse(String given, Instant now) {
        String text = given.strip();
        Instant expires = Span.parse(text)
                .map(now::plus)
                .or(() -> moment(text))
                .or(() -> endOf(text))
                .orElseThrow(() -> CommandFailure.usage("--expires is a date such as 2027-01-31 (the end of that day in"
                        + " UTC), a moment such as 2027-01-31T12:00:00Z, or a span such as 30d, 12h or 90m; not "
                        + given));
        if (!expires.isAfter(now)) {
            throw CommandFailure.usage(
                    "--expires " + given + " is over already: it is " + now.truncatedTo(ChronoUnit.SECONDS) + " now");
        }
        if (expires.isAfter(now.plus(LONGEST))) {
            throw CommandFailure.usage(
                    "--expires " + given + " is more than 100 years away: leave it out for a key without end");
        }
        return expires;
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> endOf(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            return Optional.of(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
