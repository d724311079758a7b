package dev.sluice.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Runs what was scheduled when the test says so.
public final class ManualSchedule implements Schedule {
    private final List<Runnable> tasks = new CopyOnWriteArrayList<>();

    @Override
    public Running every(Duration period, Runnable task) {
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    public void tick() {
        tasks.forEach(Runnable::run);
    }

    public boolean isIdle() {
        return tasks.isEmpty();
    }
}
