package dev.sluice.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Known names near to one that is not known: letters put, taken, changed or swapped, in any case and with any hyphens.
public final class NearestName {
    private static final int LONGEST = 200;
    private static final int SHORTEST_PART = 4;
    private static final int MOST_KNOWN = 5000;

    private NearestName() {}

    private record Ranked(String name, int distance) {}

    /// The nearest name; empty when none is near.
    public static Optional<String> of(String wanted, Collection<String> known) {
        return closest(wanted, known, 1).stream().findFirst();
    }

    /// At most that many, nearest first; equally near ones in the order of the alphabet. Of very many known names only the
    /// first are looked at.
    public static List<String> closest(String wanted, Collection<String> known, int most) {
        String bare = bare(wanted);
        if (bare.isEmpty() || wanted.length() > LONGEST) {
            return List.of();
        }
        int farthest = farthest(bare.length());
        return known.stream()
                .distinct()
                .filter(name -> name.length() <= LONGEST)
                .limit(MOST_KNOWN)
                .map(name -> new Ranked(name, distance(bare, bare(name))))
                .filter(ranked -> ranked.distance() <= farthest)
                .sorted(Comparator.comparingInt(Ranked::distance).thenComparing(Ranked::name))
                .limit(most)
                .map(Ranked::name)
                .toList();
    }

    /// In a short word every second letter may be wrong and it is still another word.
    private static int farthest(int length) {
        if (length <= 3) {
            return 1;
        }
        return Math.max(2, length / 3);
    }

    private static String bare(String name) {
        StringBuilder bare = new StringBuilder(name.length());
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c != '-' && c != '_') {
                bare.append(c);
            }
        }
        return bare.toString();
    }

    /// A provider's part in a known name is not held against a name without one, nor what surrounds a name in full.
    private static int distance(String wanted, String known) {
        int edits = edits(wanted, known);
        int slash = known.indexOf('/');
        if (slash >= 0 && wanted.indexOf('/') < 0) {
            edits = Math.min(edits, 1 + edits(wanted, known.substring(slash + 1)));
        }
        return wanted.length() >= SHORTEST_PART && isPart(wanted, known) ? Math.min(edits, 2) : edits;
    }

    /// Whether the known name holds the wanted one, or all but its last letter at the beginning: `retry` and `retries`.
    private static boolean isPart(String wanted, String known) {
        return known.contains(wanted)
                || wanted.length() > SHORTEST_PART && known.startsWith(wanted.substring(0, wanted.length() - 1));
    }

    private static int edits(String from, String to) {
        int apart = Math.abs(from.length() - to.length());
        if (apart > farthest(from.length())) {
            return apart;
        }
        int[] beforePrevious = new int[to.length() + 1];
        int[] previous = new int[to.length() + 1];
        int[] current = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
                if (areSwapped(from, i, to, j)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] spare = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = spare;
        }
        return previous[to.length()];
    }

    private static boolean areSwapped(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
