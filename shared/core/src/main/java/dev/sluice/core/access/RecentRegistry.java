package dev.sluice.core.access;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.ports.Registry;
import dev.sluice.core.ports.Registry.Reading;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.StoreBreaker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// The configuration and the keys as every request goes by them: read when a request needs them and what was read last
/// is no longer fresh, both at once; nothing is read in the background.
///
/// A request that starts `fresh` after a write goes by it. While the store is silent, what it said last counts for 15
/// minutes, then it is a 503: a key is never refused because a store failed. A head that cannot be read changes nothing,
/// and of the keys only what can be read beside it.
/// Thread-safe; waits for the store no longer than one read takes.
public final class RecentRegistry {
    /// How old what is shared may be before the store is asked again.
    public static final Duration FRESH = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Registry registry;
    private final Own own;
    private final StoreBreaker breaker;
    private final Time time;
    private final long freshNanos;
    private final RecentKeys keys;
    private final RecentConfig config;
    private final Map<Set<String>, Flight> flights = new ConcurrentHashMap<>();

    /// Who is told of changes, on the thread of the request that found them.
    public interface Listener {
        /// A configuration is about to come in force: no request goes by it before this returns.
        void taken(ConfigSnapshot snapshot);

        /// A sentence for the owner, once for each thing that is wrong.
        void note(String sentence);

        /// Nobody.
        Listener NONE = new Listener() {
            @Override
            public void taken(ConfigSnapshot snapshot) {}

            @Override
            public void note(String sentence) {}
        };
    }

    /// Callers that are known without the store. Asked with every request: answers at once, and as it is now.
    @FunctionalInterface
    public interface Own {
        /// Whoever has the key of that hash; empty: the store may know it.
        Optional<Caller> caller(String keyHash);
    }

    /// A read under way, for others that want the same.
    private record Flight(long began, CompletableFuture<Reading> reading) {}

    /// @param own callers that are known without the store, by the hash of their key
    /// @param breaker shared by all that ask the same store
    /// @param fresh zero: every request asks
    public RecentRegistry(
            Registry registry,
            Map<String, Caller> own,
            StoreBreaker breaker,
            Time time,
            Duration fresh,
            Listener listener) {
        this(registry, hash -> Optional.ofNullable(own.get(hash)), breaker, time, fresh, listener);
    }

    /// @param own those who are known without the store
    /// @param breaker shared by all that ask the same store
    /// @param fresh zero: every request asks
    public RecentRegistry(
            Registry registry, Own own, StoreBreaker breaker, Time time, Duration fresh, Listener listener) {
        this.registry = registry;
        this.own = own;
        this.breaker = breaker;
        this.time = time;
        this.freshNanos = fresh.toNanos();
        this.keys = new RecentKeys(freshNanos, LONGEST.toNanos());
        this.config = new RecentConfig(freshNanos, LONGEST.toNanos(), listener);
    }

    /// What a request that starts now goes by.
    ///
    /// @param keyHashes of the keys that came with it; may be empty
    public Look look(Set<String> keyHashes) {
        long nanos = time.nanos();
        Set<String> asked = new LinkedHashSet<>(keyHashes);
        Map<String, Look.Key> known = new HashMap<>();
        for (String hash : keyHashes) {
            own.caller(hash).ifPresent(caller -> known.put(hash, new Look.Key.Found(caller)));
        }
        asked.removeAll(known.keySet());
        if (config.isFresh(nanos) && keys.areFresh(asked, nanos)) {
            return look(asked, known, nanos, new Reading.Silent());
        }
        return look(asked, known, nanos, read(Set.copyOf(asked), nanos));
    }

    /// What was read is no longer fresh: after a change that this process has made itself.
    public void expire() {
        config.expire(time.nanos());
    }

    /// The configuration that was read last, without a look at the store; an empty one before the first.
    public ConfigSnapshot lastSeen() {
        return config.lastGood();
    }

    /// @param found what is known without the store
    private Look look(Set<String> hashes, Map<String, Look.Key> found, long nanos, Reading reading) {
        Instant now = time.now();
        for (String hash : hashes) {
            found.put(hash, key(hash, nanos, now, reading));
        }
        boolean asked = !(reading instanceof Reading.Silent);
        boolean stale = config.isTroubled() || !asked && !config.isFresh(nanos);
        return new Look(config.usable(nanos), stale, found);
    }

    private Look.Key key(String hash, long nanos, Instant now, Reading reading) {
        return reading instanceof Reading.Known(var _, Map<String, KeyRecord> read)
                ? RecentKeys.judge(read.get(hash), now)
                : keys.recall(hash, nanos, now);
    }

    /// Reads, or waits for somebody who reads the same and began while what he finds is still fresh for us.
    private Reading read(Set<String> asked, long nanos) {
        Flight mine = new Flight(nanos, new CompletableFuture<>());
        Flight other = flights.putIfAbsent(asked, mine);
        if (other != null && nanos - other.began() < freshNanos) {
            return other.reading().join();
        }
        Reading reading = new Reading.Silent();
        try {
            reading = ask(asked);
        } finally {
            flights.remove(asked, mine);
            mine.reading().complete(reading);
        }
        return reading;
    }

    private Reading ask(Set<String> asked) {
        long began = time.nanos();
        if (!breaker.allows(began)) {
            return new Reading.Silent();
        }
        Reading reading = registry.read(asked);
        switch (reading) {
            case Reading.Known(var head, var found) -> {
                breaker.answered();
                keys.take(asked, found, began);
                config.take(head, began);
            }
            case Reading.Unreadable(String why, var found) -> {
                breaker.answered();
                found.ifPresent(records -> keys.take(asked, records, began));
                config.unreadable(why, began);
            }
            case Reading.Silent _ -> breaker.silent(time.nanos());
        }
        return reading;
    }
}
