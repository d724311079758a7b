package dev.sluice.protocol;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import dev.sluice.model.Policies;

/// What an encoder must know of the target.
///
/// @param model the provider's own model id
public record TargetProfile(Dialect dialect, String model, Capabilities capabilities, Policies policies) {}
