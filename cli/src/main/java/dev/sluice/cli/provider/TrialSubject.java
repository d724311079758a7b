package dev.sluice.cli.provider;

import dev.sluice.cli.CommandFailure;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ModelConfig;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.protocol.json.JsonText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The provider that is tried, as the gateway reads it, and as it would with what the trial has learnt so far.
final class TrialSubject {
    private final ProviderConfig provider;
    private final Json.Obj written;

    private TrialSubject(ProviderConfig provider, Json.Obj written) {
        this.provider = provider;
        this.written = written;
    }

    /// @param provider of the configuration in force; what refers to others is no part of a trial
    static TrialSubject of(Json.Obj provider) {
        List<Json> models = new ArrayList<>();
        for (Json model : provider.items("models")) {
            models.add(model instanceof Json.Obj object ? object.without("fallbackModels") : model);
        }
        Json.Obj alone = provider.without("rateLimits").with("models", Json.array(models));
        Json.Obj document = Json.object()
                .put("version", 1)
                .put("providers", Json.Arr.of(alone))
                .build();
        return switch (ConfigReader.read(JsonText.bytes(document), 1)) {
            case ConfigReading.Good(ConfigSnapshot snapshot, var _) ->
                new TrialSubject(snapshot.providers().getFirst(), alone);
            case ConfigReading.Refused(var errors) ->
                throw CommandFailure.failed("the provider cannot be tried as it is configured: "
                        + errors.getFirst().path() + ", expected "
                        + errors.getFirst().expected());
        };
    }

    ProviderConfig provider() {
        return provider;
    }

    List<Dialect> dialects() {
        return List.copyOf(provider.endpoints().keySet());
    }

    /// For questions that are about no model.
    Target endpoint(Dialect dialect) {
        return target(dialect, ModelConfig.passedThrough("none"));
    }

    /// Empty: the model is not reached in that dialect.
    Optional<Target> target(Dialect dialect, String model) {
        ModelConfig config = provider.models().stream()
                .filter(known -> known.id().equals(model))
                .findFirst()
                .orElseGet(() -> ModelConfig.passedThrough(model));
        return ConfigSnapshot.dialectsOf(provider, config).contains(dialect)
                ? Optional.of(target(dialect, config))
                : Optional.empty();
    }

    private Target target(Dialect dialect, ModelConfig model) {
        URI base = provider.endpoints().get(dialect);
        if (base == null) {
            throw new IllegalArgumentException("no endpoint of that dialect");
        }
        return new Target(provider, model, dialect, base, 1, Policies.DEFAULT);
    }

    TrialSubject with(TrialReport.Learnt learnt) {
        return of(TrialReport.with(written, learnt));
    }
}
