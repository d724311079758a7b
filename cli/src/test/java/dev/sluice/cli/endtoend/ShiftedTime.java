package dev.sluice.cli.endtoend;

import dev.sluice.cli.SystemTime;
import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that goes as the machine's does and is set forward by tests that do not wait. It begins at noon in the middle of a
/// month to come, so that no day and no month ends within a test, and nothing it writes has expired by the machine's clock.
final class ShiftedTime implements Time {
    private final SystemTime machine = new SystemTime();
    private final Instant noon = machine.now()
            .atZone(ZoneOffset.UTC)
            .plusMonths(1)
            .withDayOfMonth(15)
            .truncatedTo(ChronoUnit.DAYS)
            .plusHours(12)
            .toInstant();
    private final long begin = machine.nanos();
    private final AtomicLong aheadNanos = new AtomicLong();

    void pass(Duration duration) {
        aheadNanos.addAndGet(duration.toNanos());
    }

    @Override
    public Instant now() {
        return noon.plusNanos(nanos() - begin);
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
