package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.PortFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells calls as they end, each once, whatever the order in which they come into the book.
///
/// A call is written down a little after it was over, and by machines whose clocks differ: each look goes back so far that
/// no call comes too late for it, and leaves out what was told.
final class CallFollower {
    /// How long after its end a call may come into the book.
    static final Duration LATE = Duration.ofSeconds(30);

    /// Of one look.
    static final int MOST = 10_000;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CallBook book;
    private final Surroundings surroundings;
    private final Consumer<CallLog.Entry> told;
    private final Map<String, Instant> seen = new HashMap<>();
    private Instant newest;
    private boolean isSilent;
    private @Nullable CommandFailure ending;

    CallFollower(CallBook book, Surroundings surroundings, Consumer<CallLog.Entry> told) {
        this.book = book;
        this.surroundings = surroundings;
        this.told = told;
        this.newest = surroundings.time().now();
    }

    /// What has been there before is not told. To be asked before [#know].
    void begin() {
        know(recent());
    }

    /// Those are told by somebody else.
    void know(List<CallLog.Entry> calls) {
        calls.forEach(this::isNew);
    }

    /// Looks each second, until the process is to end.
    void follow() {
        surroundings.stop().heed();
        try (var _ = surroundings.schedule().every(LOOK, this::look)) {
            surroundings.stop().awaitAsked();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        CommandFailure why = ending;
        if (why != null) {
            throw why;
        }
        surroundings.stop().heed(Exit.OK.code());
    }

    private synchronized void look() {
        try {
            List<CallLog.Entry> recent = recent();
            missing(recent);
            recent.stream().filter(this::isNew).forEach(told);
            Instant over = newest.minus(LATE.multipliedBy(2));
            seen.values().removeIf(moment -> moment.isBefore(over));
            isSilent = false;
        } catch (CommandFailure gone) {
            ending = gone;
            surroundings.stop().ask();
        } catch (PortFailure silent) {
            if (!isSilent) {
                isSilent = true;
                surroundings.err().println("sluice: " + silent.getMessage() + " (asking again each second)");
            }
        }
        surroundings.out().flush();
        if (surroundings.out().checkError()) {
            surroundings.stop().ask(); // nobody reads any more
        }
    }

    /// Of more calls than one look holds the oldest are left out.
    private void missing(List<CallLog.Entry> recent) {
        if (recent.size() >= MOST && !seen.containsKey(recent.getFirst().requestId())) {
            surroundings
                    .err()
                    .println("sluice: more than " + MOST
                            + " calls have ended since the last look: some of those before "
                            + recent.getFirst().over() + " are not shown here (sluice logs --since shows them)");
        }
    }

    private List<CallLog.Entry> recent() {
        return book.over(newest.minus(LATE), surroundings.time().now().plus(CallPages.AHEAD), MOST);
    }

    private boolean isNew(CallLog.Entry entry) {
        Instant now = surroundings.time().now();
        Instant over = entry.over().isAfter(now) ? now : entry.over();
        if (over.isAfter(newest)) {
            newest = over;
        }
        return seen.put(entry.requestId(), entry.over()) == null;
    }
}
