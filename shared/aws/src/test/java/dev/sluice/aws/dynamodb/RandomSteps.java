package dev.sluice.aws.dynamodb;

import dev.sluice.core.limits.AdmitStep;
import dev.sluice.core.limits.AdmitStep.Gate;
import dev.sluice.core.limits.AdmitStep.Reservation;
import dev.sluice.core.limits.AdmitStep.Take;
import dev.sluice.core.limits.CoolStep;
import dev.sluice.core.limits.ReservationText;
import dev.sluice.core.limits.SettleStep;
import dev.sluice.core.limits.SettleStep.Breaker;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.limits.StateNames;
import dev.sluice.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/// Steps at chance on one item, in a world small enough that they meet: two models, three counters, five attempts.
final class RandomSteps {
    static final String ITEM = "provider#p";

    private static final List<String> MODELS = List.of("m", "org/model-é:1");
    private static final List<String> COUNTERS = List.of("q/b/hour1/1", "t/b/hour1/1", "q/c/day1/1");

    private final Random random;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    RandomSteps(long seed) {
        random = new Random(seed);
    }

    void passTime() {
        now = now.plusMillis(random.nextInt(8_000));
    }

    AdmitStep admit(StateItem item) {
        List<Take> takes = new ArrayList<>();
        for (String counter : COUNTERS) {
            if (random.nextInt(3) > 0) {
                takes.add(new Take(counter, 1 + random.nextInt(3), 3 + random.nextInt(9)));
            }
        }
        Gate gate = random.nextInt(6) == 0
                ? null
                : new Gate(model(), random.nextInt(3), Duration.ofSeconds(5), random.nextInt(4) > 0);
        Reservation reservation = random.nextBoolean() ? reservation(takes) : null;
        return new AdmitStep(ITEM, gate, takes, reservation, sweeps(item, reservation), forget(item, takes), now);
    }

    private Reservation reservation(List<Take> takes) {
        TreeMap<String, Long> amounts = new TreeMap<>();
        takes.forEach(take -> amounts.merge(take.counter(), take.amount(), Long::sum));
        return new Reservation(id(), now.plusSeconds(3), amounts);
    }

    private List<Reservation> sweeps(StateItem item, Reservation own) {
        List<Reservation> sweeps = new ArrayList<>();
        item.texts().forEach((name, text) -> {
            if (StateNames.isReservation(name) && random.nextInt(3) == 0) {
                String id = StateNames.reservationId(name);
                if (own == null || !own.id().equals(id)) {
                    ReservationText.parse(id, text).ifPresent(sweeps::add);
                }
            }
        });
        if (random.nextInt(20) == 0 && (own == null || !own.id().equals("gone"))) {
            sweeps.add(new Reservation("gone", now, new TreeMap<>()));
        }
        return sweeps;
    }

    private List<String> forget(StateItem item, List<Take> takes) {
        List<String> forget = new ArrayList<>();
        item.numbers().keySet().forEach(name -> {
            boolean isTaken = takes.stream().anyMatch(take -> take.counter().equals(name));
            if (!isTaken && !name.equals(StateNames.ADMISSIONS) && random.nextInt(15) == 0) {
                forget.add(name);
            }
        });
        return forget;
    }

    SettleStep settle() {
        TreeMap<String, Long> changes = new TreeMap<>();
        for (String counter : COUNTERS) {
            if (random.nextInt(2) == 0) {
                changes.put(counter, (long) random.nextInt(7) - 3);
            }
        }
        Breaker breaker = switch (random.nextInt(6)) {
            case 0, 1 -> new Breaker.Failed(model(), now.plusSeconds(10));
            case 2 -> new Breaker.Closed(model());
            case 3 -> new Breaker.ProbeReturned(model(), now);
            default -> Breaker.UNCHANGED;
        };
        return new SettleStep(ITEM, changes, random.nextBoolean() ? id() : null, breaker, now);
    }

    CoolStep cool() {
        return new CoolStep(
                ITEM,
                random.nextBoolean() ? model() : null,
                now.plusSeconds(random.nextInt(10)),
                Failure.Category.RATE_LIMITED,
                random.nextBoolean(),
                now);
    }

    int kind() {
        return random.nextInt(10);
    }

    private String id() {
        return "a" + random.nextInt(5);
    }

    private String model() {
        return MODELS.get(random.nextInt(MODELS.size()));
    }
}
