package dev.sluice.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StateNamesTest {
    @Test
    void names_are_those_of_the_layout() {
        assertThat(List.of(
                        StateNames.reservation("a"),
                        StateNames.cooldown(),
                        StateNames.cooldown("m/n"),
                        StateNames.cause("cd"),
                        StateNames.cause("cd/m/n"),
                        StateNames.failures("m"),
                        StateNames.openUntil("m"),
                        StateNames.probedAt("m")))
                .containsExactly("r/a", "cd", "cd/m/n", "cw", "cw/m/n", "bf/m", "bo/m", "bp/m");
    }

    @Test
    void a_name_of_64_characters_is_kept_and_a_longer_one_told_by_its_hash() {
        assertThat(StateNames.failures("x".repeat(64))).isEqualTo("bf/" + "x".repeat(64));
        assertThat(StateNames.failures("x".repeat(65)))
                .startsWith("bf/" + "x".repeat(40) + "#")
                .hasSize(3 + 40 + 1 + 16);
    }

    @Test
    void different_models_keep_different_names() {
        Set<String> names = new TreeSet<>();
        for (String model : List.of(
                "x".repeat(65), "x".repeat(66), "x".repeat(65) + "y", "\ud83d\ude00", "\ud83d", "_", "\ude00")) {
            names.add(StateNames.cooldown(model));
        }

        assertThat(names).hasSize(7).allMatch(name -> name.length() <= 67);
    }

    @Test
    void the_breaker_of_a_count_is_found_again() {
        String failures = StateNames.failures("x".repeat(100));

        assertThat(StateNames.breakerOf(failures))
                .containsExactly(failures, StateNames.openUntil("x".repeat(100)), StateNames.probedAt("x".repeat(100)));
        assertThat(StateNames.breakerOf("bo/m")).isEmpty();
    }
}
