package dev.sluice.cli;

import java.time.Duration;

/// A virtual thread for each task; a task never runs twice at once, and ends when it throws.
final class ThreadSchedule implements Schedule {
    @Override
    public Running every(Duration period, Runnable task) {
        Thread thread = Thread.ofVirtual().name("schedule").start(() -> repeat(period, task));
        return thread::interrupt;
    }

    private static void repeat(Duration period, Runnable task) {
        try {
            while (true) {
                Thread.sleep(period);
                task.run();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
