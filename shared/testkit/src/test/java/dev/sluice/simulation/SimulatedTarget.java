package dev.sluice.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One target of the simulation: what it does with an attempt, and what has reached it.
final class SimulatedTarget {
    private static final double SIGMA = 0.4;
    private static final double STREAM_SIGMA = 0.2;
    private static final double HEADERS_SHARE = 0.6;
    private static final Duration REFUSAL = Duration.ofMillis(5);
    private static final Duration RATE_LIMIT_ANSWER = Duration.ofMillis(40);

    private final TargetSpec spec;
    private final int index;
    private final Load load;
    private final List<Duration> arrivals = new ArrayList<>();
    private final Map<Integer, Integer> attemptsByRequest = new HashMap<>();
    private long window = -1;
    private int inWindow;

    SimulatedTarget(TargetSpec spec, int index, Load load) {
        this.spec = spec;
        this.index = index;
        this.load = load;
    }

    /// What happens to an attempt, and when, counted from its arrival.
    sealed interface Fate {
        /// @param headers when the status comes
        /// @param content when the first content comes
        /// @param end when the last piece comes
        record Answers(Duration headers, Duration content, Duration end) implements Fate {}

        record Refuses(Duration after) implements Fate {}

        record KeepsSilent() implements Fate {}

        record Fails(Duration after) implements Fate {}

        /// @param retryAfterSeconds 0: not named
        record Limits(Duration after, long retryAfterSeconds) implements Fate {}
    }

    TargetSpec spec() {
        return spec;
    }

    int index() {
        return index;
    }

    /// When each attempt reached it, in order; those that were refused before the connection stood too.
    List<Duration> arrivals() {
        return arrivals;
    }

    Fate attempt(int request, Duration now) {
        arrivals.add(now);
        int attempt = attemptsByRequest.merge(request, 1, Integer::sum);
        return switch (spec.script().at(now)) {
            case Behaviour.Serves(double slowness) -> answers(request, attempt, now, slowness);
            case Behaviour.Refuses _ -> new Fate.Refuses(REFUSAL);
            case Behaviour.KeepsSilent _ -> new Fate.KeepsSilent();
            case Behaviour.Fails(Duration after) -> new Fate.Fails(after);
            case Behaviour.Limits limits -> limited(request, attempt, now, limits);
        };
    }

    private Fate answers(int request, int attempt, Duration now, double slowness) {
        double busy = Math.max(1, (double) inTheLastSecond(now) / spec.capacity());
        double content = spec.medianMillis()
                * slowness
                * busy
                * Dice.logNormal(1, SIGMA, load.seed(), 4, request, index, attempt);
        double end = content + load.stream().toMillis() * Dice.logNormal(1, STREAM_SIGMA, load.seed(), 5, request);
        return new Fate.Answers(millis(content * HEADERS_SHARE), millis(content), millis(end));
    }

    private Fate limited(int request, int attempt, Duration now, Behaviour.Limits limits) {
        long current = now.toNanos() / limits.window().toNanos();
        if (current != window) {
            window = current;
            inWindow = 0;
        }
        if (++inWindow <= limits.most()) {
            return answers(request, attempt, now, 1);
        }
        Duration left = limits.window().multipliedBy(current + 1).minus(now);
        return new Fate.Limits(
                RATE_LIMIT_ANSWER, limits.names() ? left.plusMillis(999).toSeconds() : 0);
    }

    private int inTheLastSecond(Duration now) {
        Duration since = now.minusSeconds(1);
        int count = 0;
        for (int i = arrivals.size() - 1; i >= 0 && arrivals.get(i).compareTo(since) > 0; i--) {
            count++;
        }
        return count;
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}
