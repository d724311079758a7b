package dev.sluice.protocol.bedrock;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Json;
import dev.sluice.protocol.translate.Losses;
import dev.sluice.protocol.translate.SlotlessWishes;
import dev.sluice.protocol.translate.ToolNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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
        SlotlessWishes.textOnly(request, losses);
        SlotlessWishes.settle(request, Set.of(), losses);
        SlotlessWishes.dropExtras(request, losses);
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
            case "priority", "PRIORITY" -> "priority";
            case "flex", "FLEX" -> "flex";
            case "default", "standard", "standard_only", "STANDARD" -> "default";
            case null, default -> "";
        };
    }
}
