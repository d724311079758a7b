package dev.sluice.cli.command;

import dev.sluice.cli.Printable;
import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Calls as lines in columns, which stay where they are from one batch to the next and never become narrower.
///
/// Where they do not fit into the terminal, the least important ones are left out.
final class CallColumns {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

    private final int width;
    private final ZoneId zone;
    private final LocalDate today;
    private final Paint paint;
    private final Map<Column, Integer> widths = new EnumMap<>(Column.class);
    private Set<Column> shown = EnumSet.allOf(Column.class);

    /// @param width how many letters fit on a line
    CallColumns(int width, ZoneId zone, Instant now, Paint paint) {
        this.width = width;
        this.zone = zone;
        this.today = now.atZone(zone).toLocalDate();
        this.paint = paint;
        for (Column column : Column.values()) {
            widths.put(column, Math.max(column.name().length(), column.least));
        }
    }

    /// In the order in which they stand. The higher its rank, the sooner a column is left out; 0: never.
    private enum Column {
        TIME(8, 14, false, 0),
        KEY(6, 16, false, 4),
        TOOL(11, 12, false, 6),
        MODEL(8, 22, false, 1),
        TARGET(10, 30, false, 0),
        TRIES(1, 22, false, 5),
        STATUS(3, 15, false, 0),
        IN(5, 6, true, 3),
        CACHED(6, 6, true, 9),
        OUT(5, 6, true, 3),
        COST(7, 8, true, 7),
        FIRST(6, 7, true, 8),
        TOOK(6, 7, true, 2);

        private final int least;
        private final int most;
        private final boolean isNumber;
        private final int rank;

        Column(int least, int most, boolean isNumber, int rank) {
            this.least = least;
            this.most = most;
            this.isNumber = isNumber;
            this.rank = rank;
        }

        /// Between it and the one before: numbers stand at the right of theirs.
        int gap() {
            return isNumber ? 1 : 2;
        }
    }

    /// The line above the first batch, whose widths count for it.
    String head(List<CallLog.Entry> first) {
        first.forEach(entry -> widen(cells(entry)));
        fit();
        Map<Column, String> names = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            names.put(column, column.name());
        }
        return paint.strong(line(names).stripTrailing());
    }

    String row(CallLog.Entry entry) {
        Map<Column, String> cells = cells(entry);
        widen(cells);
        fit();
        String line = line(cells).stripTrailing();
        if (entry.outcome().equals("ok")) {
            return line;
        }
        return CallFilter.isError(entry) && entry.status() / 100 != 4 ? paint.removed(line) : paint.warn(line);
    }

    private void widen(Map<Column, String> cells) {
        cells.forEach((column, cell) -> widths.merge(column, cell.length(), Math::max));
    }

    private void fit() {
        while (total() > width) {
            Column least = shown.stream()
                    .max((one, other) -> Integer.compare(one.rank, other.rank))
                    .orElseThrow();
            if (least.rank == 0) {
                return;
            }
            shown = shown.stream()
                    .filter(column -> column != least)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Column.class)));
        }
    }

    private int total() {
        int total = 0;
        for (Column column : shown) {
            total += widths.getOrDefault(column, 0) + (total == 0 ? 0 : column.gap());
        }
        return total;
    }

    private String line(Map<Column, String> cells) {
        StringBuilder line = new StringBuilder();
        for (Column column : shown) {
            String cell = cells.getOrDefault(column, "");
            String space = " ".repeat(widths.getOrDefault(column, 0) - cell.length());
            line.repeat(' ', line.isEmpty() ? 0 : column.gap()).append(column.isNumber ? space + cell : cell + space);
        }
        return line.toString();
    }

    private Map<Column, String> cells(CallLog.Entry entry) {
        Usage usage = entry.usage();
        Map<Column, String> cells = new EnumMap<>(Column.class);
        cells.put(Column.TIME, time(entry.over()));
        cells.put(Column.KEY, entry.caller());
        cells.put(Column.TOOL, CallText.orDash(entry.tool()));
        cells.put(Column.MODEL, entry.model());
        cells.put(Column.TARGET, "-> " + CallText.orDash(entry.target()));
        cells.put(Column.TRIES, tries(entry));
        cells.put(Column.STATUS, CallText.status(entry));
        cells.put(Column.IN, usage.isReported() ? CallText.count(usage.prompt()) : "-");
        cells.put(Column.CACHED, CallText.count(usage.cacheRead()));
        cells.put(Column.OUT, CallText.count(usage.output()));
        cells.put(Column.COST, CallText.usd(entry.usd()));
        cells.put(Column.FIRST, entry.firstContent() == null ? "-" : CallLogJson.seconds(entry.firstContent()) + "s");
        cells.put(Column.TOOK, CallLogJson.seconds(entry.total()) + "s");
        cells.replaceAll((column, cell) -> clipped(Printable.of(cell), column.most));
        return cells;
    }

    private String time(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        return (local.toLocalDate().equals(today) ? TIME : DAY).format(local);
    }

    /// How many there were, and what became of those that failed.
    private static String tries(CallLog.Entry entry) {
        String failed = entry.attempts().stream()
                .map(CallText.Attempt::of)
                .map(CallText.Attempt::result)
                .collect(Collectors.joining(","));
        int count = entry.attempts().size() + (CallText.isAnswered(entry) ? 1 : 0);
        return (count + " " + failed).strip();
    }

    private static String clipped(String cell, int most) {
        return cell.length() <= most ? cell : cell.substring(0, most - 1) + "\u2026";
    }
}
