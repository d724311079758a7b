package dev.sluice.core.config;

import dev.sluice.model.Policies;
import org.jspecify.annotations.Nullable;

/// The owner's switches as far as one level (top, provider, alias) sets them; null is "not set here".
public record PolicySwitches(
        Policies.@Nullable Loss unsupportedModality,
        Policies.@Nullable Loss serverTools,
        @Nullable Boolean clampMaxTokens,
        @Nullable Boolean stripClientBillingBlock,
        @Nullable Boolean fetchRemoteMedia,
        @Nullable Boolean strict) {
    public static final PolicySwitches NONE = new PolicySwitches(null, null, null, null, null, null);

    /// These switches, and where they are not set those of the outer level.
    public Policies over(Policies outer) {
        return new Policies(
                unsupportedModality != null ? unsupportedModality : outer.unsupportedModality(),
                serverTools != null ? serverTools : outer.serverTools(),
                clampMaxTokens != null ? clampMaxTokens : outer.clampMaxTokens(),
                stripClientBillingBlock != null ? stripClientBillingBlock : outer.stripClientBillingBlock(),
                fetchRemoteMedia != null ? fetchRemoteMedia : outer.fetchRemoteMedia(),
                strict != null ? strict : outer.strict());
    }
}
