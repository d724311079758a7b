package dev.sluice.cli.tool.diff;

import dev.sluice.cli.tool.text.Lines;
import java.util.List;
import java.util.Optional;

/// Two changes of one text, both made.
public final class ThreeWay {
    private ThreeWay() {}

    /// The text with both changes; empty when they touch the same lines.
    public static Optional<String> merge(String base, String one, String other) {
        List<LineDiff.Change> ones = LineDiff.of(base, one);
        List<LineDiff.Change> others = LineDiff.of(base, other);
        for (LineDiff.Change change : ones) {
            if (others.stream().anyMatch(against -> !against.equals(change) && meet(change, against))) {
                return Optional.empty();
            }
        }
        List<String> lines = Lines.of(base);
        StringBuilder merged = new StringBuilder();
        int at = 0;
        int i = 0;
        int j = 0;
        while (i < ones.size() || j < others.size()) {
            boolean isOne = j == others.size() || i < ones.size() && isFirst(ones.get(i), others.get(j));
            LineDiff.Change change = isOne ? ones.get(i++) : others.get(j++);
            if (isOne && j < others.size() && others.get(j).equals(change)) {
                j++;
            }
            lines.subList(at, Math.max(at, change.from())).forEach(merged::append);
            change.lines().forEach(merged::append);
            at = change.to();
        }
        lines.subList(at, lines.size()).forEach(merged::append);
        return Optional.of(merged.toString());
    }

    private static boolean isFirst(LineDiff.Change one, LineDiff.Change other) {
        return one.from() != other.from() ? one.from() < other.from() : one.to() <= other.to();
    }

    /// Beside one another is not together: only the same lines, or two insertions at one place, are in each other's way.
    private static boolean meet(LineDiff.Change one, LineDiff.Change other) {
        boolean isOnePoint = one.from() == one.to();
        boolean isOtherPoint = other.from() == other.to();
        if (isOnePoint && isOtherPoint) {
            return one.from() == other.from();
        }
        return Math.max(one.from(), other.from()) < Math.min(one.to(), other.to())
                || isOnePoint && one.from() > other.from() && one.from() < other.to()
                || isOtherPoint && other.from() > one.from() && other.from() < one.to();
    }
}
