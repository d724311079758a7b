package dev.sluice.core.gateway;

import dev.sluice.core.config.RetryRules;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Ledger.Cooldown;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.core.resilience.Backoff;
import dev.sluice.core.resilience.RetryRule;
import dev.sluice.core.resilience.Verdict;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Failure;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.UpstreamCodec;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request's attempts at one target that has admitted it: send, judge, wait, send again.
final class Turn {
    private final Attempts.Means means;
    private final ChatCall call;
    private final Target target;
    private final Losses losses;
    private final int mostAttempts;
    private final Supplier<@Nullable Permit> admission;
    private int attempts;
    private boolean freeRepeatIsSpent;
    private boolean identityIsRenewed;
    private AuthHeaders.Addition sentWith = AuthHeaders.Addition.NOTHING;

    /// @param admission of each repeat; null: there will be none
    Turn(
            Attempts.Means means,
            ChatCall call,
            Target target,
            Losses losses,
            int mostAttempts,
            Supplier<@Nullable Permit> admission) {
        this.means = means;
        this.call = call;
        this.target = target;
        this.losses = losses;
        this.mostAttempts = mostAttempts;
        this.admission = admission;
    }

    /// Null: the target failed in a way that leaves room for the next one.
    @Nullable
    Ending take(EncodedRequest encoded, Permit first) throws ClientGone {
        Permit next = first;
        while (true) {
            try (Permit permit = next) {
                attempts++;
                call.tries(target);
                switch (once(encoded, permit)) {
                    case Attempted.Answered(int status) -> {
                        permit.says(Word.WELL);
                        return new Ending.Answered(status, permit.meter());
                    }
                    case Attempted.ClientLeft _ -> {
                        return left(permit);
                    }
                    case Attempted.Cut(Failure.Upstream failure) -> {
                        call.tried(target, failure.status(), failure.category().id());
                        permit.says(word(failure));
                        return new Ending.Cut(failure, permit.meter());
                    }
                    case Attempted.Failed failed -> {
                        Failure.Upstream failure = counted(failed.failure());
                        call.tried(target, failure.status(), failure.category().id());
                        permit.says(word(failure));
                        Permit repeat = isRenewed(failed) || isRepeated(failure) ? admission.get() : null;
                        if (repeat == null) {
                            losses.add(target, failure, failed.relay());
                            return lost(failure, failed.followsGoodStatus());
                        }
                        permit.says(Word.NOTHING);
                        next = repeat;
                    }
                }
            }
        }
    }

    /// A failure as it counts here: a connection that is stale twice is a broken network.
    private Failure.Upstream counted(Failure.Upstream failure) {
        return freeRepeatIsSpent ? RetryRule.afterFreeRepeat(failure) : failure;
    }

    private Attempted once(EncodedRequest encoded, Permit permit) {
        return switch (means.auth().of(target, encoded)) {
            case Outcome.Ok<AuthHeaders.Addition>(AuthHeaders.Addition addition) -> measured(encoded, permit, addition);
            case Outcome.Bad<AuthHeaders.Addition>(Failure failure) ->
                new Attempted.Failed((Failure.Upstream) failure, null);
        };
    }

    /// An attempt whose pace is kept: a whole answer that is passed on unread has its content all at once.
    private Attempted measured(EncodedRequest encoded, Permit permit, AuthHeaders.Addition addition) {
        sentWith = addition;
        UpstreamCodec codec = means.codecs().upstream(target.dialect()).orElseThrow();
        long start = means.time().nanos();
        means.pace().started(target.ref(), start);
        permit.meter().onFirstContent(() -> contentSince(start));
        Attempted attempted =
                new Attempt(means.upstream(), means.time(), call, target, codec, encoded, permit).run(addition);
        if (attempted instanceof Attempted.Answered && !permit.meter().heardContent()) {
            contentSince(start);
        }
        return attempted;
    }

    private void contentSince(long start) {
        long now = means.time().nanos();
        means.pace().firstContent(target.ref(), Duration.ofNanos(now - start), now);
    }

    /// A client that leaves at the very end says nothing against a provider that gave its whole answer.
    private static Ending left(Permit permit) {
        if (permit.meter().finish() != null) {
            permit.says(Word.WELL);
        }
        return new Ending.ClientLeft(permit.meter());
    }

    private @Nullable Ending lost(Failure.Upstream failure, boolean followsGoodStatus) {
        Verdict verdict = judge(failure);
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

    /// What a failure says about the target's health; for the breaker a request counts once at each target.
    private Word word(Failure.Upstream failure) {
        Verdict verdict = judge(failure);
        boolean opensBreaker = verdict.countsForBreaker() && !losses.tried(target);
        Duration length = verdict.cooldown();
        if (length == null) {
            return opensBreaker ? new Word.Ill(true, null) : Word.NOTHING;
        }
        return new Word.Ill(opensBreaker, new Cooldown(length, verdict.scope(), verdict.named(), failure.category()));
    }

    /// Whether the request is signed anew, at once and once only, with an identity or a token that has not run out.
    private boolean isRenewed(Attempted.Failed failed) {
        if (!failed.identityExpired() || identityIsRenewed || !means.auth().renew(target, sentWith)) {
            return false;
        }
        identityIsRenewed = true;
        attempts--;
        return true;
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
