package dev.sluice.cli.lambda;

import dev.sluice.core.ports.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/// Looks at what a process holds of memory, as Linux tells it, until it is more than its function has. Where there is no
/// `/proc` nothing is ever too much.
///
/// Looks at the process itself, not at others that it starts. One watch per process, on a virtual thread of its own.
final class MemoryWatch {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String RESIDENT = "VmRSS:";

    private MemoryWatch() {}

    /// @param exceeded called once, with the megabytes that were seen
    static void start(long pid, int megabytes, Time time, LongConsumer exceeded) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (Files.isReadable(status)) {
            Thread.ofVirtual().name("memory-watch").start(() -> look(status, megabytes * 1024L, time, exceeded));
        }
    }

    private static void look(Path status, long most, Time time, LongConsumer exceeded) {
        try {
            long seen = kilobytes(Files.readString(status));
            while (seen >= 0 && seen <= most) {
                time.sleep(PAUSE);
                seen = kilobytes(Files.readString(status));
            }
            if (seen > most) {
                exceeded.accept(seen / 1024);
            }
        } catch (IOException ended) {
            // its memory went with the process
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the kernel's report says is resident; negative when the process holds none any more.
    static long kilobytes(String status) {
        int at = status.indexOf(RESIDENT);
        if (at < 0) {
            return -1;
        }
        int end = status.indexOf(" kB", at);
        return end < 0
                ? -1
                : Long.parseLong(status.substring(at + RESIDENT.length(), end).strip());
    }
}
