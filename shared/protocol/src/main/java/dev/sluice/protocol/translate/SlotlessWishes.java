package dev.sluice.protocol.translate;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What becomes of wishes that a target has no field for, by PROTOCOL 2.2: hints go in silence, what the answer would be
/// wrong without is refused, the rest is told.
public final class SlotlessWishes {
    private static final String ONLY_THOUGHTS = "clear_thinking_";

    private SlotlessWishes() {}

    /// @param taken the wishes that the target itself has a field for
    public static void settle(ChatRequest request, Set<Field> taken, Losses losses) {
        for (Map.Entry<Field, Json> wish : request.fields().entrySet()) {
            if (!taken.contains(wish.getKey()) && asks(wish.getValue())) {
                settle(wish.getKey(), wish.getValue(), request.pathOf(wish.getKey()), losses);
            }
        }
    }

    /// Fields of another dialect that nobody knows.
    public static void dropExtras(ChatRequest request, Losses losses) {
        request.extras().fields().fields().keySet().forEach(losses::drop);
    }

    /// Refuses a wish for anything but text, of a target that gives nothing else.
    public static void textOnly(ChatRequest request, Losses losses) {
        if (request.modalities().stream().anyMatch(modality -> !modality.equalsIgnoreCase("text"))) {
            throw losses.refused(request.pathOf(Field.MODALITIES), "The model answers in text only.");
        }
    }

    private static boolean asks(Json value) {
        return value != Json.FALSE && value != Json.NULL && !value.equals(Json.Arr.of());
    }

    private static void settle(Field field, Json value, String path, Losses losses) {
        switch (field) {
            case AUDIO_OUT, PREVIOUS_RESPONSE, CONVERSATION, BACKGROUND, MCP_SERVERS, THREAD, CONTAINER ->
                throw losses.needed(path);
            case CHOICES, MODALITIES -> throw losses.needed(path);
            case STORE, VERBOSITY, METADATA, END_USER, CACHE, SERVICE_TIER, SPEED, PREDICTION -> {
                // hints: the answer is the same without them
            }
            case CONTEXT_MANAGEMENT -> {
                if (!isAboutThoughtsOnly(value)) {
                    losses.drop(path);
                }
            }
            case MODEL, MESSAGES, SYSTEM, TOOLS, TOOL_CHOICE, PARALLEL_TOOLS, MAX_OUTPUT_TOKENS -> losses.drop(path);
            case TEMPERATURE, TOP_P, TOP_K, MIN_P, SEED, PRESENCE_PENALTY, FREQUENCY_PENALTY -> losses.drop(path);
            case LOGIT_BIAS, LOGPROBS, TOP_LOGPROBS, STOP, RESPONSE_FORMAT, REASONING -> losses.drop(path);
            case WEB_SEARCH, FALLBACKS, PREFILL -> losses.drop(path);
        }
    }

    /// Which of its own earlier thoughts a provider shall forget: they reach no other.
    private static boolean isAboutThoughtsOnly(Json value) {
        List<Json> edits = value instanceof Json.Obj object ? object.items("edits") : List.of();
        return !edits.isEmpty()
                && edits.stream()
                        .allMatch(edit -> edit instanceof Json.Obj one
                                && one.text("type", "").startsWith(ONLY_THOUGHTS));
    }
}
