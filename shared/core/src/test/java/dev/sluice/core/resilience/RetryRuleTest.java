package dev.sluice.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.CooldownRules;
import dev.sluice.core.resilience.Verdict.Next;
import dev.sluice.core.resilience.Verdict.RetryHere;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Failure.Scope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryRuleTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    CANCELLED,           NEVER,       NO,                 false, ,     NONE
                    CONFIGURATION_ERROR, NEVER,       YES,                false, 45,   PROVIDER
                    NOT_SUPPORTED,       NEVER,       YES,                false, ,     NONE
                    NETWORK_ERROR,       UP_TO_LIMIT, YES,                true,  ,     MODEL
                    CONNECT_TIMEOUT,     UP_TO_LIMIT, YES,                true,  ,     MODEL
                    FIRST_BYTE_TIMEOUT,  NEVER,       YES,                true,  ,     MODEL
                    STALE_CONNECTION,    ONCE_FREE,   YES,                true,  ,     MODEL
                    BILLING_EXHAUSTED,   NEVER,       YES,                false, 900,  PROVIDER
                    RATE_LIMITED,        NEVER,       YES,                false, 30,   MODEL
                    OVERLOADED,          ONCE,        YES,                false, ,     NONE
                    AUTH_FAILED,         NEVER,       YES,                false, 600,  PROVIDER
                    POLICY_BLOCKED,      NEVER,       NO,                 false, 120,  MODEL
                    FORBIDDEN,           NEVER,       YES,                false, 600,  MODEL
                    MODEL_NOT_FOUND,     NEVER,       YES,                false, 3600, MODEL
                    PATH_NOT_FOUND,      NEVER,       YES,                false, 45,   MODEL
                    CONTEXT_OVERFLOW,    NEVER,       LARGER_WINDOW_ONLY, false, ,     NONE
                    TIMEOUT,             UP_TO_LIMIT, YES,                true,  ,     MODEL
                    TEMPORARY_ERROR,     UP_TO_LIMIT, YES,                true,  ,     MODEL
                    MALFORMED_ANSWER,    UP_TO_LIMIT, YES,                true,  ,     MODEL
                    TRUNCATED,           UP_TO_LIMIT, YES,                true,  ,     MODEL
                    INVALID_REQUEST,     NEVER,       NO,                 false, ,     NONE
                    REQUEST_TOO_LARGE,   NEVER,       NO,                 false, ,     NONE
                    """)
    void judges_by_category(
            Category category, RetryHere here, Next next, boolean breaker, @Nullable Long cooldown, Scope scope) {
        Duration expected = cooldown == null ? null : Duration.ofSeconds(cooldown);
        assertThat(judge(failure(category, null, null), false))
                .isEqualTo(new Verdict(here, next, breaker, expected, false, scope));
    }

    @Test
    void shows_refused_content_to_the_next_only_where_the_owner_allows_it() {
        assertThat(judge(failure(Category.POLICY_BLOCKED, null, null), true).next())
                .isEqualTo(Next.YES);
    }

    @ParameterizedTest
    @CsvSource({"RATE_LIMITED, 90, 90", "RATE_LIMITED, 90000, 86400", "TEMPORARY_ERROR, 7, 7", "TIMEOUT, 1, 1"})
    void takes_the_providers_own_time_up_to_a_day(Category category, long named, long cooldown) {
        Verdict verdict = judge(failure(category, Duration.ofSeconds(named), null), false);
        assertThat(verdict.cooldown()).isEqualTo(Duration.ofSeconds(cooldown));
        assertThat(verdict.named()).isTrue();
        assertThat(verdict.scope()).isEqualTo(Scope.MODEL);
    }

    @ParameterizedTest
    @CsvSource({"0", "-5"})
    void a_time_that_is_no_wait_names_none(long seconds) {
        Verdict verdict = judge(failure(Category.RATE_LIMITED, Duration.ofSeconds(seconds), null), false);
        assertThat(verdict.cooldown()).isEqualTo(Duration.ofSeconds(30));
        assertThat(verdict.named()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Category.class,
            names = {"RATE_LIMITED", "TIMEOUT", "TEMPORARY_ERROR", "MALFORMED_ANSWER", "TRUNCATED"},
            mode = EnumSource.Mode.EXCLUDE)
    void elsewhere_a_named_time_changes_nothing(Category category) {
        assertThat(judge(failure(category, Duration.ofSeconds(7), null), false))
                .isEqualTo(judge(failure(category, null, null), false));
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void a_provider_that_forbids_repeats_is_not_asked_again(Category category) {
        Verdict usual = judge(failure(category, null, null), false);
        Verdict forbidden = judge(failure(category, null, false), false);
        assertThat(forbidden)
                .isEqualTo(new Verdict(
                        RetryHere.NEVER,
                        usual.next(),
                        usual.countsForBreaker(),
                        usual.cooldown(),
                        usual.named(),
                        usual.scope()));
        assertThat(judge(failure(category, null, true), false)).isEqualTo(usual);
    }

    @Test
    void a_connection_that_is_stale_twice_is_a_broken_network() {
        Failure.Upstream stale = failure(Category.STALE_CONNECTION, null, null);
        assertThat(RetryRule.afterFreeRepeat(stale)).isEqualTo(failure(Category.NETWORK_ERROR, null, null));
        Failure.Upstream other = failure(Category.TIMEOUT, null, null);
        assertThat(RetryRule.afterFreeRepeat(other)).isSameAs(other);
    }

    private static Verdict judge(Failure.Upstream failure, boolean allowPolicyFallback) {
        return RetryRule.judge(failure, CooldownRules.DEFAULT, allowPolicyFallback);
    }

    private static Failure.Upstream failure(
            Category category, @Nullable Duration retryAfter, @Nullable Boolean shouldRetry) {
        return new Failure.Upstream(category, 500, "It failed.", null, null, retryAfter, shouldRetry, null);
    }
}
