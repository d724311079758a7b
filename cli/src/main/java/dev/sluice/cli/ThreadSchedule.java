package dev.sluice.cli;

import java.time.Duration;

/// A virtual thread for each task; a task is never run twice at once, and its failure does not end it.
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
