package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextOverflowTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            prompt is too long: 250000 tokens > 200000 maximum | 250000 | 200000
            input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input | 210000 | 200000
            This model's maximum context length is 128000 tokens. However, your messages resulted in 130500 tokens. | 130500 | 128000
            This model's Maximum Context Length is 8192 tokens. However, you requested 9000 tokens (8000 in the messages) | 9000 | 8192
            The input token count (1200000) exceeds the maximum number of tokens allowed (1048576). | 1200000 | 1048576
            Current length is 9001 while limit is 8192 | 9001 | 8192
            """)
    void reads_the_numbers(String message, long tokens, long maximum) {
        assertThat(ContextOverflow.in(null, message))
                .hasValue(new ContextOverflow(new Failure.Window(tokens, maximum)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROMPT IS TOO LONG",
                "Your input exceeds the context window of this model.",
                "The model returned the following errors: Input is too long for requested model.",
                "too many input tokens",
                "The prompt is longer than the model's context length",
                "the request exceeds the available context size",
                "Input tokens exceed the configured limit of 272000 tokens",
                "`inputs` tokens + `max_new_tokens` must be <= 4096",
                "maximum context length is unknown"
            })
    void recognises_words_without_numbers(String message) {
        assertThat(ContextOverflow.in(null, message)).hasValue(new ContextOverflow(null));
    }

    @Test
    void recognises_the_code() {
        assertThat(ContextOverflow.in("context_length_exceeded", "too much")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Invalid 'messages[2].tool_calls[0].id': string too long. Expected a string with maximum length 40",
                "max_tokens is too large",
                "tokens",
                "",
                "prompt is required",
                "maximum context"
            })
    void leaves_other_errors_alone(String message) {
        assertThat(ContextOverflow.in(null, message)).isEmpty();
    }

    @Test
    void does_not_take_a_long_string_for_a_long_prompt() {
        assertThat(ContextOverflow.in("string_above_max_length", "prompt is too long: 5 tokens > 4 maximum"))
                .isEmpty();
    }

    @Test
    void survives_numbers_that_are_none() {
        assertThat(ContextOverflow.in(null, "prompt is too long: 99999999999999999999999 tokens > 1"))
                .hasValue(new ContextOverflow(null));
    }
}
