package dev.sluice.cli.tool.diff;

import dev.sluice.cli.tool.text.Lines;
import java.util.ArrayList;
import java.util.List;

/// The difference of two texts as `diff -u` prints it, without the two lines of names.
public final class UnifiedDiff {
    private final List<String> first;
    private final int context;
    private final List<String> printed = new ArrayList<>();

    private UnifiedDiff(List<String> first, int context) {
        this.first = first;
        this.context = context;
    }

    /// The lines of the difference, without line ends; empty when the texts are the same.
    ///
    /// @param context how many lines around a change are shown
    public static List<String> lines(String first, String second, int context) {
        UnifiedDiff diff = new UnifiedDiff(Lines.of(first), context);
        diff.print(LineDiff.of(first, second));
        return diff.printed;
    }

    private void print(List<LineDiff.Change> changes) {
        int shift = 0;
        int next = 0;
        while (next < changes.size()) {
            int last = next;
            while (last + 1 < changes.size()
                    && changes.get(last + 1).from() - changes.get(last).to() <= 2 * context) {
                last++;
            }
            shift = hunk(changes.subList(next, last + 1), shift);
            next = last + 1;
        }
    }

    /// Prints neighbouring changes together, and answers by how many lines the second text is ahead behind them.
    private int hunk(List<LineDiff.Change> changes, int shift) {
        int from = Math.max(0, changes.getFirst().from() - context);
        int to = Math.min(first.size(), changes.getLast().to() + context);
        int grown = 0;
        for (LineDiff.Change change : changes) {
            grown += change.lines().size() - (change.to() - change.from());
        }
        printed.add("@@ -" + range(from, to - from) + " +" + range(from + shift, to - from + grown) + " @@");
        int at = from;
        for (LineDiff.Change change : changes) {
            lines(' ', first.subList(at, change.from()));
            lines('-', first.subList(change.from(), change.to()));
            lines('+', change.lines());
            at = change.to();
        }
        lines(' ', first.subList(at, to));
        return shift + grown;
    }

    private static String range(int from, int count) {
        return count == 1 ? String.valueOf(from + 1) : (count == 0 ? from : from + 1) + "," + count;
    }

    private void lines(char mark, List<String> lines) {
        for (String line : lines) {
            boolean isEnded = line.endsWith("\n");
            printed.add(mark + (isEnded ? line.substring(0, line.length() - 1) : line));
            if (!isEnded) {
                printed.add("\\ No newline at end of file");
            }
        }
    }
}
