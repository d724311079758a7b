package dev.sluice.protocol.bedrock;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.ToolNames;
import java.util.LinkedHashMap;
import java.util.Map;

/// The wishes beside the conversation: whose request it is, its tier, and what has no slot of its own.
final class WishEncoder {
    private static final int LONGEST = 256;
    private static final int MOST_PAIRS = 16;
    private static final String PUNCTUATION = " :_@$#=/+,-.";

    private final ChatRequest request;
    private final Losses losses;

    WishEncoder(Converse converse) {
        this.request = converse.request();
        this.losses = converse.losses();
    }

    void encode(Json.Builder body) {
        Map<String, Json> pairs = metadata();
        body.when(!pairs.isEmpty(), b -> b.put("requestMetadata", new Json.Obj(pairs)));
        String tier = tier();
        body.when(
                !tier.isEmpty(),
                b -> b.put("serviceTier", Json.object().put("type", tier).build()));
        if (request.modalities().stream().anyMatch(modality -> !modality.equalsIgnoreCase("text"))) {
            refuse(request.pathOf(Field.MODALITIES), "the target answers in text only");
        }
        request.fields().forEach(this::field);
        request.extras().fields().fields().keySet().forEach(losses::drop);
    }

    /// Pairs for the owner's own log of calls; the target takes few characters in them.
    private Map<String, Json> metadata() {
        Map<String, Json> pairs = new LinkedHashMap<>();
        request.metadata().forEach((key, value) -> {
            if (!key.isEmpty() && pairs.size() < MOST_PAIRS) {
                pairs.put(legal(key), Json.of(legal(value)));
            }
        });
        String user = request.endUser();
        if (user != null && !user.isEmpty() && pairs.size() < MOST_PAIRS) {
            pairs.putIfAbsent("user_id", Json.of(legal(user)));
        }
        return pairs;
    }

    private static String legal(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(c -> clean.append(isLegal(c) ? (char) c : '_'));
        return clean.length() <= LONGEST
                ? clean.toString()
                : clean.substring(0, LONGEST - 9) + "_" + ToolNames.hash(text);
    }

    private static boolean isLegal(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PUNCTUATION.indexOf(c) >= 0;
    }

    private String tier() {
        return switch (request.serviceTier()) {
            case "priority" -> "priority";
            case "flex" -> "flex";
            case "default", "standard_only" -> "default";
            case null, default -> "";
        };
    }

    private void field(Field field, Json value) {
        if (value == Json.NULL || value == Json.FALSE || value.equals(Json.Arr.of())) {
            return;
        }
        String path = request.pathOf(field);
        switch (field) {
            case AUDIO_OUT, PREVIOUS_RESPONSE, CONVERSATION, BACKGROUND, MCP_SERVERS, THREAD, CHOICES, MODALITIES ->
                refuse(path, "the target cannot do this");
            case STORE, VERBOSITY, METADATA, END_USER, CACHE, SERVICE_TIER, SPEED, PREDICTION -> {
                // hints: the answer is the same without them
            }
            case WEB_SEARCH -> {
                // with options or without, it is a tool here: see ToolEncoder
            }
            case CONTEXT_MANAGEMENT, FALLBACKS, CONTAINER, PREFILL -> losses.note(path, "unsupported");
            case MODEL, MESSAGES, SYSTEM, TOOLS, TOOL_CHOICE, PARALLEL_TOOLS, MAX_OUTPUT_TOKENS -> losses.drop(path);
            case TEMPERATURE, TOP_P, TOP_K, MIN_P, SEED, PRESENCE_PENALTY, FREQUENCY_PENALTY -> losses.drop(path);
            case LOGIT_BIAS, LOGPROBS, TOP_LOGPROBS, STOP, RESPONSE_FORMAT, REASONING -> losses.drop(path);
        }
    }

    private void refuse(String path, String why) {
        throw losses.refused(path, path + ": " + why);
    }
}
