package dev.sluice.core.routing;

import static dev.sluice.core.routing.Configs.model;
import static dev.sluice.core.routing.Configs.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.model.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The strategies that draw or compare, and what holds for all of them.
class StrategiesTest {
    private static Configs house() {
        return Configs.of(provider("p", model("a"), model("b"), model("c"), model("d")));
    }

    private static Route route(Strategy strategy, String... targets) {
        return house().weighted("x", strategy, targets).routeOf("x");
    }

    /// How often each stood first in so many plans.
    private static Map<String, Integer> firsts(Route route, Moment moment, int plans) {
        Map<String, Integer> firsts = new HashMap<>();
        for (int i = 0; i < plans; i++) {
            firsts.merge(moment.first(route), 1, Integer::sum);
        }
        return firsts;
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void every_strategy_has_each_target_once_and_the_second_tier_behind(Strategy strategy) {
        Route route = house().alias("x", strategy, List.of("p/a", "p/b"), List.of("p/c", "p/d", "p/a"))
                .routeOf("x");
        Moment moment = new Moment().down("p/a").left("p/b", 0);
        for (int i = 0; i < 50; i++) {
            List<String> order = moment.session(i % 2 == 0 ? "s" + i : null).order(route);
            assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("p/a", "p/b");
            assertThat(order.subList(2, 4)).containsExactlyInAnyOrder("p/c", "p/d");
        }
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void the_same_conditions_give_the_same_plan(Strategy strategy) {
        Route route = house().alias("x", strategy, List.of("p/a", "p/b", "p/c"), List.of("p/d"))
                .routeOf("x");
        assertThat(route.plan(new Moment().conditions())).isEqualTo(route.plan(new Moment().conditions()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"QUOTA_AWARE_WEIGHTED_RR", "AUTO", "LATENCY", "LEAST_USED", "RANDOM"})
    void what_cannot_be_used_now_comes_last(Strategy strategy) {
        Route route = route(strategy, "p/a=100", "p/b=1", "p/c=100");
        Moment moment = new Moment().down("p/a").left("p/c", 0);
        for (int i = 0; i < 50; i++) {
            Plan plan = route.plan(moment.conditions());
            assertThat(Configs.refsOf(plan)).startsWith("p/b");
            assertThat(plan.candidates().stream().skip(1).map(Candidate::reason))
                    .containsExactlyInAnyOrder("cools down", "quota exhausted");
        }
    }

    @Test
    void a_plan_says_why_each_candidate_stands_where_it_stands() {
        Route route = house().alias("in", Strategy.ROUND_ROBIN, List.of("p/c", "p/d"), List.of())
                .alias("x", Strategy.AUTO, List.of("p/a", "p/b"), List.of("in"))
                .routeOf("x");
        Plan plan = route.plan(new Moment().at("in", 0).down("p/a").session("s").conditions());
        assertThat(plan.candidates().stream().map(one -> one.target().ref() + " " + one.reason()))
                .containsExactly(
                        "p/b session s keeps to it",
                        "p/a cools down",
                        "p/c second tier: its turn",
                        "p/d second tier: next in turn");
        assertThat(plan.candidates()).allMatch(one -> one.weight() == 1);
        assertThat(house().routeOf("p/a").plan(new Moment().conditions()).candidates())
                .extracting(Candidate::reason)
                .containsExactly("named");
    }

    @Test
    void ordered_is_the_list_whatever_happens() {
        Route route = route(Strategy.ORDERED, "p/b=1", "p/a=9");
        assertThat(new Moment().down("p/b").session("s").order(route)).containsExactly("p/b", "p/a");
    }

    @Test
    void random_is_drawn_by_weight_at_every_place() {
        Route route = route(Strategy.RANDOM, "p/a=6", "p/b=3", "p/c=1");
        Moment moment = new Moment();
        int bBehindA = 0;
        int aFirst = 0;
        for (int i = 0; i < 10_000; i++) {
            List<String> order = moment.order(route);
            if (order.getFirst().equals("p/a")) {
                aFirst++;
                bBehindA += order.get(1).equals("p/b") ? 1 : 0;
            }
        }
        assertThat(aFirst).isBetween(5850, 6150);
        assertThat(bBehindA / (double) aFirst).isBetween(0.72, 0.78);
    }

    @Test
    void quota_and_health_scale_the_weights() {
        Route route = route(Strategy.QUOTA_AWARE_WEIGHTED_RR, "p/a=2", "p/b=1", "p/c=1");
        // 2 x 0.5, 1 x 1, 1 x 1/(1 + 0.5 x 2)
        Map<String, Integer> firsts = firsts(route, new Moment().left("p/a", 50).failures("p/c", 2), 10_000);
        assertThat(firsts.get("p/a")).isBetween(3850, 4150);
        assertThat(firsts.get("p/b")).isBetween(3850, 4150);
        assertThat(firsts.get("p/c")).isBetween(1900, 2100);
    }

    @Test
    void health_never_falls_below_a_twentieth() {
        assertThat(Outlook.health(0)).isEqualTo(1);
        assertThat(Outlook.health(1)).isEqualTo(1 / 1.5);
        assertThat(Outlook.health(38)).isEqualTo(0.05);
        assertThat(Outlook.health(1_000_000)).isEqualTo(0.05);
    }

    @Test
    void the_tightest_bucket_counts_and_a_window_that_ended_does_not() {
        Fill roomy = Moment.bucket(80);
        Fill tight = Moment.bucket(10);
        Fill past = new Fill("hour", "requests", 100, 100, Moment.NOW);
        Outlook outlook = Outlook.of(new Standing(List.of(roomy, tight, past), 0, null), Moment.NOW);
        assertThat(outlook.worth()).isEqualTo(0.1);
        assertThat(outlook.isUsable()).isTrue();
        assertThat(Outlook.of(new Standing(List.of(roomy, Moment.bucket(0)), 0, null), Moment.NOW)
                        .why())
                .isEqualTo("quota exhausted");
    }

    @Test
    void a_target_is_usable_again_from_the_moment_it_recovers() {
        Standing open = new Standing(List.of(), 2, new Recovery(Moment.NOW, false, Failure.Category.TEMPORARY_ERROR));
        assertThat(Outlook.of(open, Moment.NOW.minusMillis(1)).why()).isEqualTo("breaker open");
        assertThat(Outlook.of(open, Moment.NOW).isUsable()).isTrue();
    }

    @Test
    void an_alias_is_worth_as_much_as_the_best_behind_it() {
        Route route = house().alias("in", Strategy.QUOTA_AWARE_WEIGHTED_RR, List.of("p/a", "p/b"), List.of())
                .alias("x", Strategy.QUOTA_AWARE_WEIGHTED_RR, List.of("in", "p/c"), List.of())
                .routeOf("x");
        Map<String, Integer> firsts = firsts(route, new Moment().down("p/a").left("p/b", 100), 4000);
        assertThat(firsts).containsOnlyKeys("p/b", "p/c");
        assertThat(firsts.get("p/b")).isBetween(1850, 2150);
        assertThat(new Moment().down("p/a").down("p/b").first(route)).isEqualTo("p/c");
    }

    @Test
    void latency_prefers_the_fastest() {
        Route route = route(Strategy.LATENCY, "p/a=1", "p/b=1", "p/c=1");
        Moment moment = new Moment();
        moment.pace.firstContent("p/a", Duration.ofMillis(900), moment.nanos);
        moment.pace.firstContent("p/b", Duration.ofMillis(300), moment.nanos);
        moment.pace.firstContent("p/c", Duration.ofMillis(600), moment.nanos);
        assertThat(moment.order(route)).containsExactly("p/b", "p/c", "p/a");
    }

    @Test
    void latency_measures_the_unknown_and_the_old_first_but_with_one_request_at_a_time() {
        Route route = route(Strategy.LATENCY, "p/a=1", "p/b=1");
        Moment moment = new Moment();
        moment.pace.firstContent("p/a", Duration.ofMillis(300), moment.nanos);
        assertThat(moment.first(route)).isEqualTo("p/b");
        moment.pace.started("p/b", moment.nanos);
        assertThat(moment.first(route)).isEqualTo("p/a");
        moment.later(Duration.ofSeconds(10));
        assertThat(moment.first(route)).isEqualTo("p/b");
        moment.pace.firstContent("p/b", Duration.ofMillis(400), moment.nanos);
        assertThat(moment.first(route)).isEqualTo("p/a");
        moment.later(Duration.ofMinutes(4).plusSeconds(51));
        assertThat(moment.first(route)).isEqualTo("p/a");
        moment.pace.firstContent("p/b", Duration.ofMillis(400), moment.nanos);
        moment.later(Duration.ofSeconds(1));
        moment.pace.started("p/a", moment.nanos);
        assertThat(moment.first(route)).isEqualTo("p/a");
    }

    @Test
    void latency_draws_among_equals_by_weight() {
        Map<String, Integer> firsts = firsts(route(Strategy.LATENCY, "p/a=3", "p/b=1"), new Moment(), 4000);
        assertThat(firsts.get("p/a")).isBetween(2880, 3120);
    }

    @Test
    void least_used_evens_out_attempts_by_weight() {
        Route route = route(Strategy.LEAST_USED, "p/a=3", "p/b=1");
        Moment moment = new Moment();
        Map<String, Integer> firsts = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            String first = moment.first(route);
            moment.pace.started(first, moment.nanos);
            firsts.merge(first, 1, Integer::sum);
        }
        assertThat(firsts.get("p/a")).isBetween(299, 301);
    }

    @Test
    void least_used_forgets_after_a_minute() {
        Route route = route(Strategy.LEAST_USED, "p/a=1", "p/b=1");
        Moment moment = new Moment();
        moment.pace.started("p/a", moment.nanos);
        assertThat(moment.first(route)).isEqualTo("p/b");
        moment.later(Duration.ofSeconds(30));
        moment.pace.started("p/b", moment.nanos);
        moment.later(Duration.ofSeconds(30));
        assertThat(moment.first(route)).isEqualTo("p/a");
    }

    @Test
    void a_bare_model_id_of_several_providers_is_one_choice_in_an_alias() {
        Route route = Configs.of(provider("p", 2, model("m")), provider("q", 1, model("m"), model("n")))
                .weighted("x", Strategy.RANDOM, "m=1", "q/n=1")
                .routeOf("x");
        Map<String, Integer> firsts = firsts(route, new Moment(), 4000);
        assertThat(firsts).containsOnlyKeys("q/m", "q/n");
        assertThat(firsts.get("q/n")).isBetween(1850, 2150);
    }
}
