package dev.sluice.core.config;

import static dev.sluice.core.config.Documents.aliases;
import static dev.sluice.core.config.Documents.errors;
import static dev.sluice.core.config.Documents.good;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    @Test
    void a_long_chain_of_aliases_is_followed_in_time() {
        StringBuilder chain = new StringBuilder(alias("a0", "m"));
        for (int i = 1; i < 200; i++) {
            chain.append(',').append(alias("a" + i, "a" + (i - 1), i > 1 ? "a" + (i - 2) : "n"));
        }

        assertThat(good(aliases(chain.toString())).snapshot().aliases()).hasSize(200);
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
