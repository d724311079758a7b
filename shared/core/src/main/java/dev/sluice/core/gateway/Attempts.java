package dev.sluice.core.gateway;

import dev.sluice.core.config.RetryRules;
import dev.sluice.core.metering.Meter;
import dev.sluice.core.ports.Health;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.resilience.Backoff;
import dev.sluice.core.resilience.RetryBudget;
import dev.sluice.core.resilience.RetryRule;
import dev.sluice.core.resilience.Verdict;
import dev.sluice.core.routing.Target;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.TargetProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The one blocking loop of a request: admit, open, judge, wait, next target.
final class Attempts {
    /// The longest a request waits for a target to recover at a time its provider named (ROUTING.md).
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Codecs codecs;
    private final Upstream upstream;
    private final Health health;
    private final AuthHeaders auth;
    private final Time time;
    private final RandomGenerator random;
    private final RetryBudget budget;

    Attempts(
            Codecs codecs,
            Upstream upstream,
            Health health,
            AuthHeaders auth,
            Time time,
            RandomGenerator random,
            RetryBudget budget) {
        this.codecs = codecs;
        this.upstream = upstream;
        this.health = health;
        this.auth = auth;
        this.time = time;
        this.random = random;
        this.budget = budget;
    }

    Ending run(ChatCall call) {
        budget.requestStarted(time.nanos());
        Losses losses = new Losses();
        int repeats = call.config.retries().attempts();
        for (Target target : call.plan.targets()) {
            if (losses.isHopeless(target)) {
                call.skipped.add(target.ref() + ":context-window");
            } else if (health.admit(target.provider().id(), target.model().id(), time.now())
                    instanceof Health.Admission.Denied(String reason, Health.Recovery _)) {
                call.skipped.add(target.ref() + ":" + reason);
            } else {
                Ending ending = at(call, target, repeats, losses);
                if (ending != null) {
                    return ending;
                }
                repeats = 1;
            }
        }
        return overridden(call, losses);
    }

    /// Every candidate cools down: the one that recovers first is tried, after waiting for it where its provider named
    /// the time. What the request has tried already is only repeated at such a time.
    private Ending overridden(ChatCall call, Losses losses) {
        for (int round = 0; round < call.config.retries().attempts(); round++) {
            Optional<Waiting> first = firstToRecover(call, losses);
            if (first.isEmpty() || !losses.isEmpty() && !budget.take(time.nanos(), call.config.retries().budgetPercent())) {
                break;
            }
            Waiting waiting = first.get();
            Target target = waiting.target();
            if (!pause(waiting.delay())) {
                break;
            }
            health.override(target.provider().id(), target.model().id(), time.now());
            call.skipped.add(target.ref() + ":cooldown-overridden");
            Ending ending = at(call, target, 1, losses);
            if (ending != null) {
                return ending;
            }
        }
        if (losses.isEmpty()) {
            return new Ending.Lost(
                    new Failure.Refused(
                            Failure.Kind.UNAVAILABLE,
                            "Every target for this model is cooling down after failures.",
                            null,
                            LONGEST_WAIT),
                    null);
        }
        Losses.Loss loss = losses.mostUseful();
        return new Ending.Lost(loss.failure(), loss.relay());
    }

    private record Waiting(Target target, Duration delay) {}

    private Optional<Waiting> firstToRecover(ChatCall call, Losses losses) {
        Instant now = time.now();
        Duration longest = min(LONGEST_WAIT, call.deadline.remaining(time.nanos()));
        return call.plan.targets().stream()
                .filter(target -> !losses.isHopeless(target))
                .flatMap(target -> health.recovery(target.provider().id(), target.model().id(), now).stream()
                        .filter(recovery -> recovery.named() || !losses.tried(target))
                        .map(recovery -> new Waiting(target, recovery.named() ? until(recovery, now) : Duration.ZERO)))
                .filter(waiting -> waiting.delay().compareTo(longest) <= 0)
                .min(Comparator.comparing(Waiting::delay));
    }

    private static Duration until(Health.Recovery recovery, Instant now) {
        Duration wait = Duration.between(now, recovery.at());
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /// All attempts at one target. Null: it failed in a way that leaves room for the next target.
    private @Nullable Ending at(ChatCall call, Target target, int repeats, Losses losses) {
        DialectCodec codec = codecs.of(target.dialect()).orElseThrow();
        Outcome<EncodedRequest> outcome = encoded(call, target, codec);
        if (outcome instanceof Outcome.Bad<EncodedRequest>(Failure failure)) {
            health.released(target.provider().id(), target.model().id(), time.now());
            call.tried(target, 0, Category.NOT_SUPPORTED.id());
            losses.add(target, failure, null);
            return null;
        }
        EncodedRequest encoded = ((Outcome.Ok<EncodedRequest>) outcome).value();
        call.target = target;
        call.degraded = encoded.degraded();
        boolean stale = false;
        for (int attempt = 1; ; attempt++) {
            Attempt one = new Attempt(upstream, time, call, target, codec, encoded);
            switch (once(one, target)) {
                case Attempted.Answered(int status) -> {
                    health.succeeded(target.provider().id(), target.model().id(), time.now());
                    return new Ending.Answered(status, one.meter());
                }
                case Attempted.ClientLeft _ -> {
                    health.released(target.provider().id(), target.model().id(), time.now());
                    return new Ending.ClientLeft(one.meter());
                }
                case Attempted.Cut(Failure.Upstream failure) -> {
                    call.tried(target, failure.status(), failure.category().id());
                    report(target, RetryRule.judge(failure, call.config.cooldowns(), false));
                    return new Ending.Cut(failure, one.meter());
                }
                case Attempted.Failed(Failure.Upstream failure, var relay) -> {
                    Failure.Upstream judged = stale ? RetryRule.afterFreeRepeat(failure) : failure;
                    call.tried(target, judged.status(), judged.category().id());
                    Verdict verdict =
                            RetryRule.judge(judged, call.config.cooldowns(), call.config.allowPolicyFallback());
                    if (verdict.retryHere() == Verdict.RetryHere.ONCE_FREE) {
                        stale = true;
                        attempt--;
                    } else if (!repeated(call, judged, verdict, attempt, repeats)) {
                        report(target, verdict);
                        losses.add(target, judged, relay);
                        return next(target, verdict, losses);
                    }
                }
            }
        }
    }

    private Attempted once(Attempt attempt, Target target) {
        return switch (auth.of(target)) {
            case Outcome.Ok<AuthHeaders.Addition>(AuthHeaders.Addition addition) -> attempt.run(addition);
            case Outcome.Bad<AuthHeaders.Addition>(Failure failure) ->
                new Attempted.Failed((Failure.Upstream) failure, null);
        };
    }

    private static @Nullable Ending next(Target target, Verdict verdict, Losses losses) {
        return switch (verdict.next()) {
            case YES -> null;
            case LARGER_WINDOW_ONLY -> {
                losses.needsLargerWindowThan(target);
                yield null;
            }
            case NO -> {
                Losses.Loss loss = losses.mostUseful();
                yield new Ending.Lost(loss.failure(), loss.relay());
            }
        };
    }

    private Outcome<EncodedRequest> encoded(ChatCall call, Target target, DialectCodec codec) {
        TargetProfile profile = new TargetProfile(
                target.dialect(), target.model().id(), target.model().capabilities(), target.policies());
        return call.isIdentity(target)
                ? Outcome.ok(codec.requests().splice(call.outline, profile))
                : call.request().then((ChatRequest request) -> codec.requests().encode(request, profile));
    }

    /// Waits and answers true when the same target shall be tried once more.
    private boolean repeated(ChatCall call, Failure.Upstream failure, Verdict verdict, int attempt, int repeats) {
        int allowed =
                switch (verdict.retryHere()) {
                    case NEVER, ONCE_FREE -> 1;
                    case ONCE -> Math.min(repeats, 2);
                    case UP_TO_LIMIT -> repeats;
                };
        if (attempt >= allowed) {
            return false;
        }
        RetryRules rules = call.config.retries();
        Duration wait = Backoff.delay(attempt, rules, random);
        Duration asked = failure.retryAfter();
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        boolean fits = wait.compareTo(rules.maxDelay()) <= 0
                && wait.compareTo(call.deadline.remaining(time.nanos())) < 0;
        return fits && budget.take(time.nanos(), call.config.retries().budgetPercent()) && pause(wait);
    }

    private void report(Target target, Verdict verdict) {
        String provider = target.provider().id();
        String model = target.model().id();
        if (!verdict.touchesHealth()) {
            health.released(provider, model, time.now());
        } else {
            health.failed(
                    provider,
                    model,
                    verdict.scope(),
                    verdict.countsForBreaker(),
                    verdict.cooldown(),
                    verdict.named(),
                    time.now());
        }
    }

    private boolean pause(Duration wait) {
        try {
            if (wait.isPositive()) {
                time.sleep(wait);
            }
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
