package dev.sluice.simulation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The worst cell of the whole matrix, law by law.
final class Summary {
    private final Map<Cell, Measures> measures;

    /// @param measures of every cell
    Summary(Map<Cell, Measures> measures) {
        this.measures = measures;
    }

    String text() {
        Cell leastServed = worst(cell -> -measures.get(cell).successRate());
        Cell mostAdded = worst(this::added);
        Cell mostOver = worst(cell -> measures.get(cell).overshoot());
        Cell mostAsked = worst(this::shareOfBound);
        return "\n## In short\n\n"
                + "| law | worst | where |\n| --- | --- | --- |\n"
                + row(
                        "served, of what some target could serve: at least 99.9 %",
                        servedShare(leastServed),
                        measures.get(leastServed).successRate() == 1 ? "everywhere" : name(leastServed))
                + row(
                        "added p99: at most one attempt's time, 20 s (20.4 s with a cold start)",
                        Report.seconds((long) added(mostAdded)) + " s",
                        name(mostAdded))
                + row(
                        "over the caps: 0",
                        Long.toString(measures.get(mostOver).overshoot()),
                        measures.get(mostOver).overshoot() == 0 ? "everywhere" : name(mostOver))
                + row(
                        "attempts at a target under a total outage, of what is allowed: at most 100 %",
                        Report.decimals(1, 100 * shareOfBound(mostAsked)) + " %", name(mostAsked))
                + slowerThanTheirAttempts();
    }

    private static String row(String law, String value, String where) {
        return "| " + law + " | " + value + " | " + where + " |\n";
    }

    private static String name(Cell cell) {
        return cell.scenario().id() + ", " + cell.strategy().id() + ", "
                + cell.place().id();
    }

    private String servedShare(Cell cell) {
        return Report.share(measures.get(cell).successRate()) + " %";
    }

    /// The first of the worst, in the order of the page.
    private Cell worst(ToDoubleFunction<Cell> badness) {
        List<Cell> cells = Cell.all();
        return cells.stream()
                .max(Comparator.comparingDouble(badness).thenComparingInt(cell -> -cells.indexOf(cell)))
                .orElseThrow();
    }

    private double added(Cell cell) {
        return cell.scenario().canServe()
                ? measures.get(cell).p99Nanos() - measures.get(cell.steady()).p99Nanos()
                : 0;
    }

    private double shareOfBound(Cell cell) {
        Measures of = measures.get(cell);
        return cell.scenario().canServe()
                ? 0
                : Arrays.stream(of.attemptsByTarget()).max().orElse(0) / of.attemptsBound();
    }

    /// Repeats at a target that is slow to fail cost several attempts' time; the law allows that of the longest possible.
    private String slowerThanTheirAttempts() {
        String slow = Cell.all().stream()
                .filter(cell -> added(cell) > measures.get(cell).longestAttemptNanos())
                .map(cell -> name(cell) + " (" + Report.seconds((long) added(cell)) + " s)")
                .collect(Collectors.joining("; "));
        return "\nAdded p99 beyond the longest attempt of the same run: " + (slow.isEmpty() ? "nowhere" : slow) + ".\n";
    }
}
