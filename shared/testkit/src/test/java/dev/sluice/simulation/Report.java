package dev.sluice.simulation;

import dev.sluice.core.config.AliasConfig.Strategy;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The committed page: a table for each scenario.
final class Report {
    static final String COLUMNS =
            "| strategy | environments | served % | p50 s | p99 s | added p99 s | attempts / request"
                    + " | off weights % | sticky % | cache loss % | over the caps | admissions / request | trips / request"
                    + " | started |\n"
                    + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";

    private final Map<Cell, Measures> measures;

    /// @param measures of every cell
    Report(Map<Cell, Measures> measures) {
        this.measures = measures;
    }

    String text() {
        StringBuilder page = new StringBuilder(HEAD).append(new Summary(measures).text());
        for (Scenario scenario : Scenario.values()) {
            page.append("\n## ").append(scenario.id()).append("\n\n").append(scenario.text());
            page.append("\n\n").append(COLUMNS);
            Cell.all().stream()
                    .filter(cell -> cell.scenario() == scenario)
                    .forEach(cell -> page.append(row(cell, measures)));
            if (scenario == Scenario.OUTAGE) {
                page.append(outage());
            }
        }
        return page.toString();
    }

    /// One line of a scenario's table.
    ///
    /// @param measures of this cell and of its steady run
    static String row(Cell cell, Map<Cell, Measures> measures) {
        Measures of = measures.get(cell);
        long added = of.p99Nanos() - measures.get(cell.steady()).p99Nanos();
        boolean isServed = of.served() > 0;
        return line(
                cell.strategy().id(),
                cell.place().id(),
                cell.scenario().canServe() ? share(of.successRate()) : "none could",
                isServed ? seconds(of.p50Nanos()) : "",
                isServed ? seconds(of.p99Nanos()) : "",
                isServed ? seconds(added) : "",
                decimals(2, (double) of.attempts() / of.requests()),
                of.offWeights() < 0 ? "" : decimals(1, 100 * of.offWeights()),
                isServed ? share(of.sticky()) : "",
                isServed ? share(of.cacheLoss()) : "",
                Long.toString(of.overshoot()),
                decimals(2, (double) of.admissions() / of.requests()),
                decimals(2, (double) of.trips() / of.requests()),
                Integer.toString(of.environments()));
    }

    private String outage() {
        StringBuilder table = new StringBuilder(OUTAGE_HEAD);
        List<TargetSpec> targets = Scenario.OUTAGE.targets();
        for (Strategy strategy : Cell.strategies()) {
            for (Cell.Place place : Cell.Place.values()) {
                Measures of = measures.get(new Cell(Scenario.OUTAGE, strategy, place));
                String[] columns = new String[targets.size() + 4];
                columns[0] = strategy.id();
                columns[1] = place.id();
                columns[2] = Integer.toString(of.requests());
                for (int i = 0; i < targets.size(); i++) {
                    columns[3 + i] = Integer.toString(of.attemptsByTarget()[i]);
                }
                columns[columns.length - 1] = decimals(0, of.attemptsBound());
                table.append(line(columns));
            }
        }
        return table.toString();
    }

    private static String line(String... columns) {
        return "| " + String.join(" | ", columns) + " |\n";
    }

    /// In percent, never rounded up: 100 is all.
    static String share(double share) {
        return share == 1 ? "100" : decimals(2, StrictMath.floor(share * 10_000) / 100);
    }

    static String seconds(long nanos) {
        return decimals(2, nanos / 1e9);
    }

    static String decimals(int places, double value) {
        String text = String.format(Locale.ROOT, "%." + places + "f", value);
        return text.matches("-0\\.?0*") ? text.substring(1) : text;
    }

    private static final String OUTAGE_HEAD = """

            Attempts at each target, beside the most that is allowed: 1.1 times the clients' requests, and 3 for each 10 s of \
            each environment's life.

            | strategy | environments | requests | alpha/large | beta/large | gamma/large | gamma/small | at most |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private static final String HEAD = """
            # Routing, simulated

            Every figure on this page comes from the real gateway: `Gateway.handle` with its router, attempts, ledger and codecs,
            run in virtual time against simulated providers and a simulated store. The same sources give the same page to the
            last byte. `make sim` writes it anew; a change of policy is a diff of this page.

            ## What is simulated

            - Ten minutes, 3,300 requests, Poisson arrivals at 5.5 a second: turns of coding sessions (40 at once, ten turns on
              average), half of them Messages, half Chat Completions, all streamed. The same requests meet the same luck in
              every row: two rows differ by what the gateway decides.
            - An alias of four targets at three providers: `alpha/large` (weight 4, first content after 0.7 s by median),
              `beta/large` (3, 0.8 s), `gamma/large` (2, 0.9 s), `gamma/small` (1, 0.6 s). Times are log-normal; above 8 (alpha,
              beta) or 6 requests a second a target gets slower. What goes wrong, goes wrong with alpha.
            - The configuration's defaults, but 20 s for the first byte and for silence: the longest time of one attempt.
            - Environments: **1** is one process that takes all requests at once. In **10** and **100** each environment serves
              one request at a time, as on Lambda; the warm one that was used last is used again, a new one takes 0.4 s to start
              and knows nothing, two idle minutes end it. Answers take 1 s, in **100** 16 s; *started* says how many it became.
              All share one store that takes 3 to 6 ms to answer.

            ## What is measured

            *served*: of the requests that some target could serve, those whose whole answer came. *p50, p99*: from a request's
            arrival to its first content, cold starts included; *added p99*: against the steady run of that strategy. *off
            weights*: the largest difference between a target's share of first attempts and its weight (`round-robin`: an even
            share). *sticky*: later turns that were served where their session's first one was; *cache loss*: later turns served
            elsewhere than the turn before. *over the caps*: what reached providers beyond their caps. *admissions* and *trips*:
            calls of the store, from all environments.

            ![Requests served, by scenario and strategy](served.svg)

            ![Time to first content, 99th percentile](p99.svg)

            ![Time to first content with auto](p99-auto.svg)

            ![Turns that lost their cache](cache-loss.svg)

            ![Attempts at each target while alpha answers 503](load-slow-503.svg)

            ![Attempts at each target while alpha is a black hole](load-black-hole.svg)

            ![Attempts at each target under a total outage](load-outage.svg)
            """;
}
