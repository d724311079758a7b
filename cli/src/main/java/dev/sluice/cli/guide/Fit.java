package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.core.config.ConfigReading.ConfigError;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/// Whether a document would be taken: asked of the reader of configurations, so that there are no second rules here.
final class Fit {
    private Fit() {}

    /// What is wrong with a provider alone, once something is put into it; what it refers to is left out.
    static Optional<String> problem(Json.Obj provider, BinaryOperator<Json.Obj> put, Json.Obj more) {
        return problem(() -> WorkingCopy.of(Optional.empty()).withProvider(put.apply(provider, more)));
    }

    /// What is wrong with it, if anything is.
    static Optional<String> problem(Supplier<WorkingCopy> after) {
        try {
            WorkingCopy copy = after.get();
            return switch (ConfigReader.read(copy.bytes(), copy.version() + 1)) {
                case ConfigReading.Good _ -> Optional.empty();
                case ConfigReading.Refused(List<ConfigError> errors) -> Optional.of(Wording.problem(errors.getFirst()));
            };
        } catch (CommandFailure refused) {
            return Optional.of(refused.text());
        }
    }
}
