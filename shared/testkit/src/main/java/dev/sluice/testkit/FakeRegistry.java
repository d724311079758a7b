package dev.sluice.testkit;

import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.ports.ConfigVersions;
import dev.sluice.core.ports.KeyBook;
import dev.sluice.core.ports.Registry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A registry in memory, with its owner's side. Requests can find it silent or unreadable; its owner always reaches it.
/// Thread-safe.
public final class FakeRegistry implements Registry, KeyBook, ConfigVersions {
    private final List<Version> versions = new ArrayList<>();
    private final Map<String, KeyRecord> keys = new HashMap<>();
    private boolean silent;
    private @Nullable String unreadable;
    private @Nullable String damagedHead;
    private int reads;

    /// Whether it answers no request any more.
    public synchronized void silent(boolean is) {
        silent = is;
    }

    /// What it cannot be read for; null: it can.
    public synchronized void unreadable(@Nullable String why) {
        unreadable = why;
    }

    /// What the configuration alone cannot be read for, the keys beside it can; null: it can.
    public synchronized void damagedHead(@Nullable String why) {
        damagedHead = why;
    }

    /// How often a request has asked, answered or not.
    public synchronized int reads() {
        return reads;
    }

    @Override
    public synchronized Reading read(Set<String> keyHashes) {
        reads++;
        if (silent) {
            return new Reading.Silent();
        }
        if (unreadable != null) {
            return new Reading.Unreadable(unreadable);
        }
        Map<String, KeyRecord> found = new HashMap<>(keys);
        found.keySet().retainAll(keyHashes);
        return damagedHead == null
                ? new Reading.Known(head(), Map.copyOf(found))
                : new Reading.Unreadable(damagedHead, Optional.of(Map.copyOf(found)));
    }

    @Override
    public synchronized boolean create(KeyRecord key) {
        boolean taken = keys.values().stream().anyMatch(other -> other.name().equals(key.name()));
        return !taken && keys.putIfAbsent(key.hash(), key) == null;
    }

    @Override
    public synchronized List<KeyRecord> list() {
        return keys.values().stream()
                .sorted(Comparator.comparing(KeyRecord::name))
                .toList();
    }

    @Override
    public synchronized boolean revoke(String name) {
        for (KeyRecord key : keys.values()) {
            if (key.name().equals(name) && !key.revoked()) {
                keys.put(key.hash(), key.revoke());
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized Optional<Version> head() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }

    @Override
    public synchronized Optional<Version> byNumber(long number) {
        return number < 1 || number > versions.size() ? Optional.empty() : Optional.of(versions.get((int) number - 1));
    }

    @Override
    public synchronized List<Version> history(int limit) {
        return versions.reversed().stream().limit(limit).toList();
    }

    @Override
    public synchronized Write write(long expectedVersion, String document, String who, Instant when) {
        if (versions.size() != expectedVersion) {
            return new Write.Conflict(versions.size());
        }
        Version version = new Version(expectedVersion + 1, document, who, when);
        versions.add(version);
        return new Write.Written(version);
    }
}
