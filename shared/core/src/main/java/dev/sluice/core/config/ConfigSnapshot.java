package dev.sluice.core.config;

import dev.sluice.model.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One version of the whole configuration: immutable, swapped whole.
///
/// @param version counts up with every accepted document; 0 when nothing was ever configured
/// @param document the canonical text it was read from, without secrets
/// @param aliases by id, in document order
/// @param policies the outermost switches
public record ConfigSnapshot(
        long version,
        String document,
        @Nullable String defaultModel,
        List<ProviderConfig> providers,
        Map<String, AliasConfig> aliases,
        AccessRules access,
        Timeouts timeouts,
        RetryRules retries,
        CooldownRules cooldowns,
        BreakerRules breaker,
        LoopBreakerRules loopBreaker,
        long maxRequestBytes,
        boolean allowPolicyFallback,
        PolicySwitches policies) {

    /// What a Lambda function URL takes.
    static final long DEFAULT_REQUEST_BYTES = 6L << 20;

    public ConfigSnapshot {
        providers = List.copyOf(providers);
    }

    /// Nothing configured, and everything as it is by default.
    public static ConfigSnapshot empty() {
        return new ConfigSnapshot(
                0,
                "{\"version\":1}",
                null,
                List.of(),
                Map.of(),
                new AccessRules(List.of(), List.of()),
                Timeouts.DEFAULT,
                RetryRules.DEFAULT,
                CooldownRules.DEFAULT,
                BreakerRules.DEFAULT,
                LoopBreakerRules.DEFAULT,
                DEFAULT_REQUEST_BYTES,
                false,
                PolicySwitches.NONE);
    }

    public Optional<ProviderConfig> provider(String id) {
        return providers.stream().filter(provider -> provider.id().equals(id)).findFirst();
    }

    /// Whether the owner has configured anything: before that, every model name reaches the demo provider.
    public boolean isEmpty() {
        return providers.isEmpty();
    }

    /// Addresses (CIDR, as text already checked) and browser origins that may call; empty address list: all.
    public record AccessRules(List<String> allowedIps, List<String> corsOrigins) {}

    /// The dialects of a provider's endpoints that a model may be reached in, in the order of preference.
    public static List<Dialect> dialectsOf(ProviderConfig provider, ModelConfig model) {
        return model.dialects().isEmpty() ? List.copyOf(provider.endpoints().keySet()) : model.dialects();
    }
}
