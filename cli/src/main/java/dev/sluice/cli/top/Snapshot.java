package dev.sluice.cli.top;

import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.limits.LimitView;
import dev.sluice.core.ports.CallLog;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that `top` shows of one moment.
///
/// @param place where that is, in words
/// @param version of the configuration
/// @param spend empty: not measured
/// @param calls the last ones, the newest first; empty: not kept
/// @param notes what could not be read, one sentence each
public record Snapshot(
        Instant at,
        String place,
        long version,
        Flights flights,
        List<TargetLine> targets,
        List<BucketLine> buckets,
        Optional<Spend> spend,
        Optional<List<CallLog.Entry>> calls,
        List<String> notes) {

    /// What is under way, and who says so.
    public sealed interface Flights {
        /// The process that answers requests.
        record OfProcess(List<InFlight.Seen> calls) implements Flights {}

        /// The shared store, by what attempts have reserved: processes cannot be asked.
        record OfStore(List<Held> providers) implements Flights {}
    }

    /// @param attempts that hold a reservation; null: the provider has no bucket of tokens, and nobody tells
    public record Held(String provider, @Nullable Integer attempts) {}

    /// How a target stands, the worst first.
    public enum State {
        UNKNOWN("unknown", 0),
        COOLING("cools down", 1),
        OPEN("breaker open", 2),
        FULL("quota used up", 3),
        PROBING("breaker half-open", 4),
        FAILING("failing", 5),
        READY("ready", 6),
        OFF("disabled", 7);

        private final String words;
        private final int rank;

        State(String words, int rank) {
            this.words = words;
            this.rank = rank;
        }

        public String words() {
            return words;
        }

        public int rank() {
            return rank;
        }
    }

    /// @param until when it can be used again; null: it can, or nobody knows
    /// @param why the category of the failure behind it; null: none
    /// @param named whether its provider itself named that time
    /// @param failures in a row
    /// @param perMinute attempts that ended within the last minute; null: not kept
    /// @param atLeast whether more have ended than could be read
    /// @param underWay requests whose attempt is there now; null: nobody tells
    /// @param filled the share (0 to 1) used of its tightest bucket; null: none
    public record TargetLine(
            String ref,
            State state,
            @Nullable Instant until,
            @Nullable String why,
            boolean named,
            int failures,
            @Nullable Integer perMinute,
            boolean atLeast,
            @Nullable Integer underWay,
            @Nullable Double filled) {}

    /// @param owner the provider's id, or `key NAME`
    public record BucketLine(String owner, LimitView.Bucket bucket) {
        /// The share (0 to 1) that is used, reservations counted.
        public double filled() {
            return 1 - bucket.fill().remaining();
        }
    }

    /// @param lines by target and by key, the dearest first
    public record Spend(Sum today, Sum month, List<SpendLine> lines) {}

    /// @param what a target, or `key NAME`
    public record SpendLine(String what, Sum today, Sum month) {}

    /// @param usd of all that has a price
    /// @param unpriced how many requests are missing in it, because something that they used has none
    public record Sum(BigDecimal usd, long requests, long errors, long unpriced) {
        static final Sum NONE = new Sum(BigDecimal.ZERO, 0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(
                    usd.add(other.usd), requests + other.requests, errors + other.errors, unpriced + other.unpriced);
        }
    }
}
