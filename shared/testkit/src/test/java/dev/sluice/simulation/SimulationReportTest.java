package dev.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.simulation.Cell.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Holds every run to the laws of routing, and the committed report to the runs.
///
/// A few cells run always; the whole matrix with `-Dsim=write`, which writes the report anew, or `-Dsim=check`.
final class SimulationReportTest {
    private static final Path FOLDER = Path.of("..", "..", "docs", "simulation");
    private static final String WISH = System.getProperty("sim", "");
    private static final double MOST_LOST = 0.001;

    private static Map<Cell, Measures> measures = Map.of();
    private static Matrix matrix = new Matrix(Map.of(), Map.of());

    @BeforeAll
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    static void run() {
        matrix = Matrix.run(WISH.isEmpty() ? few() : Cell.all());
        measures = matrix.measures();
    }

    /// Every scenario once, every strategy twice, every place.
    private static List<Cell> few() {
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            cells.add(new Cell(scenario, Strategy.AUTO, Place.TEN));
        }
        for (Strategy strategy : Cell.strategies()) {
            cells.add(new Cell(Scenario.STEADY, strategy, Place.HUNDRED));
            cells.add(new Cell(Scenario.FLAPPING, strategy, Place.HUNDRED));
        }
        cells.add(new Cell(Scenario.OUTAGE, Strategy.AUTO, Place.ONE));
        cells.add(new Cell(Scenario.OUTAGE, Strategy.ORDERED, Place.HUNDRED));
        cells.add(new Cell(Scenario.MONTH_END, Strategy.AUTO, Place.HUNDRED));
        return cells;
    }

    @Test
    void what_some_target_could_serve_is_served() {
        assertThat(breaking(of -> of.successRate() < 1 - MOST_LOST)).isEmpty();
    }

    @Test
    void no_cap_is_exceeded() {
        assertThat(breaking(of -> of.overshoot() > 0)).isEmpty();
    }

    @Test
    void a_target_that_fails_adds_at_most_the_time_of_one_attempt() {
        List<String> slow = new ArrayList<>();
        measures.forEach((cell, of) -> {
            Measures steady = measures.get(cell.steady());
            if (steady != null && cell.scenario().canServe()) {
                long most = Configuration.FIRST_BYTE.toNanos()
                        + (cell.place().isLambda() ? Environments.START_UP.toNanos() : 0);
                if (of.p99Nanos() - steady.p99Nanos() > most) {
                    slow.add(cell.toString());
                }
            }
        });

        assertThat(slow).isEmpty();
    }

    @Test
    void under_a_total_outage_no_target_is_asked_more_than_the_budget_pays_for() {
        List<String> loaded = new ArrayList<>();
        measures.forEach((cell, of) -> {
            for (int attempts : of.attemptsByTarget()) {
                if (cell.scenario() == Scenario.OUTAGE && attempts > of.attemptsBound()) {
                    loaded.add(cell + ": " + attempts);
                }
            }
        });

        assertThat(loaded).isEmpty();
    }

    @Test
    void the_report_says_what_the_runs_show() throws IOException {
        switch (WISH) {
            case "write" -> write();
            case "" -> compareFew();
            default -> compareAll();
        }
    }

    private static List<String> breaking(Predicate<Measures> law) {
        return measures.entrySet().stream()
                .filter(entry -> law.test(entry.getValue()))
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .sorted()
                .toList();
    }

    /// A difference is a change of what the gateway does: `make sim`, and look at it.
    private static void compareFew() throws IOException {
        String page = Files.readString(FOLDER.resolve("report.md"));
        for (Cell cell : measures.keySet()) {
            if (measures.containsKey(cell.steady())) {
                assertThat(section(page, cell.scenario())).as(cell.toString()).contains(Report.row(cell, measures));
            }
        }
    }

    private static String section(String page, Scenario scenario) {
        int from = page.indexOf("## " + scenario.id() + "\n");
        int to = page.indexOf("\n## ", from);
        return page.substring(from, to < 0 ? page.length() : to);
    }

    private static void compareAll() throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            assertThat(Files.readString(FOLDER.resolve(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    private static void write() throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
        }
    }

    private static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>(new Plots(measures, matrix.loads()).all());
        files.put("report.md", new Report(measures).text());
        return files;
    }
}
