package dev.sluice.core.config;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One account at one provider.
///
/// @param endpoints base URL by dialect, in document order
/// @param credential where the secret is found; null: none is sent
/// @param auth how the secret is sent; null: the dialect's default
/// @param headers added to every request
/// @param priority lower first, when a bare model id matches several providers
/// @param wildcard whether any model id passes through (`"*"`)
/// @param models the configured ones, without the wildcard
public record ProviderConfig(
        String id,
        String name,
        boolean enabled,
        Map<Dialect, URI> endpoints,
        @Nullable CredentialRef credential,
        @Nullable AuthScheme auth,
        Headers headers,
        boolean allowPrivateNetwork,
        int priority,
        boolean wildcard,
        List<ModelConfig> models,
        List<RateLimitConfig> rateLimits,
        PolicySwitches policies) {
    public ProviderConfig {
        models = List.copyOf(models);
        rateLimits = List.copyOf(rateLimits);
    }
}
