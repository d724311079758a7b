package dev.sluice.core.routing;

import dev.sluice.core.metering.Pace;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How things stand, for tests: all is well until told otherwise, and chance comes from a fixed seed.
final class Moment {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final Standing WELL = new Standing(List.of(), 0, null);

    final Map<String, Long> positions = new HashMap<>();
    final Map<String, Standing> standings = new HashMap<>();
    final Pace pace = new Pace();
    RandomGenerator random = new SplittableRandom(7);
    Instant now = NOW;
    long nanos = Duration.ofHours(1).toNanos();
    private @Nullable String session;

    Conditions conditions() {
        return new Conditions(
                positions, target -> standings.getOrDefault(target.ref(), WELL), pace, session, random, now, nanos);
    }

    Moment at(String alias, long position) {
        positions.put(alias, position);
        return this;
    }

    Moment session(String name) {
        session = name;
        return this;
    }

    /// Cooling down for another minute.
    Moment down(String ref) {
        standings.put(
                ref,
                new Standing(List.of(), 0, new Recovery(NOW.plusSeconds(60), true, Failure.Category.RATE_LIMITED)));
        return this;
    }

    /// That much of 100 left in its bucket for another hour.
    Moment left(String ref, int remaining) {
        standings.put(ref, new Standing(List.of(bucket(remaining)), 0, null));
        return this;
    }

    Moment failures(String ref, int failures) {
        standings.put(ref, new Standing(List.of(), failures, null));
        return this;
    }

    Moment well(String ref) {
        standings.remove(ref);
        return this;
    }

    static Fill bucket(int remaining) {
        return new Fill("day", "requests", 100 - remaining, 100, NOW.plusSeconds(3600));
    }

    Moment later(Duration by) {
        now = now.plus(by);
        nanos += by.toNanos();
        return this;
    }

    /// The refs in the order that the route has now.
    List<String> order(Route route) {
        return Configs.refsOf(route.plan(conditions()));
    }

    String first(Route route) {
        return order(route).getFirst();
    }
}
