package dev.sluice.protocol.anthropic;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import java.util.Map;

/// The wishes that have no slot of their own: a Messages client's go back where they stood, of others' each has its
/// fate.
final class FieldEncoder {
    private final ChatRequest request;
    private final Losses losses;

    FieldEncoder(ChatRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
    }

    void encode(Json.Builder body) {
        for (Map.Entry<Field, Json> wish : request.fields().entrySet()) {
            if (request.client() == Dialect.ANTHROPIC) {
                body.put(request.pathOf(wish.getKey()), wish.getValue());
            } else {
                foreign(wish.getKey(), wish.getValue());
            }
        }
        if (request.modalities().stream().anyMatch(modality -> !modality.equalsIgnoreCase("text"))) {
            losses.refuse(request.pathOf(Field.MODALITIES), "the target answers in text only");
        }
    }

    private void foreign(Field field, Json value) {
        String path = request.pathOf(field);
        if (value == Json.NULL || value == Json.FALSE) {
            return;
        }
        switch (field) {
            case AUDIO_OUT, PREVIOUS_RESPONSE, CONVERSATION, BACKGROUND, MCP_SERVERS, THREAD, CHOICES, MODALITIES ->
                losses.refuse(path, "the target cannot do this");
            case STORE, VERBOSITY, METADATA, END_USER, CACHE, SERVICE_TIER, SPEED, PREDICTION -> {
                // hints: the answer is the same without them
            }
            case WEB_SEARCH -> {
                if (!(value instanceof Json.Obj)) { // with options it is a tool at this target: see ToolEncoder
                    losses.serverTool(path);
                }
            }
            case MODEL, MESSAGES, SYSTEM, TOOLS, TOOL_CHOICE, PARALLEL_TOOLS, MAX_OUTPUT_TOKENS -> losses.drop(path);
            case TEMPERATURE, TOP_P, TOP_K, MIN_P, SEED, PRESENCE_PENALTY, FREQUENCY_PENALTY -> losses.drop(path);
            case LOGIT_BIAS, LOGPROBS, TOP_LOGPROBS, STOP, RESPONSE_FORMAT, REASONING -> losses.drop(path);
            case CONTEXT_MANAGEMENT, FALLBACKS, CONTAINER, PREFILL -> losses.drop(path);
        }
    }
}
