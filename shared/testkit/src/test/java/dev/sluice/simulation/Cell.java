package dev.sluice.simulation;

import dev.sluice.core.config.AliasConfig.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One run: what goes wrong, how the alias spreads its load, and where the gateway runs.
record Cell(Scenario scenario, Strategy strategy, Place place) {
    private static final long SEED = 20261121;
    private static final int REQUESTS = 3300;
    private static final double PER_SECOND = 5.5;

    /// How many environments serve.
    enum Place {
        /// One process takes all requests at once, as `sluice start` does.
        ONE("1", Duration.ofSeconds(1)),
        /// As on Lambda, one request at a time in each; short answers.
        TEN("10", Duration.ofSeconds(1)),
        /// As on Lambda; long answers, so that a hundred are needed.
        HUNDRED("100", Duration.ofSeconds(16));

        private final String id;
        private final Duration stream;

        Place(String id, Duration stream) {
            this.id = id;
            this.stream = stream;
        }

        String id() {
            return id;
        }

        boolean isLambda() {
            return this != ONE;
        }
    }

    static List<Strategy> strategies() {
        return Arrays.stream(Strategy.values())
                .filter(strategy -> strategy != Strategy.COST)
                .toList();
    }

    /// The whole matrix, in the order of the report.
    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            for (Strategy strategy : strategies()) {
                for (Place place : Place.values()) {
                    cells.add(new Cell(scenario, strategy, place));
                }
            }
        }
        return cells;
    }

    Load load() {
        return new Load(SEED, REQUESTS, PER_SECOND, place.stream);
    }

    /// The same without anything going wrong.
    Cell steady() {
        return new Cell(Scenario.STEADY, strategy, place);
    }
}
