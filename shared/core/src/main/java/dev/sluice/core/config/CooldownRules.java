package dev.sluice.core.config;

import java.time.Duration;

/// How long a target or a provider is left alone after each kind of failure.
public record CooldownRules(
        Duration rateLimited,
        Duration billing,
        Duration auth,
        Duration forbidden,
        Duration policy,
        Duration notFound,
        Duration unknownPath,
        Duration configuration,
        Duration maxRetryAfter) {
    public static final CooldownRules DEFAULT = new CooldownRules(
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            Duration.ofSeconds(45),
            Duration.ofSeconds(45),
            Duration.ofHours(24));
}
