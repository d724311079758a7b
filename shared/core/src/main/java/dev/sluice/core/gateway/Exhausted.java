package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client is told of a request that nothing and nobody may be asked for now: when it is worth sending again.
final class Exhausted {
    static final String QUOTA = "quota-exhausted";

    /// A client that is told to wait longer than this had better give up (ROUTING.md, "Rate-limit buckets").
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private Exhausted() {}

    /// A caller has used up its own limits.
    static Failure caller(Caller caller, Recovery recovery, Instant now) {
        return limited("The " + kinds(caller) + " limit of this key is used up", recovery.at(), now);
    }

    private static String kinds(Caller caller) {
        boolean ofRequests = caller.limits().stream().anyMatch(limit -> limit.requests() != null);
        boolean ofTokens = caller.limits().stream().anyMatch(limit -> limit.tokens() != null);
        if (ofRequests && ofTokens) {
            return "request or token";
        }
        return ofTokens ? "token" : "request";
    }

    /// Not one target may be asked: the one that may be asked again first decides. A full bucket is a rate limit,
    /// whatever stands beside it.
    static Failure targets(Map<Target, Denied> denied, Instant now) {
        Map.Entry<Target, Denied> first = denied.entrySet().stream()
                .min(Comparator.comparing(
                        refusal -> refusal.getValue().recovery().at()))
                .orElseThrow();
        Recovery recovery = first.getValue().recovery();
        if (denied.values().stream().anyMatch(refusal -> refusal.reason().equals(QUOTA))) {
            return limited("The rate limit of every target for this model is used up", recovery.at(), now);
        }
        Category category = recovery.category();
        if (category == Category.RATE_LIMITED) {
            return limited("Every target for this model is left alone, as its provider asked,", recovery.at(), now);
        }
        String message = category == Category.AUTH_FAILED
                ? AuthHeaders.refusal(first.getKey().provider())
                : "Every target for this model is left alone (" + category.id() + ")" + until(recovery.at());
        Duration wait = wait(recovery.at(), now);
        return new Failure.Upstream(category, 0, message, null, null, wait, wait == null ? false : null, null);
    }

    private static Failure limited(String message, Instant at, Instant now) {
        return new Failure.Refused(Failure.Kind.RATE_LIMITED, message + until(at), null, wait(at, now));
    }

    private static String until(Instant at) {
        return at.equals(Instant.MAX)
                ? ", and the request needs more than it allows at all."
                : " until " + wholeSecond(at) + ".";
    }

    private static Instant wholeSecond(Instant at) {
        Instant down = at.truncatedTo(ChronoUnit.SECONDS);
        return down.equals(at) ? at : down.plusSeconds(1);
    }

    /// Null: not worth waiting for.
    private static @Nullable Duration wait(Instant at, Instant now) {
        if (at.isAfter(now.plus(LONGEST_WAIT))) {
            return null;
        }
        return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
    }
}
