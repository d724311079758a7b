package dev.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.simulation.Behaviour.Script;
import dev.sluice.simulation.Cell.Place;
import dev.sluice.simulation.SimulatedUpstream.Reached;
import dev.sluice.simulation.Simulation.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds of single strategies, request by request.
@TestInstance(Lifecycle.PER_CLASS)
final class SimulationLawsTest {
    private static final int ALPHA = 0;

    private final Map<Cell, Run> runs = new HashMap<>();

    private Run run(Scenario scenario, Strategy strategy, Place place) {
        return runs.computeIfAbsent(new Cell(scenario, strategy, place), Simulation::run);
    }

    @Test
    void a_run_is_the_same_every_time() {
        Cell cell = new Cell(Scenario.FLAPPING, Strategy.RANDOM, Place.TEN);

        Run first = Simulation.run(cell);
        Run second = Simulation.run(cell);

        assertThat(second.answered()).isEqualTo(first.answered());
        assertThat(second.reached()).isEqualTo(first.reached());
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"BLACK_HOLE", "SLOW_503", "SPIKE", "RATE_LIMITED_NAMED", "RATE_LIMITED_SILENT", "FLAPPING"})
    void auto_keeps_every_turn_at_its_sessions_target_while_that_is_healthy(Scenario scenario) {
        Map<Integer, Integer> steady = servedAt(Scenario.STEADY, Strategy.AUTO, Place.TEN);
        Map<Integer, Integer> now = servedAt(scenario, Strategy.AUTO, Place.TEN);
        List<Integer> moved = new ArrayList<>();
        int stayed = 0;
        for (Map.Entry<Integer, Integer> turn : steady.entrySet()) {
            if (turn.getValue() != ALPHA) {
                boolean isAtHome = turn.getValue().equals(now.get(turn.getKey()));
                stayed += isAtHome ? 1 : 0;
                if (!isAtHome) {
                    moved.add(turn.getKey());
                }
            }
        }

        assertThat(moved).isEmpty();
        assertThat(stayed).isGreaterThan(1500);
    }

    @Test
    void auto_keeps_every_session_at_one_target_while_all_is_well() {
        Affinity affinity = Affinity.of(run(Scenario.STEADY, Strategy.AUTO, Place.TEN));

        assertThat(affinity.sticky()).isEqualTo(1);
        assertThat(new HashSet<>(affinity.homes().values())).hasSize(4);
    }

    /// An environment that saw another's probe under way must not go by that for as long as a probe may take.
    @ParameterizedTest
    @EnumSource(Place.class)
    void sessions_are_back_at_their_target_as_soon_as_a_probe_has_shown_that_it_is_well(Place place) {
        Map<Integer, Integer> steady = Affinity.servedAt(
                Simulation.run(new Cell(Scenario.STEADY, Strategy.AUTO, place)).reached());
        Run run = run(Scenario.BLACK_HOLE, Strategy.AUTO, place);
        Map<Integer, Integer> now = Affinity.servedAt(run.reached());
        Duration probe = run.reached().stream()
                .filter(reached -> reached.target() == ALPHA && reached.isServed())
                .map(Reached::at)
                .filter(at -> at.compareTo(Duration.ofMinutes(7)) > 0)
                .findFirst()
                .orElseThrow();
        Duration back = probe.plus(place == Place.HUNDRED ? Duration.ofSeconds(40) : Duration.ofSeconds(6));
        List<Duration> away = run.answered().stream()
                .filter(answer -> steady.get(answer.turn().number()) == ALPHA)
                .filter(answer -> now.get(answer.turn().number()) != ALPHA)
                .map(answer -> answer.turn().arrival())
                .filter(arrival -> arrival.compareTo(back) > 0)
                .toList();

        assertThat(away).isEmpty();
    }

    @Test
    void when_one_of_four_equal_targets_drops_only_its_own_sessions_move() {
        Cell cell = new Cell(Scenario.STEADY, Strategy.AUTO, Place.TEN);
        Map<Integer, Integer> before = sessions(Simulation.run(cell, equal(Script.WELL)));
        Map<Integer, Integer> after = sessions(Simulation.run(cell, equal(Script.always(new Behaviour.Refuses()))));
        long mustMove = before.values().stream().filter(home -> home == ALPHA).count();
        long moved = before.entrySet().stream()
                .filter(session -> !session.getValue().equals(after.get(session.getKey())))
                .count();

        assertThat(moved).isEqualTo(mustMove);
        assertThat(moved).isBetween(before.size() / 5L, before.size() * 3L / 10);
    }

    private static List<TargetSpec> equal(Script first) {
        return List.of(
                TargetSpec.of("alpha/large", 1, 700, 8, first),
                TargetSpec.of("beta/large", 1, 700, 8, Script.WELL),
                TargetSpec.of("gamma/large", 1, 700, 8, Script.WELL),
                TargetSpec.of("delta/large", 1, 700, 8, Script.WELL));
    }

    private static Map<Integer, Integer> sessions(Run run) {
        return Affinity.of(run).homes();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void weighted_rr_is_within_two_of_its_shares_over_any_hundred_requests(Place place) {
        Run run = run(Scenario.STEADY, Strategy.WEIGHTED_RR, place);
        List<TargetSpec> targets = Scenario.STEADY.targets();
        int[] first = firstTargets(run);
        int weights = targets.stream().mapToInt(TargetSpec::weight).sum();

        for (int from = 0; from + 100 <= first.length; from++) {
            int[] counts = new int[targets.size()];
            for (int i = from; i < from + 100; i++) {
                counts[first[i]]++;
            }
            for (int i = 0; i < counts.length; i++) {
                double share = 100.0 * targets.get(i).weight() / weights;
                assertThat((double) counts[i])
                        .as("%s from request %d on", targets.get(i).ref(), from)
                        .isBetween(share - 2, share + 2);
            }
        }
    }

    private static int[] firstTargets(Run run) {
        Set<Integer> seen = new HashSet<>();
        return run.reached().stream()
                .filter(reached -> seen.add(reached.request()))
                .mapToInt(Reached::target)
                .toArray();
    }

    private Map<Integer, Integer> servedAt(Scenario scenario, Strategy strategy, Place place) {
        return Affinity.servedAt(run(scenario, strategy, place).reached());
    }
}
