package dev.sluice.bench.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The tables for people, ratios first, and every single figure for machines.
final class Report {
    private static final String PLAIN = "plain";

    private final int rounds;
    private final Map<String, Map<String, List<Start.Figures>>> figures;
    private final Tail.Times tail;

    /// @param figures by cores, then by variant
    Report(int rounds, Map<String, Map<String, List<Start.Figures>>> figures, Tail.Times tail) {
        this.rounds = rounds;
        this.figures = figures;
        this.tail = tail;
    }

    void write(Path output) throws IOException {
        Files.writeString(Path.of(output + ".md"), markdown());
        Files.writeString(Path.of(output + ".json"), json());
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("""
                # How fast the function starts

                Written by `make startup`; every single figure is in the JSON file beside this page. What the figures mean and
                what was chosen by them: docs/decisions/0010-no-archive-a-snapshot.md.

                JDK %s, %d processors, load %.1f at the end. Medians of %d rounds; each visits all variants in another order.
                CPU time is the process's own, from `/proc`, in steps of 10 ms; time on a clock suffers from whatever else the
                machine does. "Ready" ends with the first `next`, "first byte" with the first byte of the first streamed answer
                at the client: from a provider over TLS on loopback, with a table and secrets on loopback. A restored environment
                begins where its process stood still; what the service needs to load a snapshot is not in it.
                """.formatted(
                        Runtime.version(),
                        Runtime.getRuntime().availableProcessors(),
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                .getSystemLoadAverage(),
                        rounds));
        if (!Archives.isCacheSafe()) {
            text.append(
                    "\nThe AOT cache was not measured: this JDK takes one whose jars have changed (JDK-8377932, mended in"
                            + " 25.0.4).\n");
        }
        figures.forEach((cores, table) -> table(text, cores.equals("0") ? "One core" : "Two cores", table));
        tail(text);
        return text.toString();
    }

    private static void table(StringBuilder text, String title, Map<String, List<Start.Figures>> table) {
        text.append("\n## ")
                .append(title)
                .append(
                        "\n\n| variant | CPU / plain | clock / plain | ready: CPU ms | clock ms | first byte: CPU ms | clock ms |")
                .append("\n| --- | --- | --- | --- | --- | --- | --- |\n");
        List<Start.Figures> plain = table.getOrDefault(PLAIN, List.of());
        table.forEach((name, starts) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.0f | %.0f | %.0f | %.0f |%n",
                name,
                median(starts, Start.Figures::cpu) / median(plain, Start.Figures::cpu),
                median(starts, Start.Figures::wall) / median(plain, Start.Figures::wall),
                median(starts, Start.Figures::readyCpu),
                median(starts, Start.Figures::readyWall),
                median(starts, Start.Figures::firstCpu),
                median(starts, Start.Figures::firstWall))));
    }

    private void tail(StringBuilder text) {
        double engine = quantile(tail.engine(), 0.5);
        double inProcess = quantile(tail.inProcess(), 0.5);
        text.append(String.format(
                Locale.ROOT,
                """

                ## From the provider's last byte to the client's last byte

                | way | median ms | p90 ms | median / in this process |
                | --- | --- | --- | --- |
                | the gateway in the measuring process | %.2f | %.2f | 1.0 |
                | through the engine: Function URL, Runtime API, the function's process | %.2f | %.2f | %.1f |

                %d streams each, in turns, after 100 unmeasured ones; the last piece comes after a pause, so nothing is queued.
                """,
                inProcess,
                quantile(tail.inProcess(), 0.9),
                engine,
                quantile(tail.engine(), 0.9),
                engine / inProcess,
                tail.engine().size()));
    }

    private static double median(List<Start.Figures> starts, ToDoubleFunction<Start.Figures> figure) {
        return quantile(starts.stream().map(figure::applyAsDouble).toList(), 0.5);
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * share)));
    }

    private String json() {
        String starts = figures.entrySet().stream()
                .map(cores -> cores.getValue().entrySet().stream()
                        .map(variant -> "    {\"cores\": \"" + cores.getKey() + "\", \"variant\": \"" + variant.getKey()
                                + "\", \"starts\": [" + starts(variant.getValue()) + "]}")
                        .collect(Collectors.joining(",\n")))
                .collect(Collectors.joining(",\n"));
        return "{\n  \"jdk\": \"" + Runtime.version() + "\",\n  \"columns\": [\"ready CPU ms\", \"ready clock ms\","
                + " \"first byte CPU ms\", \"first byte clock ms\"],\n  \"starts\": [\n" + starts
                + "\n  ],\n  \"tailMillis\": {\n    \"engine\": " + numbers(tail.engine()) + ",\n    \"inProcess\": "
                + numbers(tail.inProcess()) + "\n  }\n}\n";
    }

    private static String starts(List<Start.Figures> starts) {
        return starts.stream()
                .map(one -> numbers(List.of(one.readyCpu(), one.readyWall(), one.firstCpu(), one.firstWall())))
                .collect(Collectors.joining(", "));
    }

    private static String numbers(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.2f", value))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
