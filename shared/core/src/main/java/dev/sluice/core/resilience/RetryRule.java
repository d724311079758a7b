package dev.sluice.core.resilience;

import dev.sluice.core.config.CooldownRules;
import dev.sluice.core.resilience.Verdict.Next;
import dev.sluice.core.resilience.Verdict.RetryHere;
import dev.sluice.model.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Judges a failed attempt by its category (ROUTING.md, "Judging a failed attempt"). Pure.
public final class RetryRule {
    private RetryRule() {}

    /// What follows from the failure.
    ///
    /// @param allowPolicyFallback whether content that one provider refused may be shown to the next
    public static Verdict judge(Failure.Upstream failure, CooldownRules rules, boolean allowPolicyFallback) {
        Verdict verdict = byCategory(failure, rules, allowPolicyFallback);
        boolean forbidsRetry = Boolean.FALSE.equals(failure.shouldRetry());
        return forbidsRetry ? withoutRetry(verdict) : verdict;
    }

    /// What may follow a failure that came after a status of 200: a provider that took a request and then calls it
    /// invalid may be wrong, so that the next one is asked.
    public static Next nextAfterGoodStatus(Failure.Upstream failure, Verdict verdict) {
        boolean isCalledInvalid = failure.category().id().equals(Failure.Category.INVALID_REQUEST.id());
        return isCalledInvalid ? Next.YES : verdict.next();
    }

    /// The failure as it counts once its free repeat is spent: a connection that is stale twice is a broken network.
    public static Failure.Upstream afterFreeRepeat(Failure.Upstream failure) {
        return failure.category() == Failure.Category.STALE_CONNECTION
                ? failure.as(Failure.Category.NETWORK_ERROR)
                : failure;
    }

    private static Verdict byCategory(Failure.Upstream failure, CooldownRules rules, boolean allowPolicyFallback) {
        return switch (failure.category()) {
            case CANCELLED, INVALID_REQUEST, REQUEST_TOO_LARGE -> harmless(Next.NO);
            case NOT_SUPPORTED -> harmless(Next.YES);
            case CONTEXT_OVERFLOW -> harmless(Next.LARGER_WINDOW_ONLY);
            case STALE_CONNECTION -> breaking(RetryHere.ONCE_FREE, null);
            case NETWORK_ERROR, CONNECT_TIMEOUT -> breaking(RetryHere.UP_TO_LIMIT, null);
            case FIRST_BYTE_TIMEOUT -> breaking(RetryHere.NEVER, null);
            case OVERLOADED -> new Verdict(RetryHere.ONCE, Next.YES, false, null, false, Failure.Scope.NONE);
            case TIMEOUT, TEMPORARY_ERROR, MALFORMED_ANSWER, TRUNCATED ->
                breaking(RetryHere.UP_TO_LIMIT, named(failure, rules));
            case RATE_LIMITED -> rateLimited(failure, rules);
            case CONFIGURATION_ERROR -> cooling(rules.configuration(), Failure.Scope.PROVIDER, Next.YES);
            case BILLING_EXHAUSTED -> cooling(rules.billing(), Failure.Scope.PROVIDER, Next.YES);
            case AUTH_FAILED -> cooling(rules.auth(), Failure.Scope.PROVIDER, Next.YES);
            case POLICY_BLOCKED ->
                cooling(rules.policy(), Failure.Scope.MODEL, allowPolicyFallback ? Next.YES : Next.NO);
            case FORBIDDEN -> cooling(rules.forbidden(), Failure.Scope.MODEL, Next.YES);
            case MODEL_NOT_FOUND -> cooling(rules.notFound(), Failure.Scope.MODEL, Next.YES);
            case PATH_NOT_FOUND -> cooling(rules.unknownPath(), Failure.Scope.MODEL, Next.YES);
        };
    }

    private static Verdict harmless(Next next) {
        return new Verdict(RetryHere.NEVER, next, false, null, false, Failure.Scope.NONE);
    }

    private static Verdict breaking(RetryHere retryHere, @Nullable Duration named) {
        return new Verdict(retryHere, Next.YES, true, named, named != null, Failure.Scope.MODEL);
    }

    private static Verdict cooling(Duration cooldown, Failure.Scope scope, Next next) {
        return new Verdict(RetryHere.NEVER, next, false, cooldown, false, scope);
    }

    private static Verdict rateLimited(Failure.Upstream failure, CooldownRules rules) {
        Duration named = named(failure, rules);
        Duration cooldown = named != null ? named : rules.rateLimited();
        return new Verdict(RetryHere.NEVER, Next.YES, false, cooldown, named != null, Failure.Scope.MODEL);
    }

    /// The provider's own time, capped; a time of zero names none.
    private static @Nullable Duration named(Failure.Upstream failure, CooldownRules rules) {
        Duration asked = failure.retryAfter();
        if (asked == null || !asked.isPositive()) {
            return null;
        }
        return asked.compareTo(rules.maxRetryAfter()) > 0 ? rules.maxRetryAfter() : asked;
    }

    private static Verdict withoutRetry(Verdict verdict) {
        return new Verdict(
                RetryHere.NEVER,
                verdict.next(),
                verdict.countsForBreaker(),
                verdict.cooldown(),
                verdict.named(),
                verdict.scope());
    }
}
