package dev.sluice.core.gateway;

import dev.sluice.core.routing.Target;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which targets have said that they cannot count tokens, so that not every count has to hear it again. Thread-safe.
final class Countless {
    /// A provider learns it some day.
    private static final long HELD_NANOS = Duration.ofMinutes(30).toNanos();

    /// More targets than this nobody has; names that clients choose cannot fill the memory.
    private static final int MOST = 1000;

    private final Map<String, Long> since = new ConcurrentHashMap<>();

    boolean allows(Target target, long now) {
        Long said = since.get(key(target));
        return said == null || now - said >= HELD_NANOS;
    }

    void cannot(Target target, long now) {
        if (since.size() >= MOST) {
            since.clear();
        }
        since.put(key(target), now);
    }

    void can(Target target) {
        since.remove(key(target));
    }

    private static String key(Target target) {
        return target.dialect().id() + " " + target.ref();
    }
}
