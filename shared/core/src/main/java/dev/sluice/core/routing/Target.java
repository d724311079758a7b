package dev.sluice.core.routing;

import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.model.Dialect;
import dev.sluice.model.Policies;
import dev.sluice.protocol.TargetProfile;
import java.net.URI;

/// One upstream model at one provider account, in the dialect it will be spoken to.
///
/// @param base the provider's base URL for that dialect
/// @param policies of the nearest level that sets them
public record Target(
        ProviderConfig provider, ModelConfig model, Dialect dialect, URI base, int weight, Policies policies) {
    /// `provider/model`, as in headers and logs.
    public String ref() {
        return provider.id() + "/" + model.id();
    }

    /// What an encoder must know of it.
    public TargetProfile profile() {
        return new TargetProfile(dialect, model.id(), model.capabilities(), policies);
    }
}
