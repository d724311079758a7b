package dev.sluice.core.config;

import dev.sluice.core.access.Cidr;
import dev.sluice.core.config.ConfigSnapshot.AccessRules;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the rules at the top of the document and the switches of every level.
final class RulesReading {
    static final Range CONNECT = new Range(1, Duration.ofMinutes(5).toMillis());
    static final Range WAIT = new Range(1, Duration.ofHours(1).toMillis());
    static final Range KEEP_ALIVE = new Range(10, Duration.ofMinutes(10).toMillis());
    static final Range DELAY = new Range(0, Duration.ofMinutes(5).toMillis());
    static final Range COOLDOWN = new Range(0, Duration.ofDays(7).toMillis());
    static final Range OPEN = new Range(1, Duration.ofDays(1).toMillis());
    static final Range ATTEMPTS = new Range(1, 10);
    static final Range PERCENT = new Range(0, 100);
    static final Range FAILURES = new Range(1, 1000);
    static final Range REPEATS = new Range(0, 100_000);
    static final Range REQUEST_BYTES = new Range(1024, 100L << 20);

    private static final Map<String, Policies.Loss> LOSSES = new LinkedHashMap<>();

    static {
        LOSSES.put("reject", Policies.Loss.REJECT);
        LOSSES.put("drop", Policies.Loss.DROP);
    }

    private final ObjectFields root;

    RulesReading(ObjectFields root) {
        this.root = root;
    }

    AccessRules access() {
        ObjectFields access = root.nested("access", ConfigFields.ACCESS);
        List<String> addresses = access.strings("allowedIps", (path, text) -> {
            if (Cidr.parse(text).isEmpty()) {
                access.findings().wrong(path, Json.of(text), "an address, or a range such as 10.0.0.0/8");
            }
        });
        List<String> origins = access.strings("corsOrigins", (path, text) -> {
            if (!isOrigin(text)) {
                access.findings().wrong(path, Json.of(text), "an origin such as https://app.example.com, or *");
            }
        });
        return new AccessRules(addresses, origins);
    }

    Timeouts timeouts() {
        ObjectFields fields = root.nested("timeouts", ConfigFields.TIMEOUTS);
        Timeouts otherwise = Timeouts.DEFAULT;
        return new Timeouts(
                fields.millis("connectMs", otherwise.connect(), CONNECT),
                fields.millis("firstByteMs", otherwise.firstByte(), WAIT),
                fields.millis("idleMs", otherwise.idle(), WAIT),
                fields.millis("totalMs", otherwise.total(), WAIT),
                fields.millis("keepAliveMs", otherwise.keepAlive(), KEEP_ALIVE));
    }

    RetryRules retries() {
        ObjectFields fields = root.nested("retries", ConfigFields.RETRIES);
        RetryRules otherwise = RetryRules.DEFAULT;
        RetryRules rules = new RetryRules(
                (int) fields.whole("attempts", otherwise.attempts(), ATTEMPTS),
                fields.millis("baseDelayMs", otherwise.baseDelay(), DELAY),
                fields.millis("maxDelayMs", otherwise.maxDelay(), DELAY),
                (int) fields.whole("budgetPercent", otherwise.budgetPercent(), PERCENT));
        if (rules.maxDelay().compareTo(rules.baseDelay()) < 0) {
            String longest = Long.toString(rules.maxDelay().toMillis());
            fields.findings()
                    .say(
                            fields.pathOf("maxDelayMs"),
                            longest,
                            "at least baseDelayMs, which is "
                                    + rules.baseDelay().toMillis());
        }
        return rules;
    }

    CooldownRules cooldowns() {
        ObjectFields fields = root.nested("cooldowns", ConfigFields.COOLDOWNS);
        CooldownRules otherwise = CooldownRules.DEFAULT;
        return new CooldownRules(
                fields.millis("rateLimitedMs", otherwise.rateLimited(), COOLDOWN),
                fields.millis("billingMs", otherwise.billing(), COOLDOWN),
                fields.millis("authMs", otherwise.auth(), COOLDOWN),
                fields.millis("forbiddenMs", otherwise.forbidden(), COOLDOWN),
                fields.millis("policyMs", otherwise.policy(), COOLDOWN),
                fields.millis("notFoundMs", otherwise.notFound(), COOLDOWN),
                fields.millis("unknownPathMs", otherwise.unknownPath(), COOLDOWN),
                fields.millis("configurationMs", otherwise.configuration(), COOLDOWN),
                fields.millis("maxRetryAfterMs", otherwise.maxRetryAfter(), COOLDOWN));
    }

    BreakerRules breaker() {
        ObjectFields fields = root.nested("breaker", ConfigFields.BREAKER);
        return new BreakerRules(
                (int) fields.whole("failures", BreakerRules.DEFAULT.failures(), FAILURES),
                fields.millis("openMs", BreakerRules.DEFAULT.open(), OPEN));
    }

    LoopBreakerRules loopBreaker() {
        ObjectFields fields = root.nested("loopBreaker", ConfigFields.LOOP_BREAKER);
        return new LoopBreakerRules(
                (int) fields.whole("repeats", LoopBreakerRules.DEFAULT.repeats(), REPEATS),
                fields.millis("windowMs", LoopBreakerRules.DEFAULT.window(), WAIT));
    }

    long maxRequestBytes() {
        return root.nested("limits", ConfigFields.LIMITS)
                .whole("maxRequestBytes", ConfigSnapshot.DEFAULT_REQUEST_BYTES, REQUEST_BYTES);
    }

    /// The outermost switches; `strict` may stand beside them as well as among them.
    PolicySwitches topPolicies() {
        PolicySwitches inside = policies(root);
        Boolean beside = root.flagOrNull("strict");
        if (beside == null) {
            return inside;
        }
        if (inside.strict() != null && !beside.equals(inside.strict())) {
            root.wrong("strict", "the same as policies.strict, or only one of the two");
        }
        return new PolicySwitches(
                inside.unsupportedModality(),
                inside.serverTools(),
                inside.clampMaxTokens(),
                inside.stripClientBillingBlock(),
                inside.fetchRemoteMedia(),
                beside);
    }

    /// The switches in the `policies` of one level.
    static PolicySwitches policies(ObjectFields level) {
        ObjectFields fields = level.nested("policies", ConfigFields.POLICIES);
        return new PolicySwitches(
                loss(fields, "unsupportedModality"),
                loss(fields, "serverTools"),
                fields.flagOrNull("clampMaxTokens"),
                fields.flagOrNull("stripClientBillingBlock"),
                fields.flagOrNull("fetchRemoteMedia"),
                fields.flagOrNull("strict"));
    }

    private static Policies.@Nullable Loss loss(ObjectFields fields, String name) {
        return fields.choice(name, LOSSES);
    }

    /// A browser's origin: a scheme and a host, with or without a port, nothing after it.
    static boolean isOrigin(String text) {
        if (text.equals("*")) {
            return true;
        }
        try {
            URI origin = new URI(text);
            String path = origin.getRawPath();
            return origin.getScheme() != null
                    && origin.getRawAuthority() != null
                    && origin.getRawUserInfo() == null
                    && (path == null || path.isEmpty() || path.equals("/"))
                    && origin.getRawQuery() == null
                    && origin.getRawFragment() == null;
        } catch (URISyntaxException notAnOrigin) {
            return false;
        }
    }
}
