package dev.sluice.cli.guide;

import dev.sluice.model.Json;

/// Where a provider's secret is to come from.
sealed interface Secret {
    /// None is wanted, or it is set later.
    record None() implements Secret {}

    /// Typed now; kept under that name once the configuration is agreed to.
    record Typed(String name, String value) implements Secret {
        @Override
        public String toString() {
            return "Typed[" + name + "]";
        }
    }

    /// A variable of the process that serves.
    record Variable(String name) implements Secret {}

    /// In the credential store already.
    record Kept(String name) implements Secret {}

    /// The provider with what the configuration says of it.
    default Json.Obj in(Json.Obj provider) {
        return switch (this) {
            case None _ -> provider;
            case Typed(String name, String _) -> provider.with("credential", Json.of(name));
            case Kept(String name) -> provider.with("credential", Json.of(name));
            case Variable(String name) ->
                provider.with("credential", Json.object().put("env", name).build());
        };
    }
}
