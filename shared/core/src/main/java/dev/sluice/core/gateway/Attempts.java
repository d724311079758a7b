package dev.sluice.core.gateway;

import dev.sluice.core.media.MediaFetch;
import dev.sluice.core.metering.Meter;
import dev.sluice.core.metering.Pace;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.Ledger.Passage;
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
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The one blocking loop of a request: admit, open, judge, wait, next target.
final class Attempts {
    private final Means means;
    private final MediaFetch fetch;

    /// What all attempts share.
    record Means(
            Codecs codecs,
            Upstream upstream,
            Ledger ledger,
            AuthHeaders auth,
            Time time,
            RandomGenerator random,
            RetryBudget budget,
            Pace pace,
            Waits waits) {}

    Attempts(Means means) {
        this.means = means;
        this.fetch = new MediaFetch(means.upstream(), means.time());
    }

    /// Brings a failure to the client.
    interface Teller {
        void tell(Ending.Lost lost) throws ClientGone;
    }

    /// @param teller is asked before the caller's own books are closed: nobody waits for those
    Ending run(ChatCall call, Teller teller) {
        means.budget().requestStarted(means.time().nanos());
        try (CallBooks books = new CallBooks(means.ledger(), call, means.time())) {
            Optional<Failure> refusal = books.admitCaller();
            Ending ending = refusal.isPresent() ? new Ending.Lost(refusal.get(), null) : admitted(call, books);
            if (ending instanceof Ending.Lost lost) {
                teller.tell(lost);
            }
            return ending;
        } catch (ClientGone gone) {
            return new Ending.ClientLeft(new Meter());
        }
    }

    private Ending admitted(ChatCall call, CallBooks books) throws ClientGone {
        Losses losses = new Losses();
        Ending ending = inOrder(call, books, losses);
        return ending != null ? ending : lastResort(call, books, losses);
    }

    /// Each target that admits the request, until one ends it.
    private @Nullable Ending inOrder(ChatCall call, CallBooks books, Losses losses) throws ClientGone {
        for (Target target : call.plan().targets()) {
            if (isOver(call)) {
                return outOfTime(losses);
            }
            if (losses.isHopeless(target)) {
                call.skipped.add(target.ref() + ":context-window");
                continue;
            }
            int mostAttempts = losses.haveAttempts() ? 1 : call.config.retries().attempts();
            Ending ending = turn(call, target, Passage.CHECKED, mostAttempts, books, losses);
            if (ending != null) {
                return ending;
            }
        }
        return null;
    }

    /// All attempts at one target, if it admits any. Null: there is room for the next target.
    private @Nullable Ending turn(
            ChatCall call, Target target, Passage passage, int mostAttempts, CallBooks books, Losses losses)
            throws ClientGone {
        Permit admitted = books.admit(target, passage);
        if (admitted == null) {
            return null;
        }
        try (Permit permit = admitted) {
            switch (encoded(call, target)) {
                case Outcome.Bad<EncodedRequest>(Failure failure) -> {
                    call.tried(target, 0, Category.NOT_SUPPORTED.id());
                    losses.add(target, failure, null);
                    return null;
                }
                case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) -> {
                    call.target = target;
                    call.degraded = encoded.degraded();
                    Passage repeats = permit.isProbe() ? Passage.OVERRIDDEN : passage;
                    Supplier<@Nullable Permit> admission = () -> books.admit(target, repeats);
                    return new Turn(means, call, target, losses, mostAttempts, admission).take(encoded, permit);
                }
            }
        }
    }

    private Outcome<EncodedRequest> encoded(ChatCall call, Target target) {
        return call.isIdentity(target)
                ? Outcome.ok(call.codec.requests().splice(call.outline, target.profile()))
                : call.request()
                        .then((ChatRequest request) -> call.media.into(request, call, target, fetch, means.time()))
                        .then((ChatRequest request) -> means.codecs()
                                .upstream(target.dialect())
                                .orElseThrow()
                                .requests()
                                .encode(request, target.profile()));
    }

    /// No candidate would have the request, or all that would have failed: of those that cool down, the one that recovers
    /// first is tried, after waiting for it where its provider named the time.
    private Ending lastResort(ChatCall call, CallBooks books, Losses losses) throws ClientGone {
        Recoveries recoveries = new Recoveries(means.ledger(), call, books, losses);
        for (int round = 0; round < call.config.retries().attempts() && !isOver(call); round++) {
            Duration left = call.deadline.remaining(means.time().nanos());
            Optional<Recoveries.Waiting> first = recoveries.first(means.time().now(), left);
            if (first.isEmpty() || !isPaidFor(call, losses)) {
                break;
            }
            Target target = first.get().target();
            if (!means.waits().pause(call, first.get().delay())) {
                break;
            }
            call.skipped.add(target.ref() + ":cooldown-overridden");
            Ending ending = turn(call, target, Passage.OVERRIDDEN, 1, books, losses);
            if (ending != null) {
                return ending;
            }
        }
        if (!losses.isEmpty()) {
            return losses.ending();
        }
        Failure failure = isOver(call)
                ? timeIsUp()
                : Exhausted.targets(books.denied(), means.time().now());
        return new Ending.Lost(failure, null);
    }

    /// The first attempt of a request is free, wherever it goes.
    private boolean isPaidFor(ChatCall call, Losses losses) {
        return !losses.haveAttempts()
                || means.budget()
                        .take(means.time().nanos(), call.config.retries().budgetPercent());
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
