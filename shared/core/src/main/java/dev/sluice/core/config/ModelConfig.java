package dev.sluice.core.config;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One model at a provider.
///
/// @param dialects empty: all of the provider's endpoints
/// @param contextWindow tokens; null: unknown, taken to be large enough
/// @param capabilities with `maxOutputTokens` in it
/// @param fallbackModels refs tried after it on a direct route
public record ModelConfig(
        String id,
        List<String> aliases,
        boolean enabled,
        List<Dialect> dialects,
        @Nullable Long contextWindow,
        @Nullable Price price,
        Capabilities capabilities,
        List<String> fallbackModels) {
    public ModelConfig {
        aliases = List.copyOf(aliases);
        dialects = List.copyOf(dialects);
        fallbackModels = List.copyOf(fallbackModels);
    }

    /// US dollars per million tokens, by kind; null where the owner gave none.
    public record Price(
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @Nullable BigDecimal cacheRead,
            @Nullable BigDecimal cacheWrite5m,
            @Nullable BigDecimal cacheWrite1h) {}

    /// Whether a provider may call a model that: a wildcard lets nothing else through.
    public static boolean isName(String id) {
        return Spelling.isModelId(id);
    }

    /// A model that only a wildcard lets through: nothing is known of it.
    public static ModelConfig passedThrough(String id) {
        return new ModelConfig(id, List.of(), true, List.of(), null, null, Capabilities.DEFAULT, List.of());
    }
}
