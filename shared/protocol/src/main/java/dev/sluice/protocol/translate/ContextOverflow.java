package dev.sluice.protocol.translate;

import dev.sluice.model.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Recognises the many ways in which providers say that a prompt does not fit (PROTOCOL 2.4).
///
/// @param window the numbers, when the words hold them
public record ContextOverflow(Failure.@Nullable Window window) {
    public static final String CODE = "context_length_exceeded";

    private static final List<String> PHRASES = List.of(
            "prompt is too long",
            "exceed context limit",
            "maximum context length is",
            "exceeds the context window",
            "exceeds the maximum number of tokens allowed",
            "input is too long for requested model",
            "too many input tokens",
            "is longer than the model's context length",
            "exceeds the available context size",
            "input tokens exceed the configured limit",
            "`inputs` tokens + `max_new_tokens` must be");

    /// What the error says of the context window; empty when it is about something else, such as one string being too long.
    public static Optional<ContextOverflow> in(@Nullable String code, String message) {
        Words words = Words.of(message);
        if ("string_above_max_length".equals(code) || words.has("string too long")) {
            return Optional.empty();
        }
        Failure.Window window = window(words);
        boolean says = CODE.equals(code) || window != null || words.hasAny(PHRASES) || words.has(CODE);
        return says ? Optional.of(new ContextOverflow(window)) : Optional.empty();
    }

    private static Failure.@Nullable Window window(Words words) {
        long[] anthropic = words.numbersAfter("prompt is too long: ", " tokens > ");
        if (anthropic != null) {
            return new Failure.Window(anthropic[0], anthropic[1]);
        }
        long[] sum = words.numbersAfter("exceed context limit: ", " + ", " > ");
        if (sum != null) {
            return new Failure.Window(sum[0] + sum[1], sum[2]);
        }
        long[] gemini = words.numbersAfter("input token count (", ") exceeds the maximum number of tokens allowed (");
        if (gemini != null) {
            return new Failure.Window(gemini[0], gemini[1]);
        }
        long[] current = words.numbersAfter("current length is ", " while limit is ");
        return current != null ? new Failure.Window(current[0], current[1]) : openAi(words);
    }

    /// "... maximum context length is 128000 tokens. However, your messages resulted in 130500 tokens ..."
    private static Failure.@Nullable Window openAi(Words words) {
        long[] maximum = words.numbersAfter("maximum context length is ");
        if (maximum == null) {
            return null;
        }
        int behind = words.text().indexOf("tokens", words.endOf("maximum context length is "));
        long asked = behind < 0 ? -1 : words.numberBefore(" tokens", behind + "tokens".length());
        return asked < 0 ? null : new Failure.Window(asked, maximum[0]);
    }
}
