package dev.sluice.core.metering;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How busy and how fast targets were lately in this process, by `provider/model`. Thread-safe, without a clock: moments
/// are nanoseconds of one.
///
/// Remembers the thousand that were attempted last.
public final class Pace {
    private static final int MOST_REFS = 1_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int MINUTE = 60;
    /// How much the newest measurement counts.
    private static final double NEWEST = 0.3;
    /// A measurement older than this says nothing of now.
    private static final long STALE = Duration.ofMinutes(5).toNanos();
    /// So long an attempt is waited for before another one is to measure: a silent target does not draw every request.
    private static final long MEASURING = Duration.ofSeconds(10).toNanos();

    private final Map<String, Track> tracks = new LinkedHashMap<>(16, 0.75f, true);

    /// How fast a target was.
    ///
    /// @param millis to the first content, the later the more it counts; infinite: not known
    /// @param due whether it is time to measure: not known or old, and no attempt is under way to do it
    public record Speed(double millis, boolean due) {
        static final Speed UNKNOWN = new Speed(Double.POSITIVE_INFINITY, true);
    }

    /// An attempt begins.
    public synchronized void started(String ref, long nanos) {
        track(ref).started(nanos);
    }

    /// An attempt's first content arrived, so long after its start.
    public synchronized void firstContent(String ref, Duration after, long nanos) {
        track(ref).measured(after, nanos);
    }

    /// How many attempts began in the last minute.
    public synchronized int attempts(String ref, long nanos) {
        Track track = tracks.get(ref);
        return track == null ? 0 : track.attempts(nanos);
    }

    public synchronized Speed speed(String ref, long nanos) {
        Track track = tracks.get(ref);
        return track == null ? Speed.UNKNOWN : track.speed(nanos);
    }

    private Track track(String ref) {
        Track track = tracks.get(ref);
        if (track == null) {
            track = new Track();
            tracks.put(ref, track);
            if (tracks.size() > MOST_REFS) {
                Iterator<String> eldest = tracks.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
        return track;
    }

    /// One target's.
    private static final class Track {
        /// Attempts of each of the last sixty seconds that had any, by second modulo sixty.
        private final int[] counts = new int[MINUTE];

        private final long[] seconds = new long[MINUTE];
        private @Nullable Long lastStart;
        private @Nullable Long measuredAt;
        private double millis;

        void started(long nanos) {
            long second = Math.floorDiv(nanos, SECOND);
            int slot = Math.floorMod(second, MINUTE);
            if (seconds[slot] != second) {
                seconds[slot] = second;
                counts[slot] = 0;
            }
            counts[slot]++;
            lastStart = nanos;
        }

        void measured(Duration after, long nanos) {
            double newest = after.toNanos() / 1e6;
            boolean isFresh = measuredAt != null && nanos - measuredAt <= STALE;
            millis = isFresh ? millis + NEWEST * (newest - millis) : newest;
            measuredAt = nanos;
        }

        int attempts(long nanos) {
            long now = Math.floorDiv(nanos, SECOND);
            int sum = 0;
            for (int slot = 0; slot < MINUTE; slot++) {
                sum += now - seconds[slot] < MINUTE ? counts[slot] : 0;
            }
            return sum;
        }

        Speed speed(long nanos) {
            boolean isFresh = measuredAt != null && nanos - measuredAt <= STALE;
            boolean isMeasuring = lastStart != null && nanos - lastStart < MEASURING;
            return new Speed(measuredAt == null ? Double.POSITIVE_INFINITY : millis, !isFresh && !isMeasuring);
        }
    }
}
