package dev.sluice.core.access;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys as they were last read: those of the store for as long as it may be silent, wrong ones only while they are
/// fresh. Wrong ones never push out the others. Thread-safe.
final class RecentKeys {
    private static final int MOST_UNKNOWN = 10_000;

    private final long freshNanos;
    private final long longestNanos;
    private final Map<String, Seen> known = new HashMap<>();
    private final Map<String, Long> unknown = new LinkedHashMap<>();

    /// @param asOf when the reading began
    private record Seen(KeyRecord key, long asOf) {}

    RecentKeys(long freshNanos, long longestNanos) {
        this.freshNanos = freshNanos;
        this.longestNanos = longestNanos;
    }

    /// Whether everything about these keys was read so lately that nobody has to ask again.
    synchronized boolean areFresh(Set<String> hashes, long nanos) {
        for (String hash : hashes) {
            Long asOf = asOf(hash);
            if (asOf == null || nanos - asOf >= freshNanos) {
                return false;
            }
        }
        return true;
    }

    /// What is known without asking.
    synchronized Look.Key recall(String hash, long nanos, Instant now) {
        Seen seen = known.get(hash);
        if (seen != null && nanos - seen.asOf() < longestNanos) {
            return judge(seen.key(), now);
        }
        Long asOf = unknown.get(hash);
        return asOf != null && nanos - asOf < freshNanos ? Look.Key.UNKNOWN : Look.Key.UNAVAILABLE;
    }

    static Look.Key judge(@Nullable KeyRecord key, Instant now) {
        return key != null && key.isValid(now) ? new Look.Key.Found(key.caller()) : Look.Key.UNKNOWN;
    }

    /// Takes what a reading that began then has found. What a later one said stays.
    synchronized void take(Set<String> asked, Map<String, KeyRecord> found, long asOf) {
        for (String hash : asked) {
            Long before = asOf(hash);
            if (before == null || asOf - before >= 0) {
                unknown.remove(hash); // so that it goes to the end when it comes again
                put(hash, found.get(hash), asOf);
            }
        }
    }

    private void put(String hash, @Nullable KeyRecord key, long asOf) {
        if (key != null) {
            known.put(hash, new Seen(key, asOf));
            return;
        }
        known.remove(hash);
        unknown.put(hash, asOf);
        if (unknown.size() > MOST_UNKNOWN) {
            unknown.remove(unknown.keySet().iterator().next());
        }
    }

    private @Nullable Long asOf(String hash) {
        Seen seen = known.get(hash);
        return seen == null ? unknown.get(hash) : Long.valueOf(seen.asOf());
    }
}
