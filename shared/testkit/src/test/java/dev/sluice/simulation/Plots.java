package dev.sluice.simulation;

import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.simulation.Cell.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// The drawings of the report, by file name.
final class Plots {
    private static final List<Scenario> SERVING =
            Arrays.stream(Scenario.values()).filter(Scenario::canServe).toList();

    private final Map<Cell, Measures> measures;
    private final Map<Cell, LoadOverTime> loads;

    /// @param loads of the cells of [#drawn]
    Plots(Map<Cell, Measures> measures, Map<Cell, LoadOverTime> loads) {
        this.measures = measures;
        this.loads = loads;
    }

    /// The cells whose load over time is drawn.
    static List<Cell> drawn() {
        return List.of(drawn(Scenario.SLOW_503), drawn(Scenario.BLACK_HOLE), drawn(Scenario.OUTAGE));
    }

    private static Cell drawn(Scenario scenario) {
        return new Cell(scenario, Strategy.AUTO, Place.TEN);
    }

    SortedMap<String, String> all() {
        SortedMap<String, String> plots = new TreeMap<>();
        plots.put("served.svg", served());
        plots.put("p99.svg", p99());
        plots.put("p99-auto.svg", p99OfAuto());
        plots.put("cache-loss.svg", cacheLoss());
        for (Cell cell : drawn()) {
            plots.put("load-" + cell.scenario().id() + ".svg", load(cell));
        }
        return plots;
    }

    private String served() {
        return heatMap(
                "Requests served, % of those that some target could serve (the worst of 1, 10 and 100 environments)",
                of -> -of.successRate(),
                negated -> -negated == 1 ? "100" : format(2, StrictMath.floor(-negated * 10_000) / 100),
                negated -> -negated >= 0.999 ? "#2f7d57" : -negated >= 0.99 ? "#9a6b12" : "#a63446");
    }

    private String p99() {
        return heatMap(
                "Time to first content, 99th percentile, s (the worst of 1, 10 and 100 environments)",
                of -> of.p99Nanos() / 1e9,
                seconds -> format(1, seconds),
                seconds -> seconds <= 4 ? "#2f7d57" : seconds <= 10 ? "#9a6b12" : "#a63446");
    }

    private interface Words {
        String of(double value);
    }

    private String heatMap(String title, ToDoubleFunction<Measures> value, Words words, Words colour) {
        List<Strategy> strategies = Cell.strategies();
        int left = 160;
        int top = 66;
        int width = 92;
        int height = 26;
        Svg svg = new Svg(left + strategies.size() * width + 20, top + SERVING.size() * height + 40, title);
        for (int column = 0; column < strategies.size(); column++) {
            String name = strategies.get(column).id().replace("quota-aware-weighted-rr", "quota-aware");
            svg.words(left + (column + 0.5) * width, top - 8, "middle", "", name);
        }
        svg.words(left - 8, top - 8, "end", "soft", "scenario \u2193 strategy \u2192");
        for (int row = 0; row < SERVING.size(); row++) {
            svg.words(
                    left - 8,
                    top + row * height + 17,
                    "end",
                    "",
                    SERVING.get(row).id());
            for (int column = 0; column < strategies.size(); column++) {
                double worst = worst(SERVING.get(row), strategies.get(column), value);
                svg.box(left + column * width, top + row * height, width - 2, height - 2, colour.of(worst));
                double middle = left + (column + 0.5) * width - 1;
                svg.words(middle, top + row * height + 17, "middle", "on", words.of(worst));
            }
        }
        return svg.text();
    }

    private double worst(Scenario scenario, Strategy strategy, ToDoubleFunction<Measures> value) {
        return Arrays.stream(Place.values())
                .mapToDouble(place -> value.applyAsDouble(measures.get(new Cell(scenario, strategy, place))))
                .max()
                .orElseThrow();
    }

    private String p99OfAuto() {
        String[] groups = SERVING.stream().map(Scenario::id).toArray(String[]::new);
        return bars(
                "Time to first content with auto, 99th percentile, s",
                "s",
                groups,
                group -> place -> measures.get(new Cell(SERVING.get(group), Strategy.AUTO, place))
                                .p99Nanos()
                        / 1e9);
    }

    private String cacheLoss() {
        List<Strategy> strategies = Cell.strategies();
        String[] groups = strategies.stream()
                .map(strategy -> strategy.id().replace("quota-aware-weighted-rr", "quota-aware"))
                .toArray(String[]::new);
        return bars(
                "Turns served elsewhere than the turn before while all is steady, %",
                "%",
                groups,
                group -> place -> 100
                        * measures.get(new Cell(Scenario.STEADY, strategies.get(group), place))
                                .cacheLoss());
    }

    private interface Bars {
        ToDoubleFunction<Place> of(int group);
    }

    private static String bars(String title, String unit, String[] groups, Bars values) {
        int left = 60;
        int top = 60;
        int plot = 220;
        int group = 122;
        Place[] places = Place.values();
        Svg svg = new Svg(left + groups.length * group + 20, top + plot + 50, title);
        double most = Scale.above(maximum(groups.length, values));
        Scale.axis(svg, left, left + groups.length * group, top, plot, most, unit);
        for (int i = 0; i < groups.length; i++) {
            for (int j = 0; j < places.length; j++) {
                double value = values.of(i).applyAsDouble(places[j]);
                double height = plot * value / most;
                double x = left + i * group + 18 + j * 30;
                svg.box(x, top + plot - height, 26, height, Svg.COLOURS[j]);
                svg.words(x + 13, top + plot - height - 4, "middle", "soft", format(1, value));
            }
            svg.words(left + (i + 0.5) * group, top + plot + 18, "middle", "", groups[i]);
        }
        for (int j = 0; j < places.length; j++) {
            svg.box(left + j * 150, 32, 12, 12, Svg.COLOURS[j]);
            svg.words(left + j * 150 + 18, 42, "start", "", places[j].id() + " environment" + (j == 0 ? "" : "s"));
        }
        return svg.text();
    }

    private static double maximum(int groups, Bars values) {
        double most = 0;
        for (int i = 0; i < groups; i++) {
            for (Place place : Place.values()) {
                most = Math.max(most, values.of(i).applyAsDouble(place));
            }
        }
        return most;
    }

    private String load(Cell cell) {
        return loads.get(cell)
                .drawn("Attempts at each target in 10 s: " + cell.scenario().id() + ", "
                        + cell.strategy().id() + ", " + cell.place().id() + " environments");
    }

    private static String format(int places, double value) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
