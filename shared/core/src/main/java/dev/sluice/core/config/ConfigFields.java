package dev.sluice.core.config;

import java.util.List;

/// The names of the fields that each object of the document may have.
final class ConfigFields {
    static final List<String> ROOT = List.of(
            "$schema",
            "version",
            "defaultModel",
            "providers",
            "modelAliases",
            "access",
            "timeouts",
            "retries",
            "cooldowns",
            "breaker",
            "loopBreaker",
            "limits",
            "allowPolicyFallback",
            "policies",
            "strict");
    static final List<String> PROVIDER = List.of(
            "id",
            "name",
            "enabled",
            "endpoints",
            "credential",
            "auth",
            "headers",
            "allowPrivateNetwork",
            "priority",
            "models",
            "rateLimits",
            "policies");
    static final List<String> CREDENTIAL = List.of("env");
    static final List<String> AUTH_PLAIN = List.of("type");
    static final List<String> AUTH_HEADER = List.of("type", "headerName", "prefix");
    static final List<String> AUTH_QUERY = List.of("type", "name");
    static final List<String> AUTH_SIGV4 = List.of("type", "region", "service");
    static final List<String> AUTH_GOOGLE = List.of("type", "scope");
    static final List<String> MODEL = List.of(
            "id",
            "aliases",
            "enabled",
            "dialects",
            "contextWindow",
            "maxOutputTokens",
            "price",
            "capabilities",
            "quirks",
            "fallbackModels");
    static final List<String> PRICE = List.of("input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h");
    static final List<String> RATE_LIMIT =
            List.of("id", "name", "models", "requests", "tokens", "usd", "window", "safetyMargin");
    static final List<String> WINDOW = List.of("unit", "size");
    static final List<String> ALIAS = List.of("strategy", "targets", "fallbackTargets", "policies");
    static final List<String> TARGET = List.of("ref", "weight");
    static final List<String> ACCESS = List.of("allowedIps", "corsOrigins");
    static final List<String> TIMEOUTS = List.of("connectMs", "firstByteMs", "idleMs", "totalMs", "keepAliveMs");
    static final List<String> RETRIES = List.of("attempts", "baseDelayMs", "maxDelayMs", "budgetPercent");
    static final List<String> COOLDOWNS = List.of(
            "rateLimitedMs",
            "billingMs",
            "authMs",
            "forbiddenMs",
            "policyMs",
            "notFoundMs",
            "unknownPathMs",
            "configurationMs",
            "maxRetryAfterMs");
    static final List<String> BREAKER = List.of("failures", "openMs");
    static final List<String> LOOP_BREAKER = List.of("repeats", "windowMs");
    static final List<String> LIMITS = List.of("maxRequestBytes");
    static final List<String> POLICIES = List.of(
            "unsupportedModality",
            "serverTools",
            "clampMaxTokens",
            "stripClientBillingBlock",
            "fetchRemoteMedia",
            "strict");

    private ConfigFields() {}
}
