package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// The id of a call as it is typed: whole, or its beginning, with or without `req_`.
final class CallIdText {
    private static final String PREFIX = "req_";
    private static final int WHOLE = PREFIX.length() + 24;
    private static final int LEAST = 8;
    private static final int MOST_TOLD = 5;

    private CallIdText() {}

    /// Ends the command for what can be no id.
    static String checked(String given) {
        String text = given.strip();
        if (text.length() < LEAST) {
            throw CommandFailure.usage("a call is named by its id, or at least the first " + LEAST
                    + " letters of it (sluice logs --json tells ids; so does the answer's header"
                    + " x-sluice-request-id); not " + given);
        }
        return text.startsWith(PREFIX) ? text : PREFIX + text;
    }

    /// @param id as it was checked
    static CallLog.Entry find(CallBook book, String id, Instant now) {
        if (id.length() >= WHOLE) {
            return book.find(id, now).orElseThrow(() -> unknown(id));
        }
        List<CallLog.Entry> found = CallPages.newest(
                book,
                now.minus(CallBook.KEPT),
                now,
                MOST_TOLD,
                entry -> entry.requestId().startsWith(id));
        if (found.isEmpty()) {
            throw unknown(id);
        }
        if (found.size() > 1) {
            throw CommandFailure.failed("several calls begin with " + id + ": "
                    + found.stream().map(CallLog.Entry::requestId).collect(Collectors.joining(", ")));
        }
        return found.getFirst();
    }

    private static CommandFailure unknown(String id) {
        return CommandFailure.failed("there is no call " + id + " of the last " + CallBook.KEPT.toDays()
                + " days: its id is in the answer's header x-sluice-request-id (x-request-id may be the provider's)");
    }
}
