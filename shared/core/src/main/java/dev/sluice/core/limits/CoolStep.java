package dev.sluice.core.limits;

import dev.sluice.model.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A cooldown of a provider or of one of its models; refused when a longer one is in force.
///
/// @param model null: the whole provider
/// @param named whether the provider itself named that time
public record CoolStep(
        String item, @Nullable String model, Instant until, Failure.Category category, boolean named, Instant now) {}
