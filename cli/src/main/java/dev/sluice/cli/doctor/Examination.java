package dev.sluice.cli.doctor;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at all areas side by side, each for so long and no longer.
final class Examination {
    private static final int LONGER = 6;

    private final List<String> scope;
    private final Duration patience;
    private final Time time;
    private final Shade shade;
    private final Consumer<RuntimeException> faults;
    private final BlockingQueue<AreaReport> ended = new LinkedBlockingQueue<>();

    /// For an area.
    private record Waiting(Notes notes, Duration bound) {}

    /// @param faults told what an area should not have thrown
    Examination(List<String> scope, Duration patience, Time time, Shade shade, Consumer<RuntimeException> faults) {
        this.scope = scope;
        this.patience = patience;
        this.time = time;
        this.shade = shade;
        this.faults = faults;
    }

    /// The reports in the order of the checks.
    ///
    /// @param progress told each as it is there, by this thread
    List<AreaReport> run(List<AreaCheck> checks, Consumer<AreaReport> progress) {
        Map<Area, Waiting> open = new EnumMap<>(Area.class);
        long begin = time.nanos();
        for (AreaCheck check : checks) {
            Notes notes = new Notes(check.area(), scope, shade);
            open.put(check.area(), new Waiting(notes, check.atMost(patience)));
            Thread.ofVirtual().name("doctor " + check.area().id()).start(() -> look(check, notes, begin));
        }
        Map<Area, AreaReport> reports = new EnumMap<>(Area.class);
        while (!open.isEmpty()) {
            Duration nearest = open.values().stream()
                    .map(Waiting::bound)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            AreaReport report = next(begin, nearest);
            List<AreaReport> over = report != null
                    ? List.of(report)
                    : open.values().stream()
                            .filter(waiting -> waiting.bound().compareTo(nearest) <= 0)
                            .map(waiting -> late(waiting.notes(), nearest))
                            .toList();
            for (AreaReport one : over) {
                if (open.remove(one.area()) != null) {
                    reports.put(one.area(), one);
                    progress.accept(one);
                }
            }
        }
        List<AreaReport> inOrder = new ArrayList<>();
        checks.forEach(check -> inOrder.add(reports.get(check.area())));
        return inOrder;
    }

    private @Nullable AreaReport next(long begin, Duration nearest) {
        Duration left = nearest.minus(since(begin));
        try {
            return ended.poll(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void look(AreaCheck check, Notes notes, long begin) {
        try {
            check.look(notes);
        } catch (CommandFailure known) {
            unseen(notes, known.text());
        } catch (PortFailure told) {
            unseen(notes, String.valueOf(told.getMessage()));
        } catch (RuntimeException fault) {
            unseen(notes, "unexpected failure: " + fault.getClass().getSimpleName());
            faults.accept(fault);
        }
        ended.add(new AreaReport(check.area(), notes.findings(), since(begin)));
    }

    private static void unseen(Notes notes, String why) {
        notes.say(
                Ailment.NOT_LOOKED_AT,
                "not all of it could be looked at: " + why,
                "area",
                notes.area().id());
    }

    /// Nobody interrupts what is late: it may be at a file that others share.
    private AreaReport late(Notes notes, Duration bound) {
        notes.say(
                Ailment.NOT_IN_TIME,
                "not all of it was seen within " + bound.toSeconds() + " s",
                "area",
                notes.area().id(),
                "seconds",
                Long.toString(bound.toSeconds() * LONGER));
        return new AreaReport(notes.area(), notes.findings(), bound);
    }

    private Duration since(long begin) {
        return Duration.ofNanos(time.nanos() - begin);
    }
}
