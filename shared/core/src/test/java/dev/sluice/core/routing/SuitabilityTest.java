package dev.sluice.core.routing;

import static dev.sluice.core.routing.Configs.described;
import static dev.sluice.core.routing.Configs.holding;
import static dev.sluice.core.routing.Configs.model;
import static dev.sluice.core.routing.Configs.only;
import static dev.sluice.core.routing.Configs.planned;
import static dev.sluice.core.routing.Configs.provider;
import static dev.sluice.core.routing.Configs.refsOf;
import static dev.sluice.core.routing.Configs.refused;
import static dev.sluice.core.routing.Configs.speaking;
import static dev.sluice.core.routing.Configs.window;
import static dev.sluice.core.routing.Configs.with;
import static dev.sluice.core.routing.Configs.withoutReasoning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.AliasConfig;
import dev.sluice.core.config.AliasConfig.Strategy;
import dev.sluice.core.config.PolicySwitches;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Kind;
import dev.sluice.model.Field;
import dev.sluice.model.Policies;
import dev.sluice.model.Policies.Loss;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a request needs of a target: room, capabilities, a dialect; and the switches it is sent with.
class SuitabilityTest {
    private static final Configs WINDOWS = Configs.of(
                    provider("a", window("small", 100), window("middle", 200), window("large", 300), model("unknown")))
            .alias("known", "a/small", "a/large", "a/middle")
            .alias("mixed", "a/small", "a/middle", "a/unknown")
            .alias("tiers", Strategy.ORDERED, List.of("a/small", "a/middle"), List.of("a/large"));

    private static List<String> route(String name, long tokens) {
        return refsOf(planned(WINDOWS.plan(holding(name, tokens))));
    }

    @Test
    void targets_that_cannot_hold_the_prompt_go_behind_those_that_can() {
        assertThat(route("known", 0)).containsExactly("a/small", "a/large", "a/middle");
        assertThat(route("known", 100)).containsExactly("a/small", "a/large", "a/middle");
        assertThat(route("known", 101)).containsExactly("a/large", "a/middle", "a/small");
        assertThat(route("known", 201)).containsExactly("a/large", "a/small", "a/middle");
        assertThat(route("tiers", 101)).containsExactly("a/middle", "a/large", "a/small");
    }

    @Test
    void an_unknown_window_is_taken_to_be_large_enough() {
        assertThat(route("mixed", 1_000_000)).containsExactly("a/unknown", "a/small", "a/middle");
    }

    @Test
    void a_prompt_is_only_measured_where_a_window_is_known_and_then_once() {
        List<Long> measured = new ArrayList<>();
        LongSupplier size = () -> {
            measured.add(150L);
            return 150;
        };
        planned(WINDOWS.plan(sized("a/unknown", size)));
        assertThat(measured).isEmpty();
        planned(WINDOWS.plan(sized("known", size)));
        assertThat(measured).hasSize(1);
    }

    private static RouteRequest sized(String model, LongSupplier size) {
        return new RouteRequest(
                Dialect.OPENAI_CHAT, model, Caller.ANONYMOUS, Set.of(), size, EnumSet.allOf(Dialect.class));
    }

    @Test
    void refuses_in_the_words_that_tools_compact_upon_when_none_can_hold_it() {
        Failure failure = refused(WINDOWS.plan(holding("known", 301)));
        assertThat(failure.kind()).isEqualTo(Kind.CONTEXT_WINDOW);
        assertThat(failure.message()).isEqualTo("prompt is too long: 301 tokens > 300 maximum");
    }

    @Test
    void targets_that_lack_a_capability_go_behind_but_before_those_that_are_too_small() {
        Configs configs = Configs.of(provider("a", window("small", 10), withoutReasoning("plain"), model("thinker")))
                .alias("x", "a/small", "a/plain", "a/thinker");
        assertThat(refsOf(planned(configs.plan(wanting(Set.of(Field.REASONING), 50)))))
                .containsExactly("a/thinker", "a/plain", "a/small");
        assertThat(refsOf(planned(configs.plan(wanting(Set.of(Field.TOOLS), 5)))))
                .containsExactly("a/small", "a/plain", "a/thinker");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tools\":false}             | TOOLS           | without tools",
                "{\"reasoning\":\"none\"}      | REASONING       | without reasoning",
                "{\"structured_output\":false} | RESPONSE_FORMAT | without structured output",
                "{}                          | WEB_SEARCH      | without web search",
            })
    void each_capability_that_is_needed_counts_and_the_plan_says_which(String lacking, Field field, String why) {
        Configs configs = Configs.of(
                        provider("a", described("lacking", lacking), described("able", "{\"web_search\":true}")))
                .alias("x", "a/lacking", "a/able");
        Plan plan = planned(configs.plan(wanting(Set.of(field), 0)));
        assertThat(refsOf(plan)).containsExactly("a/able", "a/lacking");
        assertThat(plan.candidates().getLast().reason()).endsWith("; " + why);
        assertThat(refsOf(planned(configs.plan(wanting(Set.of(), 0))))).containsExactly("a/lacking", "a/able");
    }

    @Test
    void images_are_only_looked_for_where_a_target_takes_none_and_then_once() {
        Configs configs = Configs.of(provider(
                        "a",
                        described("blind", "{\"vision\":false}"),
                        described("blind2", "{\"vision\":false}"),
                        model("sees")))
                .alias("x", "a/blind", "a/sees", "a/blind2");
        List<String> looks = new ArrayList<>();
        BooleanSupplier images = () -> {
            looks.add("look");
            return true;
        };
        planned(configs.plan(picturing("a/sees", images)));
        assertThat(looks).isEmpty();
        assertThat(refsOf(planned(configs.plan(picturing("x", images)))))
                .containsExactly("a/sees", "a/blind", "a/blind2");
        assertThat(looks).hasSize(1);
        assertThat(refsOf(planned(configs.plan(picturing("x", () -> false)))))
                .containsExactly("a/blind", "a/sees", "a/blind2");
    }

    private static RouteRequest picturing(String model, BooleanSupplier images) {
        return new RouteRequest(
                Dialect.OPENAI_CHAT, model, Caller.ANONYMOUS, Set.of(), () -> 0, images, EnumSet.allOf(Dialect.class));
    }

    @Test
    void what_is_needed_goes_before_what_the_strategy_prefers() {
        Configs configs = Configs.of(provider("a", described("lacking", "{\"tools\":false}"), model("able")))
                .weighted("x", Strategy.AUTO, "a/lacking=1000", "a/able=1");
        assertThat(refsOf(planned(configs.plan(wanting(Set.of(Field.TOOLS), 0)))))
                .containsExactly("a/able", "a/lacking");
    }

    private static RouteRequest wanting(Set<Field> wants, long tokens) {
        return new RouteRequest(
                Dialect.OPENAI_CHAT, "x", Caller.ANONYMOUS, wants, tokens, EnumSet.allOf(Dialect.class));
    }

    private static RouteRequest from(Dialect client, String model, Dialect... supported) {
        return new RouteRequest(client, model, Caller.ANONYMOUS, Set.of(), 0, Set.of(supported));
    }

    @Test
    void speaks_the_clients_dialect_where_it_can_and_else_the_first_listed() {
        Configs configs = Configs.of(speaking(
                provider("a", model("m"), only("n", Dialect.ANTHROPIC), only("o", Dialect.GEMINI)),
                Dialect.OPENAI_RESPONSES,
                Dialect.OPENAI_CHAT,
                Dialect.ANTHROPIC));
        Dialect[] all = Dialect.values();
        assertThat(dialect(configs, from(Dialect.ANTHROPIC, "a/m", all))).isEqualTo(Dialect.ANTHROPIC);
        assertThat(dialect(configs, from(Dialect.OPENAI_CHAT, "a/m", all))).isEqualTo(Dialect.OPENAI_CHAT);
        assertThat(dialect(configs, from(Dialect.GEMINI, "a/m", all))).isEqualTo(Dialect.OPENAI_RESPONSES);
        assertThat(dialect(configs, from(Dialect.GEMINI, "a/m", Dialect.ANTHROPIC, Dialect.OPENAI_CHAT)))
                .isEqualTo(Dialect.OPENAI_CHAT);
        assertThat(dialect(configs, from(Dialect.OPENAI_CHAT, "a/n", all))).isEqualTo(Dialect.ANTHROPIC);
        Target target = planned(configs.plan(from(Dialect.ANTHROPIC, "a/m", all)))
                .targets()
                .getFirst();
        assertThat(target.base()).isEqualTo(URI.create("https://a.example/anthropic"));
    }

    private static Dialect dialect(Configs configs, RouteRequest request) {
        return planned(configs.plan(request)).targets().getFirst().dialect();
    }

    @Test
    void a_target_without_a_usable_endpoint_is_skipped() {
        Configs configs = Configs.of(
                        speaking(provider("a", model("m")), Dialect.GEMINI),
                        provider("b", model("m"), only("n", Dialect.GEMINI)))
                .alias("x", "a/m", "b/n", "b/m");
        Plan plan = planned(configs.plan(from(Dialect.ANTHROPIC, "x", Dialect.ANTHROPIC, Dialect.OPENAI_CHAT)));
        assertThat(refsOf(plan)).containsExactly("b/m");
        assertThat(plan.skipped()).containsExactly("a/m:no-endpoint", "b/n:no-endpoint");
        Failure failure = refused(configs.plan(from(Dialect.ANTHROPIC, "a/m", Dialect.ANTHROPIC)));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.message()).contains("a/m:no-endpoint");
    }

    @Test
    void the_nearest_level_that_sets_a_switch_wins() {
        PolicySwitches top = new PolicySwitches(Loss.DROP, Loss.REJECT, false, false, true, true);
        PolicySwitches ofProvider = new PolicySwitches(Loss.REJECT, null, true, null, null, null);
        PolicySwitches ofInner = new PolicySwitches(null, Loss.DROP, false, null, false, null);
        PolicySwitches ofOuter = new PolicySwitches(null, null, null, true, true, null);
        Configs configs = Configs.of(with(provider("a", model("m")), ofProvider))
                .policies(top)
                .alias(new AliasConfig("in", Strategy.ORDERED, Configs.refs(List.of("a/m")), List.of(), ofInner))
                .alias(new AliasConfig("out", Strategy.ORDERED, Configs.refs(List.of("in")), List.of(), ofOuter));
        assertThat(policies(configs, "a/m")).isEqualTo(new Policies(Loss.REJECT, Loss.REJECT, true, false, true, true));
        assertThat(policies(configs, "in")).isEqualTo(new Policies(Loss.REJECT, Loss.DROP, false, false, false, true));
        assertThat(policies(configs, "out")).isEqualTo(new Policies(Loss.REJECT, Loss.DROP, false, true, true, true));
        assertThat(policies(Configs.of(provider("a", model("m"))), "a/m")).isEqualTo(Policies.DEFAULT);
    }

    private static Policies policies(Configs configs, String name) {
        return planned(configs.plan(name)).targets().getFirst().policies();
    }
}
