package dev.sluice.core.ports;

import dev.sluice.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cooldowns and breakers of targets, shared by all who serve. Methods may block on a store, never for long.
public interface Health {
    /// Asks to use a target now. What is granted by a half-open breaker is its one probe until it is reported or expires.
    Admission admit(String provider, String model, Instant now);

    /// Admits although it cools down, because every candidate does (`cooldown-overridden`).
    Admission.Granted override(String provider, String model, Instant now);

    /// The target answered well.
    void succeeded(Admission.Granted admission, Instant now);

    /// A failure of the provider's own, counted once per request and target.
    ///
    /// @param opensBreaker whether it counts for the breaker
    /// @param cooldown null: none
    /// @param named whether the provider itself named that time
    void failed(
            Admission.Granted admission,
            Failure.Scope scope,
            boolean opensBreaker,
            @Nullable Duration cooldown,
            boolean named,
            Instant now);

    /// The attempt ended without a word on the target's health: the probe it may have been is free again.
    void released(Admission.Granted admission);

    /// When it may be used again, if it may not now; a look without admission.
    Optional<Recovery> recovery(String provider, String model, Instant now);

    /// Whether the target may be used.
    sealed interface Admission {
        /// It may be used; handed back with the report of how that went.
        ///
        /// @param probe which probe of the breaker it is, so that only its own report frees the place; 0: none
        record Granted(String provider, String model, long probe) implements Admission {}

        /// It may not be used now.
        ///
        /// @param reason `cooldown` or `breaker-open`
        record Denied(String reason, Recovery recovery) implements Admission {}
    }

    /// When a target may be used again.
    ///
    /// @param named whether the provider itself named that time
    record Recovery(Instant at, boolean named) {}
}
