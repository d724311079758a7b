package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoesTest {
    private static final String PROMPT = "the secret plan\nof the \u00e4rchitects";

    private static String without(String failure) {
        String body = "{\"model\":\"a-model-with-a-very-long-name\",\"messages\":[{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"text\",\"text\":\"say: the secret plan\\nof the \\u00e4rchitects, please\"}]}]}";
        return Echoes.without(failure, body.getBytes(StandardCharsets.UTF_8), List.of("a-model-with-a-very-long-name"));
    }

    @Test
    void what_a_provider_repeats_of_the_prompt_is_taken_out() {
        assertThat(without("Invalid value: '" + PROMPT + "' in messages[0]"))
                .isEqualTo("Invalid value: '\u2026' in messages[0]");
        assertThat(without(PROMPT)).isEqualTo("\u2026");
        assertThat(without(PROMPT + " and " + PROMPT)).doesNotContain("secret", "architects");
    }

    @Test
    void its_own_words_and_the_models_name_stay() {
        String words = "The model `a-model-with-a-very-long-name` does not exist or you do not have access to it.";
        assertThat(without(words)).isEqualTo(words);
        assertThat(without("short")).isEqualTo("short");
    }

    @Test
    void long_words_are_cut() {
        assertThat(without("x".repeat(5_000))).hasSize(401).endsWith("\u2026");
    }

    @Test
    void of_a_body_that_nobody_can_read_nothing_may_be_repeated() {
        byte[] packed = {31, -117, 8, 0};
        assertThat(Echoes.without("you sent " + PROMPT, packed, List.of())).doesNotContain("plan");
        assertThat(Echoes.without("there was no body at all", new byte[0], List.of()))
                .isEqualTo("there was no body at all");
    }

    @Test
    void a_large_body_that_repeats_itself_is_found_as_well() {
        String rule = "-".repeat(2_000_000);
        String body = "{\"messages\":[{\"content\":\"" + rule + " the secret plan, in full\"}]}";
        String words = "Invalid: " + "-".repeat(300) + " the secret plan, in full.";
        assertThat(Echoes.without(words, body.getBytes(StandardCharsets.UTF_8), List.of()))
                .isEqualTo("Invalid: \u2026.");
        String twice = "the secret plan, in full; the secret plan, in full!";
        assertThat(Echoes.without(twice, body.getBytes(StandardCharsets.UTF_8), List.of()))
                .isEqualTo("\u2026;\u2026!");
    }
}
