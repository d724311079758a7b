package dev.sluice.cli.top;

import dev.sluice.cli.Printable;
import dev.sluice.cli.top.Section.Column;
import dev.sluice.cli.top.Snapshot.BucketLine;
import dev.sluice.cli.top.Snapshot.Flights;
import dev.sluice.cli.top.Snapshot.Held;
import dev.sluice.cli.top.Snapshot.Spend;
import dev.sluice.cli.top.Snapshot.SpendLine;
import dev.sluice.cli.top.Snapshot.TargetLine;
import dev.sluice.cli.top.Strip.Span;
import dev.sluice.cli.top.Strip.Tone;
import dev.sluice.core.gateway.InFlight;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.Ledger.Fill;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tables of a snapshot, sorted as the view wants them.
record Sections(Snapshot snapshot, View view) {
    private static final int BAR = 12;

    List<Section> all() {
        return Stream.of(Part.values()).map(this::of).toList();
    }

    Section of(Part part) {
        return switch (part) {
            case FLIGHTS -> flights();
            case TARGETS -> targets();
            case LIMITS -> limits();
            case SPEND -> spend();
            case CALLS -> calls();
        };
    }

    private Section section(Part part, String title, List<Column> columns, List<List<Span>> rows, String empty) {
        return new Section(part, title, part.orders().get(view.order(part)), columns, rows, empty);
    }

    private static <T> List<List<Span>> rows(List<T> items, Comparator<T> order, Function<T, List<Span>> row) {
        return items.stream().sorted(order).map(row).toList();
    }

    private Section flights() {
        return switch (snapshot.flights()) {
            case Flights.OfProcess(List<InFlight.Seen> calls) -> {
                Comparator<InFlight.Seen> oldest =
                        Comparator.comparing(InFlight.Seen::age).reversed();
                Comparator<InFlight.Seen> order = switch (view.order(Part.FLIGHTS)) {
                    case 1 -> oldest.reversed();
                    case 2 -> Comparator.comparing(InFlight.Seen::caller).thenComparing(oldest);
                    default -> oldest;
                };
                yield section(
                        Part.FLIGHTS,
                        "In flight",
                        List.of(
                                Column.left("KEY", 10, 4),
                                Column.left("TOOL", 11, 1),
                                Column.right("TRY", 3, 2),
                                Column.right("SENT", 8, 3),
                                Column.right("SINCE", 7, 5)),
                        rows(calls, order, Sections::flight),
                        "nothing");
            }
            case Flights.OfStore(List<Held> providers) ->
                section(
                        Part.FLIGHTS,
                        "In flight, by what the table holds reserved",
                        List.of(Column.right("ATTEMPTS", 8, 1)),
                        rows(
                                providers,
                                Comparator.comparing(Held::provider),
                                held -> List.of(Span.of(held.provider()), Span.of(count(held.attempts())))),
                        "no providers");
        };
    }

    private static List<Span> flight(InFlight.Seen call) {
        return List.of(
                Span.of(way(call.model(), call.target())),
                Span.of(Printable.of(call.caller())),
                Span.of(call.tool() == null ? Words.UNKNOWN : Printable.of(call.tool())),
                new Span(String.valueOf(call.attempts()), call.attempts() > 1 ? Tone.WARN : Tone.PLAIN),
                call.sentBytes() == 0 ? new Span("waits", Tone.DIM) : Span.of(Words.bytes(call.sentBytes())),
                Span.of(Words.length(call.age())));
    }

    /// The model asked for, and where that leads when it is another name.
    private static String way(String model, @Nullable String target) {
        if (target == null) {
            return Printable.of(model);
        }
        return Printable.of(target.equals(model) ? target : model + " → " + target);
    }

    private Section targets() {
        Comparator<TargetLine> worst = Comparator.comparingInt(
                        (TargetLine line) -> line.state().rank())
                .thenComparing(line -> line.filled() == null ? 0 : line.filled(), Comparator.reverseOrder());
        Comparator<TargetLine> name = Comparator.comparing(TargetLine::ref);
        Comparator<TargetLine> order = switch (view.order(Part.TARGETS)) {
            case 1 ->
                Comparator.comparingLong(Sections::business)
                        .reversed()
                        .thenComparing(worst)
                        .thenComparing(name);
            case 2 -> name;
            default -> worst.thenComparing(name);
        };
        return section(
                Part.TARGETS,
                "Targets",
                List.of(
                        Column.left("STATE", 29, 4),
                        Column.right("/MIN", 5, 1),
                        Column.right("NOW", 3, 2),
                        Column.right("FULL", 4, 3)),
                rows(snapshot.targets(), order, this::target),
                "none is configured");
    }

    private static long business(TargetLine line) {
        return 1_000L * (line.underWay() == null ? 0 : line.underWay())
                + (line.perMinute() == null ? 0 : line.perMinute());
    }

    private List<Span> target(TargetLine line) {
        Double filled = line.filled();
        return List.of(
                Span.of(Printable.of(line.ref())),
                state(line),
                Span.of(perMinute(line)),
                Span.of(count(line.underWay())),
                filled == null ? Span.of(Words.UNKNOWN) : new Span(Words.percent(filled), Words.toneOfFill(filled)));
    }

    private Span state(TargetLine line) {
        Instant until = line.until();
        String left = until == null ? "" : " " + Words.length(Duration.between(snapshot.at(), until));
        String why = line.why() == null ? "" : ", " + line.why();
        return switch (line.state()) {
            case UNKNOWN -> new Span("? unknown", Tone.WARN);
            case COOLING -> new Span("✖ cools" + left + why, Tone.BAD);
            case OPEN -> new Span("✖ breaker open" + left, Tone.BAD);
            case FULL -> new Span("▲ used up" + left, Tone.BAD);
            case PROBING -> new Span("◐ half-open, next one probes", Tone.WARN);
            case FAILING -> new Span("◐ " + line.failures() + " failed in a row", Tone.WARN);
            case READY -> new Span("● ready", Tone.GOOD);
            case OFF -> new Span("○ disabled", Tone.DIM);
        };
    }

    private Section limits() {
        Comparator<BucketLine> name = Comparator.comparing(BucketLine::owner)
                .thenComparing(line -> line.bucket().fill().bucket());
        Comparator<BucketLine> order = view.order(Part.LIMITS) == 1
                ? name
                : Comparator.comparingDouble(BucketLine::filled).reversed().thenComparing(name);
        return section(
                Part.LIMITS,
                "Limits",
                List.of(
                        Column.left("FILL", BAR, 3),
                        Column.right("", 4, 4),
                        Column.right("USED / CAP", 13, 2),
                        Column.right("ENDS IN", 8, 1)),
                rows(snapshot.buckets(), order, this::bucket),
                "none is configured");
    }

    private List<Span> bucket(BucketLine line) {
        Fill fill = line.bucket().fill();
        double filled = line.filled();
        double reserved = fill.most() <= 0 ? 0 : (double) line.bucket().reserved() / fill.most();
        return List.of(
                Span.of(Printable.of(line.owner() + " " + fill.bucket()
                        + (fill.bucket().contains(fill.unit()) ? "" : " " + fill.unit()))),
                Words.bar(filled, reserved, BAR),
                new Span(Words.percent(filled), Words.toneOfFill(filled)),
                Span.of(Words.amount(fill.used()) + " / " + Words.amount(fill.most())),
                Span.of(Words.length(Duration.between(snapshot.at(), fill.resets()))));
    }

    private Section spend() {
        Optional<Spend> spend = snapshot.spend();
        Comparator<SpendLine> name = Comparator.comparing(SpendLine::what);
        Comparator<SpendLine> order = view.order(Part.SPEND) == 1
                ? name
                : Comparator.comparing((SpendLine line) -> line.month().usd())
                        .reversed()
                        .thenComparing(name);
        return section(
                Part.SPEND,
                "Spend",
                List.of(
                        Column.right("TODAY", 9, 4),
                        Column.right("MONTH", 9, 5),
                        Column.right("CALLS", 6, 2),
                        Column.right("ERRORS", 6, 1),
                        Column.right("NO PRICE", 8, 3)),
                spend.map(known -> spent(known, order)).orElse(List.of()),
                spend.isPresent() ? "nothing this month" : Words.UNKNOWN + " not measured");
    }

    /// All of it first, in any order.
    private static List<List<Span>> spent(Spend spend, Comparator<SpendLine> order) {
        if (spend.lines().isEmpty()) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of(new SpendLine("all", spend.today(), spend.month())),
                        spend.lines().stream().sorted(order))
                .map(Sections::spent)
                .toList();
    }

    private static List<Span> spent(SpendLine line) {
        long unpriced = line.month().unpriced();
        return List.of(
                Span.of(Printable.of(line.what())),
                Span.of(Words.known(line.today())),
                Span.of(Words.known(line.month())),
                Span.of(Words.amount(line.month().requests())),
                new Span(Words.amount(line.month().errors()), line.month().errors() > 0 ? Tone.WARN : Tone.PLAIN),
                new Span(unpriced == 0 ? "" : "+" + Words.amount(unpriced), Tone.WARN));
    }

    private Section calls() {
        Optional<List<CallLog.Entry>> calls = snapshot.calls();
        Comparator<CallLog.Entry> newest =
                Comparator.comparing(CallLog.Entry::over).reversed();
        Comparator<CallLog.Entry> order = switch (view.order(Part.CALLS)) {
            case 1 -> Comparator.comparing(CallLog.Entry::total).reversed().thenComparing(newest);
            case 2 ->
                Comparator.comparing((CallLog.Entry call) -> call.outcome().equals("ok"))
                        .thenComparing(newest);
            default -> newest;
        };
        return section(
                Part.CALLS,
                "Last calls",
                List.of(
                        Column.left("KEY", 10, 3),
                        Column.left("OUTCOME", 15, 5),
                        Column.right("TOKENS", 12, 2),
                        Column.right("FIRST", 7, 1),
                        Column.right("TIME", 7, 4)),
                rows(calls.orElse(List.of()), order, Sections::call),
                calls.isPresent() ? "none within the last hour" : Words.UNKNOWN + " not kept");
    }

    private static List<Span> call(CallLog.Entry call) {
        boolean isWell = call.outcome().equals("ok");
        Duration first = call.firstContent();
        Long output = call.usage().output();
        Long input = call.usage().isReported() ? call.usage().prompt() : null;
        return List.of(
                Span.of(way(call.model(), call.target())),
                Span.of(Printable.of(call.caller())),
                new Span((isWell ? "● " : "✖ ") + call.status() + " " + call.outcome(), isWell ? Tone.GOOD : Tone.BAD),
                Span.of((input == null ? Words.UNKNOWN : Words.amount(input)) + " → "
                        + (output == null ? Words.UNKNOWN : Words.amount(output))),
                Span.of(first == null ? Words.UNKNOWN : Words.length(first)),
                Span.of(Words.length(call.total())));
    }

    private static String perMinute(TargetLine line) {
        Integer attempts = line.perMinute();
        if (attempts == null) {
            return Words.UNKNOWN;
        }
        return (line.atLeast() ? "≥" : "") + (attempts < 10_000 ? attempts : attempts / 1_000 + "k");
    }

    private static String count(@Nullable Integer count) {
        return count == null ? Words.UNKNOWN : String.valueOf(count);
    }
}
