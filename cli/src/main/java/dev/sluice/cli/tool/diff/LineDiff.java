package dev.sluice.cli.tool.diff;

import dev.sluice.cli.tool.text.Lines;
import java.util.ArrayList;
import java.util.List;

/// What makes one text out of another: lines taken out and lines put in their place.
public final class LineDiff {
    /// Above that many pairs of lines the differing middle is one change.
    private static final long MOST = 4_000_000;

    private LineDiff() {}

    /// Lines `from` to before `to` of the first text give way to these.
    public record Change(int from, int to, List<String> lines) {}

    public static List<Change> of(String first, String second) {
        return of(Lines.of(first), Lines.of(second));
    }

    static List<Change> of(List<String> first, List<String> second) {
        int start = 0;
        while (start < first.size() && start < second.size() && first.get(start).equals(second.get(start))) {
            start++;
        }
        int same = 0;
        while (same < first.size() - start
                && same < second.size() - start
                && first.get(first.size() - 1 - same).equals(second.get(second.size() - 1 - same))) {
            same++;
        }
        List<String> before = first.subList(start, first.size() - same);
        List<String> after = second.subList(start, second.size() - same);
        if (before.isEmpty() && after.isEmpty()) {
            return List.of();
        }
        return (long) before.size() * after.size() > MOST
                ? List.of(new Change(start, start + before.size(), List.copyOf(after)))
                : middle(before, after, start);
    }

    /// By the longest common subsequence.
    private static List<Change> middle(List<String> before, List<String> after, int offset) {
        int[][] common = common(before, after);
        List<Change> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            int from = i;
            List<String> lines = new ArrayList<>();
            while (i < before.size() && !(j < after.size() && before.get(i).equals(after.get(j)))
                    || j < after.size() && !(i < before.size() && before.get(i).equals(after.get(j)))) {
                if (j >= after.size() || i < before.size() && common[i + 1][j] >= common[i][j + 1]) {
                    i++;
                } else {
                    lines.add(after.get(j++));
                }
            }
            if (i > from || !lines.isEmpty()) {
                changes.add(new Change(offset + from, offset + i, lines));
            }
            while (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                i++;
                j++;
            }
        }
        return changes;
    }

    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
