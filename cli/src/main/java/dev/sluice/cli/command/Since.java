package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.key.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/// The moment from which on something is asked for, as it is typed.
final class Since {
    private Since() {}

    /// Ends the command for what is no time, or one to come.
    static Instant parse(String given, Instant now, ZoneId zone) {
        String text = given.strip();
        Instant since = Span.parse(text).map(now::minus).orElseGet(() -> moment(text, given, zone));
        if (since.isAfter(now)) {
            throw CommandFailure.usage("--since " + given + " is yet to come");
        }
        return since;
    }

    private static Instant moment(String text, String given, ZoneId zone) {
        List<Function<String, Instant>> forms = List.of(
                form -> LocalDate.parse(form).atStartOfDay(zone).toInstant(),
                form -> LocalDateTime.parse(form).atZone(zone).toInstant(),
                form -> OffsetDateTime.parse(form).toInstant());
        for (Function<String, Instant> form : forms) {
            try {
                return form.apply(text);
            } catch (DateTimeException another) {
                // perhaps the next form
            }
        }
        throw CommandFailure.usage("--since is a span back from now (90m, 1h, 7d), a day (2026-11-21) or a moment"
                + " (2026-11-21T08:00 in local time, 2026-11-21T08:00:00Z); not " + given);
    }
}
