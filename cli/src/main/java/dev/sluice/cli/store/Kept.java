package dev.sluice.cli.store;

import java.util.HashMap;
import java.util.Map;

/// Values put into a map of the store and brought to the disk, or left as they were.
final class Kept {
    private Kept() {}

    /// @param commit brings what was put to the disk; when it throws, the map says what it said before
    static <K> void put(Map<K, String> map, Map<K, String> values, Runnable commit) {
        Map<K, String> before = new HashMap<>();
        values.keySet().stream().filter(map::containsKey).forEach(key -> before.put(key, map.get(key)));
        map.putAll(values);
        try {
            commit.run();
        } catch (RuntimeException notOnTheDisk) {
            restore(map, values, before, notOnTheDisk);
            throw notOnTheDisk;
        }
    }

    /// A store that could not be written may have closed itself: then nothing of it is in force, either.
    private static <K> void restore(
            Map<K, String> map, Map<K, String> values, Map<K, String> before, RuntimeException cause) {
        try {
            values.keySet().forEach(map::remove);
            map.putAll(before);
        } catch (RuntimeException closed) {
            cause.addSuppressed(closed);
        }
    }
}
