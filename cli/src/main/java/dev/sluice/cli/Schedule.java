package dev.sluice.cli;

import java.time.Duration;

/// Runs something again and again. By hand in tests.
@FunctionalInterface
public interface Schedule {
    Running every(Duration period, Runnable task);

    /// What is run again and again until it is closed.
    interface Running extends AutoCloseable {
        @Override
        void close();
    }
}
