package dev.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN =
            List.of("id", "name", "enabled", "endpoints", "maxOutputTokens", "rateLimits", "retries", "weighted-rr");

    @ParameterizedTest
    @CsvSource({
        "enable, enabled",
        "enabeld, enabled",
        "Enabled, enabled",
        "endpoint, endpoints",
        "max_output_tokens, maxOutputTokens",
        "max-output-token, maxOutputTokens",
        "weightedrr, weighted-rr",
        "limits, rateLimits",
        "nmae, name",
        "retry, retries",
        "di, id"
    })
    void finds_what_was_meant(String wanted, String meant) {
        assertThat(NearestName.of(wanted, KNOWN)).hasValue(meant);
    }

    @ParameterizedTest
    @CsvSource({"secret", "xy", "zzzzzzzzzz", "''", "--"})
    void is_silent_when_nothing_is_near(String wanted) {
        assertThat(NearestName.of(wanted, KNOWN)).isEmpty();
    }

    @Test
    void of_equally_near_names_the_first_in_the_alphabet_is_taken() {
        assertThat(NearestName.closest("model-3", List.of("model-2", "model-1", "model-2"), 3))
                .containsExactly("model-1", "model-2");
    }

    @Test
    void names_at_most_that_many_and_the_nearest_first() {
        List<String> known = List.of("sonnet-4-56", "sonnet-4-5", "sonnet-4-567", "opus-4");

        assertThat(NearestName.closest("sonnet-45", known, 2)).containsExactly("sonnet-4-5", "sonnet-4-56");
    }

    @Test
    void a_bare_id_finds_the_model_behind_its_provider() {
        assertThat(NearestName.closest("gpt-4", List.of("openrouter/gpt-4o", "openrouter/o3"), 3))
                .containsExactly("openrouter/gpt-4o");
    }

    @Test
    void a_very_long_name_is_not_compared() {
        assertThat(NearestName.of("x".repeat(100_000), List.of("x".repeat(200))))
                .isEmpty();
    }
}
