package dev.sluice.core.routing;

import static dev.sluice.core.routing.Configs.model;
import static dev.sluice.core.routing.Configs.off;
import static dev.sluice.core.routing.Configs.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.AliasConfig.Strategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// `round-robin` and `weighted-rr`, alone and one inside the other.
class RotationTest {
    private static final List<String> THREE = List.of("p/a", "p/b", "p/c");

    private static Configs house() {
        return Configs.of(provider("p", model("a"), model("b"), model("c"), model("d"), off("x")));
    }

    private static Route evenly() {
        return house().alias("x", Strategy.ROUND_ROBIN, THREE, List.of()).routeOf("x");
    }

    @Test
    void each_target_has_its_turn_and_the_next_ones_follow_cyclically() {
        Route route = evenly();
        assertThat(new Moment().at("x", 0).order(route)).containsExactly("p/a", "p/b", "p/c");
        assertThat(new Moment().at("x", 1).order(route)).containsExactly("p/b", "p/c", "p/a");
        assertThat(new Moment().at("x", 302).order(route)).containsExactly("p/c", "p/a", "p/b");
        assertThat(new Moment().at("x", Long.MAX_VALUE).order(route)).hasSize(3);
    }

    @Test
    void turns_are_even_whatever_the_weights_quotas_and_sessions() {
        Route route = house().weighted("x", Strategy.ROUND_ROBIN, "p/a=900", "p/b=1", "p/c=5")
                .routeOf("x");
        Map<String, Integer> firsts = new HashMap<>();
        for (int position = 0; position < 300; position++) {
            Moment moment = new Moment().at("x", position).left("p/b", 1).session("s");
            firsts.merge(moment.first(route), 1, Integer::sum);
        }
        assertThat(firsts).isEqualTo(Map.of("p/a", 100, "p/b", 100, "p/c", 100));
    }

    @Test
    void weighted_turns_follow_the_weights_and_the_rest_comes_as_in_the_sequence() {
        Route route = house().weighted("x", Strategy.WEIGHTED_RR, "p/a=5", "p/b=3", "p/c=2")
                .routeOf("x");
        Map<String, Integer> firsts = new HashMap<>();
        for (int position = 12_345; position < 12_445; position++) {
            List<String> order = new Moment().at("x", position).order(route);
            assertThat(order).containsExactlyInAnyOrder("p/a", "p/b", "p/c");
            firsts.merge(order.getFirst(), 1, Integer::sum);
        }
        assertThat(firsts).isEqualTo(Map.of("p/a", 50, "p/b", 30, "p/c", 20));
        assertThat(new Moment().at("x", 0).order(route)).containsExactly("p/a", "p/b", "p/c");
        assertThat(new Moment().at("x", 1).order(route)).containsExactly("p/b", "p/a", "p/c");
    }

    @Test
    void without_an_answer_from_the_store_the_turns_fall_by_chance_and_still_by_weight() {
        Route route =
                house().weighted("x", Strategy.WEIGHTED_RR, "p/a=3", "p/b=1").routeOf("x");
        Moment moment = new Moment();
        int ofA = 0;
        for (int i = 0; i < 4000; i++) {
            ofA += moment.first(route).equals("p/a") ? 1 : 0;
        }
        assertThat(ofA).isBetween(2880, 3120);
    }

    @Test
    void only_where_there_is_something_to_rotate_a_position_is_asked_for() {
        assertThat(evenly().rotations()).containsExactly("x");
        assertThat(house().alias("x", Strategy.ROUND_ROBIN, List.of("p/a", "p/x"), List.of("p/d"))
                        .routeOf("x")
                        .rotations())
                .isEmpty();
        assertThat(house().alias("x", Strategy.ROUND_ROBIN, List.of("p/a"), List.of("p/b", "p/c"))
                        .routeOf("x")
                        .rotations())
                .containsExactly("x");
        assertThat(house().routeOf("p/a").rotations()).isEmpty();
        for (Strategy strategy : Strategy.values()) {
            boolean rotates = strategy == Strategy.ROUND_ROBIN || strategy == Strategy.WEIGHTED_RR;
            assertThat(house().alias("x", strategy, THREE, List.of())
                            .routeOf("x")
                            .rotations())
                    .hasSize(rotates ? 1 : 0);
        }
    }

    @Test
    void a_rotation_inside_another_goes_on_by_the_outer_ones_turns() {
        Route route = house().alias("in", Strategy.ROUND_ROBIN, List.of("p/a", "p/b"), List.of())
                .alias("in2", Strategy.WEIGHTED_RR, List.of("p/c", "p/d"), List.of())
                .alias("out", Strategy.ROUND_ROBIN, List.of("in", "in2"), List.of())
                .routeOf("out");
        assertThat(route.rotations()).containsExactly("out");
        Map<String, Integer> firsts = new HashMap<>();
        for (int position = 0; position < 400; position++) {
            firsts.merge(new Moment().at("out", position).first(route), 1, Integer::sum);
        }
        assertThat(firsts).isEqualTo(Map.of("p/a", 100, "p/b", 100, "p/c", 100, "p/d", 100));
    }

    @Test
    void within_a_weighted_rotation_shares_multiply() {
        Route route = house().weighted("in", Strategy.WEIGHTED_RR, "p/a=3", "p/b=1")
                .weighted("out", Strategy.WEIGHTED_RR, "in=2", "p/c=1")
                .routeOf("out");
        Map<String, Integer> firsts = new HashMap<>();
        for (int position = 0; position < 1200; position++) {
            firsts.merge(new Moment().at("out", position).first(route), 1, Integer::sum);
        }
        assertThat(firsts).isEqualTo(Map.of("p/a", 600, "p/b", 200, "p/c", 400));
    }

    @Test
    void rotations_beside_each_other_have_positions_of_their_own() {
        Route route = house().alias("one", Strategy.ROUND_ROBIN, List.of("p/a", "p/b"), List.of())
                .alias("two", Strategy.ROUND_ROBIN, List.of("p/c", "p/d"), List.of())
                .alias("out", Strategy.ORDERED, List.of("one"), List.of("two"))
                .routeOf("out");
        assertThat(route.rotations()).containsExactly("one", "two");
        assertThat(new Moment().at("one", 1).at("two", 0).order(route)).containsExactly("p/b", "p/a", "p/c", "p/d");
    }

    @Test
    void both_tiers_rotate_and_the_second_stays_behind() {
        Route route = house().alias("x", Strategy.ROUND_ROBIN, List.of("p/a", "p/b"), List.of("p/c", "p/d"))
                .routeOf("x");
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100; i++) {
            Moment moment = new Moment()
                    .at("x", random.nextLong(Long.MAX_VALUE))
                    .down("p/a")
                    .down("p/b");
            assertThat(moment.order(route).subList(0, 2)).containsExactlyInAnyOrder("p/a", "p/b");
        }
        assertThat(new Moment().at("x", 1).order(route)).containsExactly("p/b", "p/a", "p/d", "p/c");
    }
}
