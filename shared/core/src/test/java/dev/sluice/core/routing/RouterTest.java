package dev.sluice.core.routing;

import static dev.sluice.core.routing.Configs.caller;
import static dev.sluice.core.routing.Configs.disabled;
import static dev.sluice.core.routing.Configs.model;
import static dev.sluice.core.routing.Configs.off;
import static dev.sluice.core.routing.Configs.planned;
import static dev.sluice.core.routing.Configs.provider;
import static dev.sluice.core.routing.Configs.refsOf;
import static dev.sluice.core.routing.Configs.refused;
import static dev.sluice.core.routing.Configs.request;
import static dev.sluice.core.routing.Configs.wildcard;
import static dev.sluice.core.routing.Configs.withFallbacks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.config.AliasConfig.WeightedRef;
import dev.sluice.core.config.PolicySwitches;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Kind;
import dev.sluice.protocol.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final Configs HOUSE = Configs.of(
                    provider("alpha", 2, model("big", "opus"), model("small")),
                    provider("beta", 1, model("big"), model("org/mini"), off("old")),
                    wildcard("open", model("listed")),
                    disabled(provider("gone", model("big"), model("lost"))))
            .alias("coding", "alpha/big", "beta/org/mini")
            .alias("big-*", "alpha/small")
            .alias("big-*-fast", "beta/big")
            .alias("big-x*", "open/x")
            .alias("outer", "coding", "open/any", "alpha/small")
            .defaultModel("coding");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alpha/big            | alpha/big",
                "alpha/opus           | alpha/big",
                "beta/org/mini        | beta/org/mini",
                "open/listed          | open/listed",
                "open/never/heard:of  | open/never/heard:of",
                "org/mini             | beta/org/mini",
                "coding               | alpha/big beta/org/mini",
                "alias:coding         | alpha/big beta/org/mini",
                "big-1                | alpha/small",
                "big-1-fast           | alpha/small",
                "big-x1-fast          | open/x",
                "alias:big-x          | open/x",
                "outer                | alpha/big beta/org/mini open/any alpha/small",
                "opus                 | alpha/big",
                "small                | alpha/small",
                "big                  | beta/big alpha/big",
                "''                   | alpha/big beta/org/mini",
                "smart                | alpha/big beta/org/mini",
                "auto                 | alpha/big beta/org/mini",
                "demo/demo            | demo/demo",
                "opus:latest          | alpha/big",
                "coding:latest        | alpha/big beta/org/mini",
                "beta/org/mini:latest | beta/org/mini",
                "open/x:latest        | open/x:latest",
            })
    void leads_a_name_to_its_targets(String name, String targets) {
        assertThat(HOUSE.route(name)).containsExactly(targets.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open/..", "open/../../v1/secrets", "open/a/./b", "open/a b", "open/a\nb", "open/*"})
    void no_wildcard_lets_through_what_is_no_name_but_a_way_elsewhere(String name) {
        assertThat(HOUSE.plan(name)).isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void names_the_route() {
        assertThat(planned(HOUSE.plan("alpha/big")).route()).isEqualTo("direct");
        assertThat(planned(HOUSE.plan("big")).route()).isEqualTo("direct");
        assertThat(planned(HOUSE.plan("")).route()).isEqualTo("coding;ordered");
        assertThat(planned(HOUSE.plan("big-7")).route()).isEqualTo("big-*;ordered");
    }

    @Test
    void skips_disabled_places_and_says_so() {
        Plan plan = planned(HOUSE.plan("big"));
        assertThat(refsOf(plan)).containsExactly("beta/big", "alpha/big");
        assertThat(plan.skipped()).containsExactly("gone/big:disabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone/big", "lost", "beta/old", "old"})
    void a_disabled_model_is_not_found(String name) {
        Failure failure = refused(HOUSE.plan(name));
        assertThat(failure.kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
        assertThat(failure.message()).contains("disabled");
    }

    @Test
    void skips_references_that_became_unknown() {
        Configs configs = Configs.of(provider("a", model("m"))).alias("x", "a/n", "nowhere/m", "alias:y", "a/m");
        Plan plan = planned(configs.plan("x"));
        assertThat(refsOf(plan)).containsExactly("a/m");
        assertThat(plan.skipped()).containsExactly("a/n:unknown", "nowhere/m:unknown", "alias:y:unknown");
    }

    @Test
    void an_alias_without_a_usable_target_is_unavailable() {
        Configs configs = Configs.of(provider("a", off("m"))).alias("x", "a/m", "b/m");
        Failure failure = refused(configs.plan("x"));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.message()).contains("a/m:disabled").contains("b/m:unknown");
    }

    @Test
    void guards_against_cycles() {
        Configs configs = Configs.of(provider("a", model("m"), model("n")))
                .alias("one", "two", "a/m")
                .alias("two", "one", "alias:two", "a/n");
        Plan plan = planned(configs.plan("one"));
        assertThat(refsOf(plan)).containsExactly("a/n", "a/m");
        assertThat(plan.skipped()).containsExactly("one:cycle", "alias:two:cycle");
    }

    @Test
    void an_alias_may_be_named_as_the_model_behind_it() {
        Configs configs = Configs.of(provider("a", model("m-1"), model("m-2"), model("opus-9", "opus")))
                .alias("m-*", "m-2", "m-1")
                .alias("opus", "opus");
        assertThat(configs.route("m-anything")).containsExactly("a/m-2", "a/m-1");
        assertThat(configs.route("opus")).containsExactly("a/opus-9");
    }

    @Test
    void expands_a_web_of_aliases_in_no_time() {
        Configs configs = Configs.of(provider("a", model("m")));
        for (int i = 0; i < 60; i++) {
            configs.alias("n" + i, "n" + (i + 1), "alias:n" + (i + 1), "n" + (i + 1));
        }
        configs.alias("n60", "a/m");
        assertThat(configs.route("n0")).containsExactly("a/m");
    }

    @Test
    void the_second_tier_comes_strictly_after_the_first() {
        Configs configs = Configs.of(provider("a", model("m"), model("n"), model("o")))
                .alias("inner", Strategy.ORDERED, List.of("a/m"), List.of("a/n"))
                .alias("x", Strategy.ORDERED, List.of("inner"), List.of("a/o", "a/m"));
        assertThat(configs.route("x")).containsExactly("a/m", "a/n", "a/o");
    }

    @Test
    void a_direct_model_has_its_fallbacks_and_one_behind_an_alias_has_not() {
        Configs configs = Configs.of(
                        provider("a", withFallbacks("m", "b/n", "spare", "nowhere/x")),
                        provider("b", model("n"), withFallbacks("m", "b/n")),
                        provider("c", model("o")))
                .alias("spare", "c/o")
                .alias("x", "a/m");
        assertThat(configs.route("a/m")).containsExactly("a/m", "b/n", "c/o");
        assertThat(planned(configs.plan("a/m")).skipped()).containsExactly("nowhere/x:unknown");
        assertThat(configs.route("m")).containsExactly("a/m", "b/m", "b/n", "c/o");
        assertThat(configs.route("x")).containsExactly("a/m");
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void the_route_names_the_strategy_that_is_carried_out(Strategy strategy) {
        Configs configs = Configs.of(provider("a", model("m"), model("n")))
                .alias("x", strategy, List.of("a/n", "a/m"), List.of());
        assertThat(configs.route("x")).containsExactlyInAnyOrder("a/n", "a/m");
        assertThat(planned(configs.plan("x")).route())
                .isEqualTo("x;" + (strategy == Strategy.COST ? "ordered" : strategy.id()));
    }

    @Test
    void an_unknown_model_is_a_404_that_names_the_closest() {
        Failure failure = refused(HOUSE.plan("codng"));
        assertThat(failure.kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
        assertThat(failure.message()).contains("'codng'").contains("'coding'").doesNotContain("org/mini");
        assertThat(refused(HOUSE.plan("beta/bigg")).message()).contains("'beta/big'");
        assertThat(refused(HOUSE.plan("q".repeat(5000))).message()).hasSizeLessThan(300);
        assertThat(refused(HOUSE.plan("alias:nope")).kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
        assertThat(refused(HOUSE.plan("gone-co/x")).message()).doesNotContain("gone/big");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a/", "/m", "alias:", "*", "**", "alias:*", "never", " "})
    void odd_names_are_unknown(String name) {
        Configs configs = Configs.of(wildcard("a", model("m"))).alias("x", "a/m");
        assertThat(refused(configs.plan(name)).kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
    }

    @Test
    void without_a_default_a_missing_model_is_the_clients_mistake() {
        Configs configs = Configs.of(provider("a", model("m")));
        assertThat(refused(configs.plan("")).kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(refused(configs.plan("smart")).kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
        configs.defaultModel("a/gone");
        assertThat(refused(configs.plan("smart")).message()).contains("a/gone");
    }

    @Test
    void an_alias_of_the_owner_may_be_called_auto() {
        Configs configs = Configs.of(provider("a", model("m"), model("n")))
                .alias("auto", "a/n")
                .defaultModel("a/m");
        assertThat(configs.route("auto")).containsExactly("a/n");
        assertThat(configs.route("smart")).containsExactly("a/m");
        assertThat(configs.defaultModel("auto").route("smart")).containsExactly("a/n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "smart", "whatever", "some/model", "alias:x", "demo/demo"})
    void before_anything_is_configured_every_name_reaches_the_demo(String name) {
        assertThat(Configs.of().route(name)).containsExactly("demo/demo");
    }

    @Test
    void the_demo_is_reached_by_its_own_ref_only_and_hidden_by_a_provider_of_its_name() {
        assertThat(refused(HOUSE.plan("demo")).kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
        assertThat(refused(HOUSE.plan("demo/other")).kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
        Configs own = Configs.of(provider("demo", model("mine")));
        assertThat(own.route("demo/mine")).containsExactly("demo/mine");
        assertThat(refused(own.plan("demo/demo")).kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alpha/big | alpha/big | alpha/big",
                "alpha/*   | alpha/big | alpha/big",
                "alpha/big | big       | alpha/big",
                "big       | big       | beta/big alpha/big",
                "coding    | coding    | alpha/big beta/org/mini",
                "coding    | ''        | alpha/big beta/org/mini",
                "alpha/big | coding    | alpha/big",
                "outer     | outer     | alpha/big beta/org/mini open/any alpha/small",
                "coding    | outer     | alpha/big beta/org/mini",
                "big-*     | big-3     | alpha/small",
                "open/*    | open/zzz  | open/zzz",
                "opus      | alpha/big | alpha/big",
            })
    void a_limited_key_reaches_what_it_may(String allowed, String name, String targets) {
        Plan plan = planned(HOUSE.plan(request(name, caller(allowed))));
        assertThat(refsOf(plan)).containsExactly(targets.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({"alpha/big, alpha/small", "coding, alpha/big", "big-*, big-x1", "alpha*, alpha/big", "small, coding"})
    void a_limited_key_is_refused_the_rest(String allowed, String name) {
        Failure failure = refused(HOUSE.plan(request(name, caller(allowed))));
        assertThat(failure.kind()).isEqualTo(Kind.PERMISSION);
        assertThat(failure.message()).contains(name);
    }

    @Test
    void a_limited_key_is_not_told_the_names_of_others() {
        Failure failure = refused(HOUSE.plan(request("smal", caller("coding"))));
        assertThat(failure.kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
        assertThat(failure.message()).doesNotContain("small");
    }

    @Test
    void what_a_limited_key_may_not_use_is_skipped() {
        Plan plan = planned(HOUSE.plan(request("coding", caller("beta/org/mini"))));
        assertThat(refsOf(plan)).containsExactly("beta/org/mini");
        assertThat(plan.skipped()).containsExactly("alpha/big:not-allowed");
    }

    @Test
    void what_one_alias_on_the_way_does_not_permit_another_may() {
        Configs configs = Configs.of(provider("a", model("m")))
                .alias("outer", "inner", "granted")
                .alias("granted", "inner")
                .alias("inner", "a/m");
        Plan plan = planned(configs.plan(request("outer", caller("granted"))));
        assertThat(refsOf(plan)).containsExactly("a/m");
        assertThat(plan.skipped()).isEmpty();
    }

    @Test
    void of_a_target_named_twice_the_first_place_counts_with_its_weight() {
        List<WeightedRef> twice =
                List.of(new WeightedRef("a/m", 5), new WeightedRef("a/n", 2), new WeightedRef("m", 1));
        Configs configs = Configs.of(provider("a", model("m"), model("n")))
                .alias(new AliasConfig("x", Strategy.ORDERED, twice, twice, PolicySwitches.NONE));
        assertThat(planned(configs.plan("x")).targets())
                .extracting(target -> target.ref() + "=" + target.weight())
                .containsExactly("a/m=5", "a/n=2");
    }
}
