package dev.sluice.core.config;

import static dev.sluice.core.config.Documents.aliases;
import static dev.sluice.core.config.Documents.errors;
import static dev.sluice.core.config.Documents.good;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigReading.ConfigError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefCheckTest {
    private static String alias(String id, String... refs) {
        StringBuilder targets = new StringBuilder();
        for (String ref : refs) {
            targets.append(targets.isEmpty() ? "" : ",")
                    .append("{'ref':'")
                    .append(ref)
                    .append("'}");
        }
        return "'" + id + "':{'targets':[" + targets + "]}";
    }

    static Stream<String> what_leads_somewhere() {
        return Stream.of(
                alias("a", "p/m"),
                alias("a", "m", "n"),
                alias("a", "demo/demo"),
                alias("a", "b") + "," + alias("b", "m"),
                alias("a", "alias:b") + "," + alias("b", "m"),
                alias("a", "x-1") + "," + alias("x-*", "m"),
                // two ways to the same alias are no cycle
                alias("a", "b", "c") + "," + alias("b", "d") + "," + alias("c", "d") + "," + alias("d", "m"),
                // an alias before the model whose name it bears
                alias("m", "m", "n"),
                alias("m", "n") + "," + alias("n", "m"));
    }

    @ParameterizedTest
    @MethodSource("what_leads_somewhere")
    void accepts_refs_that_lead_to_a_model(String aliases) {
        assertThat(good(aliases(aliases)).snapshot().aliases()).isNotEmpty();
    }

    @Test
    void shows_a_cycle_once_and_whole() {
        String document = aliases(alias("a", "b") + "," + alias("b", "m", "c") + "," + alias("c", "alias:a"));

        assertThat(errors(document)).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo("modelAliases.a");
            assertThat(error.found()).isEqualTo("a cycle: a -> b -> c -> a");
        });
    }

    @Test
    void shows_a_cycle_through_second_tiers_and_wildcards() {
        String document =
                aliases("'a':{'targets':[{'ref':'m'}],'fallbackTargets':[{'ref':'x-1'}]}," + alias("x-*", "a"));

        assertThat(errors(document))
                .singleElement()
                .satisfies(error -> assertThat(error.found()).isEqualTo("a cycle: a -> x-* -> a"));
    }

    @Test
    void an_alias_for_nothing_but_itself_is_a_cycle() {
        assertThat(errors(aliases(alias("a", "a")))).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo("modelAliases.a.targets[0].ref");
            assertThat(error.expected()).contains("a -> a");
        });
    }

    /// Who asks for `a` gets to `m`, back to `a`, and no further.
    @Test
    void a_models_name_does_not_open_a_cycle_that_another_way_in_finds_closed() {
        String document = aliases(alias("m", "a") + "," + alias("a", "m"));

        assertThat(errors(document))
                .singleElement()
                .satisfies(error -> assertThat(error.found()).isEqualTo("a cycle: m -> a -> m"));
    }

    @Test
    void a_provider_and_model_never_means_an_alias() {
        assertThat(good(aliases(alias("m", "p/m"))).snapshot().aliases()).hasSize(1);
    }

    @Test
    void a_pattern_for_nothing_but_itself_is_a_cycle() {
        assertThat(errors(aliases(alias("x-*", "x-1"))))
                .singleElement()
                .satisfies(error -> assertThat(error.expected()).contains("x-* -> x-*"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50})
    void aliases_may_be_nested_so_deep(int depth) {
        assertThat(good(aliases(String.join(",", chain(depth)))).snapshot().aliases())
                .hasSize(depth);
        assertThat(good(aliases(String.join(",", chain(depth).reversed())))
                        .snapshot()
                        .aliases())
                .hasSize(depth);
    }

    @Test
    void aliases_nested_deeper_are_refused_whatever_their_order() {
        for (int depth : List.of(51, 60, 5000)) {
            assertThat(errors(aliases(String.join(",", chain(depth))))).anySatisfy(RefCheckTest::saysTooDeep);
            assertThat(errors(aliases(String.join(",", chain(depth).reversed()))))
                    .anySatisfy(RefCheckTest::saysTooDeep);
        }
    }

    private static void saysTooDeep(ConfigError error) {
        assertThat(error.found()).isEqualTo("more than 50 aliases one in another");
    }

    /// Each but the first two leads to the two before it: very many ways, if each were walked.
    private static List<String> chain(int depth) {
        List<String> chain = new ArrayList<>(List.of(alias("a0", "m")));
        for (int i = 1; i < depth; i++) {
            chain.add(alias("a" + i, "a" + (i - 1), i > 1 ? "a" + (i - 2) : "n"));
        }
        return chain;
    }

    @ParameterizedTest
    @CsvSource({
        "a-*, a-b, true",
        "a-*, a-, true",
        "a-*, b-a-, false",
        "a*b*c, abc, true",
        "a*b*c, axxbxxc, true",
        "a*b*c, acb, false",
        "a*a, a, false",
        "a*ab, aab, true",
        "a*bb, ab, false",
        "a**, a, true",
        "abc, abc, false"
    })
    void a_star_is_any_run_of_characters(String pattern, String name, boolean expected) {
        assertThat(RefCheck.matches(pattern, name)).isEqualTo(expected);
    }
}
