package dev.sluice.core.gateway;

import dev.sluice.core.config.RetryRules;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.resilience.Backoff;
import dev.sluice.core.resilience.RetryRule;
import dev.sluice.core.resilience.Verdict;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Failure;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One request's attempts at one target that has admitted it: send, judge, wait, send again.
final class Turn {
    private final Attempts.Means means;
    private final ChatCall call;
    private final Target target;
    private final Losses losses;
    private final int mostAttempts;
    private int attempts;
    private boolean freeRepeatIsSpent;

    Turn(Attempts.Means means, ChatCall call, Target target, Losses losses, int mostAttempts) {
        this.means = means;
        this.call = call;
        this.target = target;
        this.losses = losses;
        this.mostAttempts = mostAttempts;
    }

    /// Null: the target failed in a way that leaves room for the next one.
    @Nullable
    Ending take(EncodedRequest encoded, Permit permit) throws ClientGone {
        DialectCodec codec = means.codecs().of(target.dialect()).orElseThrow();
        while (true) {
            attempts++;
            Attempt attempt = new Attempt(means.upstream(), means.time(), call, target, codec, encoded);
            switch (once(attempt)) {
                case Attempted.Answered(int status) -> {
                    permit.succeeded();
                    return new Ending.Answered(status, attempt.meter());
                }
                case Attempted.ClientLeft _ -> {
                    return left(attempt, permit);
                }
                case Attempted.Cut(Failure.Upstream failure) -> {
                    call.tried(target, failure.status(), failure.category().id());
                    permit.failed(judge(failure));
                    return new Ending.Cut(failure, attempt.meter());
                }
                case Attempted.Failed failed -> {
                    Failure.Upstream failure =
                            freeRepeatIsSpent ? RetryRule.afterFreeRepeat(failed.failure()) : failed.failure();
                    call.tried(target, failure.status(), failure.category().id());
                    if (!isRepeated(failure)) {
                        losses.add(target, failure, failed.relay());
                        return lost(failure, failed.followsGoodStatus(), permit);
                    }
                }
            }
        }
    }

    private Attempted once(Attempt attempt) {
        return switch (means.auth().of(target)) {
            case Outcome.Ok<AuthHeaders.Addition>(AuthHeaders.Addition addition) -> attempt.run(addition);
            case Outcome.Bad<AuthHeaders.Addition>(Failure failure) ->
                new Attempted.Failed((Failure.Upstream) failure, null);
        };
    }

    /// A client that leaves at the very end says nothing against a provider that gave its whole answer.
    private static Ending left(Attempt attempt, Permit permit) {
        if (attempt.meter().finish() != null) {
            permit.succeeded();
        }
        return new Ending.ClientLeft(attempt.meter());
    }

    private @Nullable Ending lost(Failure.Upstream failure, boolean followsGoodStatus, Permit permit) {
        Verdict verdict = judge(failure);
        permit.failed(verdict);
        return switch (followsGoodStatus ? RetryRule.nextAfterGoodStatus(failure, verdict) : verdict.next()) {
            case YES -> null;
            case LARGER_WINDOW_ONLY -> {
                losses.needsLargerWindowThan(target);
                yield null;
            }
            case NO -> losses.ending();
        };
    }

    private Verdict judge(Failure.Upstream failure) {
        return RetryRule.judge(failure, call.config.cooldowns(), call.config.allowPolicyFallback());
    }

    /// Waits and answers true when the same target shall be tried once more.
    private boolean isRepeated(Failure.Upstream failure) throws ClientGone {
        return switch (judge(failure).retryHere()) {
            case NEVER -> false;
            case ONCE -> attempts < Math.min(mostAttempts, 2) && isWaitedFor(failure);
            case UP_TO_LIMIT -> attempts < mostAttempts && isWaitedFor(failure);
            case ONCE_FREE -> {
                freeRepeatIsSpent = true;
                attempts--;
                yield true;
            }
        };
    }

    private boolean isWaitedFor(Failure.Upstream failure) throws ClientGone {
        RetryRules rules = call.config.retries();
        Duration wait = Backoff.delay(attempts, rules, means.random());
        Duration asked = failure.retryAfter();
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        long now = means.time().nanos();
        boolean fits = wait.compareTo(rules.maxDelay()) <= 0 && wait.compareTo(call.deadline.remaining(now)) < 0;
        return fits
                && means.budget().take(now, rules.budgetPercent())
                && means.waits().pause(call, wait);
    }
}
