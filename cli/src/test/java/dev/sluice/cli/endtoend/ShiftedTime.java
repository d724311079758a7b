package dev.sluice.cli.endtoend;

import dev.sluice.cli.SystemTime;
import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// The machine's clock, set forward by tests that do not wait.
final class ShiftedTime implements Time {
    private final SystemTime machine = new SystemTime();
    private final AtomicLong aheadNanos = new AtomicLong();

    void pass(Duration duration) {
        aheadNanos.addAndGet(duration.toNanos());
    }

    @Override
    public Instant now() {
        return machine.now().plusNanos(aheadNanos.get());
    }

    @Override
    public long nanos() {
        return machine.nanos() + aheadNanos.get();
    }

    @Override
    public void sleep(Duration duration) {
        pass(duration);
    }
}
