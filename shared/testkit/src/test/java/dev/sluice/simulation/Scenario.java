package dev.sluice.simulation;

import dev.sluice.simulation.Behaviour.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// What goes wrong at which target, and when.
enum Scenario {
    STEADY("All targets are well."),
    BLACK_HOLE("From 2:00 to 7:00 alpha takes requests and never answers."),
    SLOW_503("From 2:00 to 5:00 alpha answers 503, after 3 s; then it is well again."),
    SPIKE("From 4:00 to 4:30 alpha takes 20 times as long."),
    RATE_LIMITED_NAMED("alpha takes 12 requests in any 10 s and answers 429 to the others, with `Retry-After`."),
    RATE_LIMITED_SILENT("The same limit, without `Retry-After`."),
    OUTAGE("All the time alpha and beta refuse connections and gamma answers 503 to both models."),
    MONTH_END(
            "It is 23:55 on the last day of a month: alpha's cap of requests and beta's cap of tokens run out, and begin"
                    + " again at midnight."),
    HALF_SPEED("alpha takes twice as long all the time."),
    FLAPPING("From 1:00 on alpha is well for 10 s and answers 503 at once for 10 s, in turns.");

    private static final Instant MORNING = Instant.parse("2026-11-21T09:00:00Z");
    private static final Instant LAST_EVENING = Instant.parse("2026-11-30T23:55:00Z");

    private final String text;

    Scenario(String text) {
        this.text = text;
    }

    private Script alpha() {
        return switch (this) {
            case STEADY, MONTH_END -> Script.WELL;
            case BLACK_HOLE -> Script.during(minutes(2), minutes(7), new Behaviour.KeepsSilent());
            case SLOW_503 -> Script.during(minutes(2), minutes(5), new Behaviour.Fails(Duration.ofSeconds(3)));
            case SPIKE -> Script.during(minutes(4), minutes(4).plusSeconds(30), new Behaviour.Serves(20));
            case RATE_LIMITED_NAMED -> Script.always(new Behaviour.Limits(12, Duration.ofSeconds(10), true));
            case RATE_LIMITED_SILENT -> Script.always(new Behaviour.Limits(12, Duration.ofSeconds(10), false));
            case OUTAGE -> Script.always(new Behaviour.Refuses());
            case HALF_SPEED -> Script.always(new Behaviour.Serves(2));
            case FLAPPING ->
                at -> at.compareTo(minutes(1)) >= 0 && at.toSeconds() / 10 % 2 == 1
                        ? new Behaviour.Fails(Duration.ofMillis(50))
                        : Behaviour.WELL;
        };
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String text() {
        return text;
    }

    Instant start() {
        return this == MONTH_END ? LAST_EVENING : MORNING;
    }

    /// Whether some target could serve every request.
    boolean canServe() {
        return this != OUTAGE;
    }

    /// The targets of the alias, in the order of the configuration; what goes wrong, goes wrong with the first.
    List<TargetSpec> targets() {
        return List.of(
                TargetSpec.of("alpha/large", 4, 700, 8, alpha()),
                TargetSpec.of("beta/large", 3, 800, 8, this == OUTAGE ? alpha() : Script.WELL),
                TargetSpec.of("gamma/large", 2, 900, 6, gamma()),
                TargetSpec.of("gamma/small", 1, 600, 6, gamma()));
    }

    private Script gamma() {
        return this == OUTAGE ? Script.always(new Behaviour.Fails(Duration.ofMillis(50))) : Script.WELL;
    }

    /// The caps that hold, each over a calendar month; but in MONTH_END they are never reached.
    List<Cap> caps() {
        boolean isTight = this == MONTH_END;
        return List.of(
                new Cap("alpha", "requests", isTight ? 300 : 1_000_000),
                new Cap("beta", "tokens", isTight ? 50_000 : 1_000_000_000));
    }

    /// @param unit `requests` or `tokens`
    record Cap(String provider, String unit, long most) {}
}
