package dev.sluice.simulation;

import dev.sluice.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/// The environments there are. As on Lambda each serves one request at a time: the warm one that was used last is used
/// again, and when none is free a new one starts with nothing in its memory.
final class Environments {
    static final Duration START_UP = Duration.ofMillis(400);
    private static final Duration EXPIRY = Duration.ofMinutes(2);

    private final VirtualScheduler time;
    private final boolean isLambda;
    private final IntFunction<Environment> maker;
    private final List<Environment> all = new ArrayList<>();
    private final Deque<Environment> free = new ArrayDeque<>();

    Environments(VirtualScheduler time, boolean isLambda, IntFunction<Environment> maker) {
        this.time = time;
        this.isLambda = isLambda;
        this.maker = maker;
    }

    /// One for a request; a new one takes time to start.
    Environment take() {
        if (!isLambda) {
            return all.isEmpty() ? started() : all.getFirst();
        }
        free.removeIf(idle -> idle.lastUsed().plus(EXPIRY).compareTo(time.elapsed()) <= 0);
        Environment warm = free.pollFirst();
        if (warm != null) {
            return warm;
        }
        time.sleep(START_UP);
        return started();
    }

    private Environment started() {
        Environment fresh = maker.apply(all.size());
        all.add(fresh);
        return fresh;
    }

    void giveBack(Environment environment) {
        environment.used(time.elapsed());
        if (isLambda) {
            free.addFirst(environment);
        }
    }

    /// All that ever started.
    List<Environment> all() {
        return all;
    }
}
