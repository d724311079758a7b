package dev.sluice.protocol.openai;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.translate.ToolNames;
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
