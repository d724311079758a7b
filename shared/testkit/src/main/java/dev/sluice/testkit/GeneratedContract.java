package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.sluice.core.limits.StateRules;
import dev.sluice.core.ports.LimitStore;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any steps in any order do what `StateRules` says.
interface GeneratedContract {
    int STEPS = 80;

    LimitStore freshStore();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    default void any_steps_do_what_the_rules_say(long seed) {
        LimitStore store = freshStore();
        Dice dice = new Dice(new SplittableRandom(seed));
        StateItem item = StateItem.EMPTY;
        for (int i = 0; i < STEPS; i++) {
            Turn turn = dice.turn(store, item);
            assertThat(turn.reply()).as("step %d: %s", i, turn.step()).isEqualTo(turn.expected());
            item = turn.expected() instanceof Reply.Done(StateItem after) ? after : item;
        }
        assertThat(Steps.read(store)).isEqualTo(item);
    }

    /// A step, what the rules make of it and what the store made of it.
    record Turn(Object step, Reply expected, Reply reply) {}

    /// Makes steps of few models, counters and reservations, so that they meet.
    final class Dice {
        private final SplittableRandom random;
        private Instant now = Steps.NOW;

        Dice(SplittableRandom random) {
            this.random = random;
        }

        Turn turn(LimitStore store, StateItem item) {
            now = now.plusMillis(random.nextLong(12_000));
            return switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    AdmitStep step = admit(item);
                    yield new Turn(step, StateRules.admit(item, step), store.admit(step));
                }
                case 3, 4 -> {
                    SettleStep step = settle();
                    yield new Turn(step, StateRules.settle(item, step), store.settle(step));
                }
                default -> {
                    CoolStep step = cool();
                    yield new Turn(step, StateRules.cool(item, step), store.cool(step));
                }
            };
        }

        private AdmitStep admit(StateItem item) {
            List<Take> takes = new ArrayList<>();
            TreeMap<String, Long> amounts = new TreeMap<>();
            for (int i = 0; i < 3; i++) {
                if (random.nextBoolean()) {
                    Take take = new Take(counter(i), random.nextLong(40), 60 + random.nextLong(60));
                    takes.add(take);
                    amounts.put(take.counter(), take.amount());
                }
            }
            Reservation own = amounts.isEmpty() || random.nextInt(3) == 0 ? null : new Reservation(id(), now, amounts);
            Gate gate = random.nextInt(4) == 0
                    ? null
                    : new Gate(model(), random.nextInt(4), Duration.ofSeconds(20), random.nextInt(5) > 0);
            return new AdmitStep(Steps.ITEM, gate, takes, own, sweeps(item, own), forget(amounts, gate), now);
        }

        private List<Reservation> sweeps(StateItem item, @Nullable Reservation own) {
            List<Reservation> sweeps = new ArrayList<>();
            item.texts().forEach((name, text) -> {
                String id = name.substring(2);
                boolean isOwn = own != null && own.id().equals(id);
                if (StateNames.isReservation(name) && !isOwn && random.nextInt(4) == 0) {
                    sweeps.add(ReservationText.parse(id, text).orElseThrow());
                }
            });
            if (random.nextInt(10) == 0) {
                sweeps.add(new Reservation("never", now, new TreeMap<>()));
            }
            return sweeps;
        }

        private List<String> forget(Map<String, Long> taken, @Nullable Gate gate) {
            List<String> names = new ArrayList<>();
            if (random.nextInt(3) == 0) {
                String counter = counter(random.nextInt(4));
                if (!taken.containsKey(counter)) {
                    names.add(counter);
                }
                String model = model();
                if (gate == null || !gate.model().equals(model)) {
                    names.addAll(List.of(
                            StateNames.failures(model), StateNames.openUntil(model), StateNames.probedAt(model)));
                    names.addAll(List.of(StateNames.cooldown(model), StateNames.cause(StateNames.cooldown(model))));
                }
            }
            return names;
        }

        private SettleStep settle() {
            TreeMap<String, Long> changes = new TreeMap<>();
            for (int i = 0; i < 3; i++) {
                long change = random.nextLong(-30, 20);
                if (random.nextBoolean() && change != 0) {
                    changes.put(counter(i), change);
                }
            }
            String guard = random.nextInt(3) == 0 ? null : id();
            return new SettleStep(Steps.ITEM, changes, guard, breaker(), now);
        }

        private Breaker breaker() {
            return switch (random.nextInt(6)) {
                case 0, 1 -> new Breaker.Failed(model(), now.plusSeconds(10));
                case 2 -> new Breaker.Closed(model());
                case 3 -> new Breaker.ProbeReturned(model(), now);
                default -> Breaker.UNCHANGED;
            };
        }

        private CoolStep cool() {
            Failure.Category[] all = Failure.Category.values();
            return new CoolStep(
                    Steps.ITEM,
                    random.nextInt(3) == 0 ? null : model(),
                    now.plusMillis(random.nextLong(20_000)),
                    all[random.nextInt(all.length)],
                    random.nextBoolean(),
                    now);
        }

        private String counter(int number) {
            return List.of(Steps.DAY, Steps.MINUTE, Steps.TOKENS, "q/old/hour1/1795100400")
                    .get(number);
        }

        private String model() {
            return List.of("m", "a/b").get(random.nextInt(2));
        }

        private String id() {
            return "id" + random.nextInt(5);
        }
    }
}
