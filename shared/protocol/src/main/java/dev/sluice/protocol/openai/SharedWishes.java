package dev.sluice.protocol.openai;

import dev.sluice.model.CacheWish;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.translate.Shape;
import dev.sluice.protocol.translate.ToolNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields about a request that both dialects of OpenAI call the same: whose it is, its caches, its tier.
///
/// Of clients of other vendors only a tier that was asked for by name is passed on: strict servers refuse a body for one
/// unknown field, and an end user of theirs is no wish of the caller's.
public final class SharedWishes {
    private static final int LONGEST_USER = 64;
    private static final int LONGEST_IDENTIFIER = 128;

    private SharedWishes() {}

    /// Takes them from a client's body. Answers its `user` where another field says who that is.
    public static @Nullable Json read(Shape body, ChatRequest.Builder request) {
        Shape pairs = body.object("metadata");
        if (pairs != null) {
            request.metadata(metadata(pairs)).path(Field.METADATA, "metadata");
        }
        String key = body.text("prompt_cache_key");
        Shape options = body.object("prompt_cache_options");
        if (key != null || options != null) {
            request.cache(new CacheWish(key, null, options == null ? null : options.json()))
                    .path(Field.CACHE, key != null ? "prompt_cache_key" : "prompt_cache_options");
        }
        String tier = body.text("service_tier");
        if (tier != null) {
            request.serviceTier(tier).path(Field.SERVICE_TIER, "service_tier");
        }
        String user = body.text("user");
        String safety = body.text("safety_identifier");
        if (safety != null) {
            request.endUser(safety).path(Field.END_USER, "safety_identifier");
            return user == null ? null : Json.of(user);
        }
        if (user != null) {
            request.endUser(user).path(Field.END_USER, "user");
        }
        return null;
    }

    private static Map<String, String> metadata(Shape pairs) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String key : pairs.json().fields().keySet()) {
            String value = pairs.text(key);
            if (value != null) {
                metadata.put(key, value);
            }
        }
        return metadata;
    }

    /// @param tiers the names of `service_tier` that the target knows
    public static void write(ChatRequest request, Set<String> tiers, Json.Builder out) {
        if (!isOpenAi(request.client())) {
            out.putIf("service_tier", foreignTier(request.serviceTier()));
            return;
        }
        if (!request.metadata().isEmpty()) {
            Json.Builder pairs = Json.object();
            request.metadata().forEach(pairs::put);
            out.put("metadata", pairs.build());
        }
        String user = request.endUser();
        if (user != null && request.pathOf(Field.END_USER).equals("safety_identifier")) {
            out.put("safety_identifier", bounded(user, LONGEST_IDENTIFIER));
        } else if (user != null) {
            out.put("user", bounded(user, LONGEST_USER));
        }
        out.putIf("prompt_cache_key", request.cache().key());
        out.putIf("prompt_cache_options", request.cache().options());
        String tier = request.serviceTier();
        if (tier != null && tiers.contains(tier)) {
            out.put("service_tier", tier);
        }
    }

    /// A tier with a price or a speed of its own; any other is the target's usual one.
    private static @Nullable String foreignTier(@Nullable String tier) {
        return switch (tier) {
            case "flex", "FLEX" -> "flex";
            case "priority", "PRIORITY" -> "priority";
            case null, default -> null;
        };
    }

    public static boolean isOpenAi(Dialect dialect) {
        return dialect == Dialect.OPENAI_CHAT || dialect == Dialect.OPENAI_RESPONSES;
    }

    private static String bounded(String value, int longest) {
        return value.length() <= longest ? value : value.substring(0, longest - 9) + "_" + ToolNames.hash(value);
    }
}
