package dev.sluice.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A virtual thread for each task; a task never runs twice at once, and ends when it throws.
final class ThreadSchedule implements Schedule {
    @Override
    public Running every(Duration period, Runnable task) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("schedule").factory());
        ScheduledFuture<?> runs =
                thread.scheduleWithFixedDelay(task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        return () -> {
            runs.cancel(false); // never an interrupt: it would close the file that the task may be writing
            thread.close();
        };
    }
}
