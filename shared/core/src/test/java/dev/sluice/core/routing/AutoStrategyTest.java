package dev.sluice.core.routing;

import static dev.sluice.core.routing.Configs.model;
import static dev.sluice.core.routing.Configs.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.config.ModelConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A session keeps its target (docs/decisions/0008).
class AutoStrategyTest {
    private static final int SESSIONS = 10_000;

    /// That many equal targets `p/m0`, `p/m1` and so on.
    private static Route equal(int targets) {
        List<ModelConfig> models = new ArrayList<>();
        List<String> refs = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            models.add(model("m" + i));
            refs.add("p/m" + i);
        }
        return Configs.of(provider("p", models.toArray(ModelConfig[]::new)))
                .alias("x", Strategy.AUTO, refs, List.of())
                .routeOf("x");
    }

    private static String home(Route route, Moment moment, int session) {
        return moment.session("session-" + session).first(route);
    }

    @Test
    void a_session_keeps_its_target_in_every_turn_while_that_is_healthy() {
        Route route = equal(5);
        for (int session = 0; session < 300; session++) {
            String home = home(route, new Moment(), session);
            SplittableRandom random = new SplittableRandom(session);
            for (int turn = 0; turn < 20; turn++) {
                Moment moment = new Moment();
                moment.random = random.split();
                for (int i = 0; i < 5; i++) {
                    String ref = "p/m" + i;
                    switch (random.nextInt(ref.equals(home) ? 3 : 4)) {
                        case 0 -> moment.left(ref, 1 + random.nextInt(100));
                        case 1 -> moment.failures(ref, random.nextInt(9));
                        case 3 -> moment.down(ref);
                        default -> moment.pace.started(ref, moment.nanos);
                    }
                }
                assertThat(home(route, moment, session)).isEqualTo(home);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void when_one_of_equals_drops_only_its_own_sessions_move_and_they_come_back(int targets) {
        Route route = equal(targets);
        int moved = 0;
        Map<String, Integer> heirs = new HashMap<>();
        for (int session = 0; session < SESSIONS; session++) {
            String home = home(route, new Moment(), session);
            String during = home(route, new Moment().down("p/m0"), session);
            assertThat(during).isNotEqualTo("p/m0");
            if (!during.equals(home)) {
                assertThat(home).isEqualTo("p/m0");
                heirs.merge(during, 1, Integer::sum);
                moved++;
            }
            assertThat(home(route, new Moment().down("p/m0").well("p/m0"), session))
                    .isEqualTo(home);
        }
        assertThat(moved / (double) SESSIONS).isLessThanOrEqualTo(1.0 / targets + 0.01);
        double each = moved / (targets - 1.0);
        assertThat(heirs.values()).hasSize(targets - 1).allMatch(count -> Math.abs(count - each) < 0.25 * each);
    }

    @Test
    void what_is_used_up_or_open_goes_behind_too() {
        Route route = equal(3);
        String home = home(route, new Moment(), 1);
        assertThat(new Moment().left(home, 0).session("session-1").order(route).getLast())
                .isEqualTo(home);
        assertThat(new Moment().down(home).session("session-1").order(route).getLast())
                .isEqualTo(home);
    }

    @Test
    void sessions_spread_by_weight() {
        Route route = Configs.of(provider("p", model("a"), model("b"), model("c")))
                .weighted("x", Strategy.AUTO, "p/a=6", "p/b=3", "p/c=1")
                .routeOf("x");
        Map<String, Integer> homes = new HashMap<>();
        for (int session = 0; session < SESSIONS; session++) {
            homes.merge(home(route, new Moment(), session), 1, Integer::sum);
        }
        assertThat(homes.get("p/a")).isBetween(5850, 6150);
        assertThat(homes.get("p/b")).isBetween(2850, 3150);
        assertThat(homes.get("p/c")).isBetween(900, 1100);
    }

    @Test
    void sessions_that_differ_little_spread_alike() {
        Route route = equal(4);
        Map<String, Integer> homes = new HashMap<>();
        for (int session = 0; session < 4000; session++) {
            homes.merge(new Moment().session(Integer.toString(session)).first(route), 1, Integer::sum);
        }
        assertThat(homes.values()).hasSize(4).allMatch(count -> count > 880 && count < 1120);
    }

    @Test
    void the_place_of_a_session_is_the_same_in_every_version() {
        Route route = equal(4);
        assertThat(StableHash.of("session-1")).isEqualTo(2869890069667015897L);
        assertThat(home(route, new Moment(), 1)).isEqualTo("p/m2");
    }

    @Test
    void inside_an_alias_a_session_keeps_its_target_too() {
        Route route = Configs.of(provider("p", model("a"), model("b"), model("c")))
                .alias("in", Strategy.AUTO, List.of("p/a", "p/b"), List.of())
                .weighted("x", Strategy.AUTO, "in=2", "p/c=1")
                .routeOf("x");
        Map<String, Integer> homes = new HashMap<>();
        for (int session = 0; session < 6000; session++) {
            String home = home(route, new Moment(), session);
            homes.merge(home, 1, Integer::sum);
            String other = home.equals("p/a") ? "p/b" : "p/a";
            assertThat(home(route, new Moment().down(other), session)).isEqualTo(home);
        }
        assertThat(homes.values()).hasSize(3).allMatch(count -> count > 1850 && count < 2150);
    }

    @Test
    void without_a_session_it_is_drawn_by_weight_quota_and_health() {
        Route route = equal(2);
        Moment moment = new Moment().left("p/m0", 25);
        int ofFirst = 0;
        for (int i = 0; i < 5000; i++) {
            ofFirst += moment.first(route).equals("p/m0") ? 1 : 0;
        }
        assertThat(ofFirst).isBetween(900, 1100);
    }
}
