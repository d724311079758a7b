package dev.sluice.core.routing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Ranks known names by how near they are to one that is not known.
final class ClosestNames {
    private static final int MOST = 3;
    private static final int LONGEST = 200;

    private ClosestNames() {}

    private record Ranked(String name, int distance) {}

    /// At most three, nearest first; of equally near ones in their given order. Empty when nothing is near.
    static List<String> to(String asked, Collection<String> known) {
        String wanted = asked.toLowerCase(Locale.ROOT);
        if (wanted.length() > LONGEST) {
            return List.of();
        }
        int farthest = Math.max(2, wanted.length() / 2);
        return known.stream()
                .distinct()
                .map(name -> new Ranked(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(ranked -> ranked.distance() <= farthest)
                .sorted(Comparator.comparingInt(Ranked::distance))
                .limit(MOST)
                .map(Ranked::name)
                .toList();
    }

    /// The edits between the two; the part before the slash is not held against a name that lacks it.
    private static int distance(String wanted, String name) {
        String tail = name.substring(name.indexOf('/') + 1);
        if (wanted.length() > 2 && tail.contains(wanted)) {
            return 1;
        }
        int whole = edits(wanted, name);
        return wanted.indexOf('/') < 0 && tail.length() < name.length()
                ? Math.min(whole, 1 + edits(wanted, tail))
                : whole;
    }

    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
