package dev.sluice.core.gateway;

import dev.sluice.core.metering.Meter;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Health;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.resilience.RetryBudget;
import dev.sluice.core.routing.Target;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestCodec;
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

    private final Means means;

    /// What all attempts share.
    record Means(
            Codecs codecs,
            Upstream upstream,
            Health health,
            AuthHeaders auth,
            Time time,
            RandomGenerator random,
            RetryBudget budget,
            Waits waits) {}

    Attempts(Means means) {
        this.means = means;
    }

    Ending run(ChatCall call) {
        means.budget().requestStarted(means.time().nanos());
        Losses losses = new Losses();
        try {
            Ending ending = inOrder(call, losses);
            return ending != null ? ending : overridden(call, losses);
        } catch (ClientGone gone) {
            return new Ending.ClientLeft(new Meter());
        }
    }

    /// Each target that admits the request, until one ends it.
    private @Nullable Ending inOrder(ChatCall call, Losses losses) throws ClientGone {
        for (Target target : call.plan.targets()) {
            if (isOver(call)) {
                return outOfTime(losses);
            }
            if (losses.isHopeless(target)) {
                call.skipped.add(target.ref() + ":context-window");
                continue;
            }
            switch (admission(target)) {
                case Health.Admission.Denied(String reason, Health.Recovery _) ->
                    call.skipped.add(target.ref() + ":" + reason);
                case Health.Admission.Granted admission -> {
                    int mostAttempts =
                            losses.haveAttempts() ? 1 : call.config.retries().attempts();
                    Ending ending = turn(call, target, admission, mostAttempts, losses);
                    if (ending != null) {
                        return ending;
                    }
                }
            }
        }
        return null;
    }

    private Health.Admission admission(Target target) {
        return means.health()
                .admit(target.provider().id(), target.model().id(), means.time().now());
    }

    /// All attempts at one target that was admitted. Null: it failed in a way that leaves room for the next target.
    private @Nullable Ending turn(
            ChatCall call, Target target, Health.Admission.Granted admission, int mostAttempts, Losses losses)
            throws ClientGone {
        try (Permit permit = new Permit(means.health(), admission, means.time())) {
            switch (encoded(call, target)) {
                case Outcome.Bad<EncodedRequest>(Failure failure) -> {
                    call.tried(target, 0, Category.NOT_SUPPORTED.id());
                    losses.add(target, failure, null);
                    return null;
                }
                case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) -> {
                    call.target = target;
                    call.degraded = encoded.degraded();
                    return new Turn(means, call, target, losses, mostAttempts).take(encoded, permit);
                }
            }
        }
    }

    private Outcome<EncodedRequest> encoded(ChatCall call, Target target) {
        RequestCodec requests =
                means.codecs().of(target.dialect()).orElseThrow().requests();
        TargetProfile profile = new TargetProfile(
                target.dialect(), target.model().id(), target.model().capabilities(), target.policies());
        return call.isIdentity(target)
                ? Outcome.ok(requests.splice(call.outline, profile))
                : call.request().then((ChatRequest request) -> requests.encode(request, profile));
    }

    /// Every candidate cools down: the one that recovers first is tried, after waiting for it where its provider named
    /// the time. What the request has tried already is only repeated at such a time.
    private Ending overridden(ChatCall call, Losses losses) throws ClientGone {
        for (int round = 0; round < call.config.retries().attempts() && !isOver(call); round++) {
            Optional<Waiting> first = firstToRecover(call, losses);
            if (first.isEmpty() || !isPaidFor(call, losses)) {
                break;
            }
            Target target = first.get().target();
            if (!means.waits().pause(call, first.get().delay())) {
                break;
            }
            Health.Admission.Granted admission = means.health()
                    .override(
                            target.provider().id(),
                            target.model().id(),
                            means.time().now());
            call.skipped.add(target.ref() + ":cooldown-overridden");
            Ending ending = turn(call, target, admission, 1, losses);
            if (ending != null) {
                return ending;
            }
        }
        return losses.isEmpty() ? new Ending.Lost(allCoolingDown(call), null) : losses.ending();
    }

    /// The first attempt of a request is free, wherever it goes.
    private boolean isPaidFor(ChatCall call, Losses losses) {
        return !losses.haveAttempts()
                || means.budget()
                        .take(means.time().nanos(), call.config.retries().budgetPercent());
    }

    /// @param at when it recovers
    /// @param delay how long this request would wait for it
    private record Waiting(Target target, Instant at, Duration delay) {}

    private Optional<Waiting> firstToRecover(ChatCall call, Losses losses) {
        Instant now = means.time().now();
        Duration left = call.deadline.remaining(means.time().nanos());
        return call.plan.targets().stream()
                .filter(target -> !losses.isHopeless(target) && !losses.forbidsRepeat(target))
                .flatMap(target -> recovery(target, now).stream()
                        .filter(recovery -> recovery.named() || !losses.tried(target))
                        .map(recovery -> new Waiting(
                                target, recovery.at(), recovery.named() ? until(recovery, now) : Duration.ZERO)))
                .filter(waiting -> waiting.delay().compareTo(LONGEST_WAIT) <= 0
                        && waiting.delay().compareTo(left) < 0)
                .min(Comparator.comparing(Waiting::at));
    }

    private Optional<Health.Recovery> recovery(Target target, Instant now) {
        return means.health().recovery(target.provider().id(), target.model().id(), now);
    }

    private static Duration until(Health.Recovery recovery, Instant now) {
        Duration wait = Duration.between(now, recovery.at());
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /// Only times that providers named are left then, and those come with rate limits: the client is told the first.
    private Failure allCoolingDown(ChatCall call) {
        if (isOver(call)) {
            return timeIsUp();
        }
        Instant now = means.time().now();
        Duration wait = call.plan.targets().stream()
                .flatMap(target -> recovery(target, now).stream())
                .map(recovery -> until(recovery, now))
                .min(Comparator.naturalOrder())
                .orElse(LONGEST_WAIT);
        return new Failure.Refused(
                Failure.Kind.RATE_LIMITED,
                "Every target for this model is left alone for a while, as its provider asked.",
                null,
                wait);
    }

    private boolean isOver(ChatCall call) {
        return call.deadline.isPast(means.time().nanos());
    }

    private static Ending outOfTime(Losses losses) {
        return losses.isEmpty() ? new Ending.Lost(timeIsUp(), null) : losses.ending();
    }

    private static Failure timeIsUp() {
        return Failure.Upstream.of(Category.CANCELLED, "The time for this call is over.");
    }
}
