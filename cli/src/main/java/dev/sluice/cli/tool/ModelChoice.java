package dev.sluice.cli.tool;

import org.jspecify.annotations.Nullable;

/// A model as the gateway names it, and what the gateway knows of it.
///
/// @param contextWindow in tokens; null when it is not known
/// @param maxOutput in tokens; null when it is not known
public record ModelChoice(
        String ref, @Nullable Long contextWindow, @Nullable Long maxOutput) {
    public static ModelChoice unknown(String ref) {
        return new ModelChoice(ref, null, null);
    }
}
