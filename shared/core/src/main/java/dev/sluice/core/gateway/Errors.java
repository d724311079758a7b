package dev.sluice.core.gateway;

import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Headers;
import dev.sluice.protocol.ErrorAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Which provider errors a same-dialect client gets byte for byte, and the advice on repeating that goes with them.
final class Errors {
    private static final String WITHOUT_NAMED_TIME = "5";

    private Errors() {}

    /// Not those about the owner's credentials: the tool would take them for its own.
    static boolean mayBeRelayed(Failure.Upstream failure) {
        return failure.category() != Category.AUTH_FAILED && failure.category() != Category.CONFIGURATION_ERROR;
    }

    /// A provider's own error: `Retry-After` in whole seconds on what is worth repeating, none on what is not.
    static ErrorAnswer withRetryAdvice(ErrorAnswer error, Failure.Upstream failure) {
        boolean isTimed = error.status() == 429 || error.status() == 503;
        if (isFinal(failure) || !passes(failure.kind()) || failure.retryAfter() == null && !isTimed) {
            return withoutTime(error, failure);
        }
        return new ErrorAnswer(
                error.status(), error.headers().with("retry-after", seconds(failure.retryAfter())), error.body());
    }

    /// An error in our own words: a provider that forbids a repeat has named no time for one, whatever it wrote.
    static ErrorAnswer inOurWords(ErrorAnswer error, Failure failure) {
        return failure instanceof Failure.Upstream upstream && isFinal(upstream) ? withoutTime(error, upstream) : error;
    }

    private static ErrorAnswer withoutTime(ErrorAnswer error, Failure.Upstream failure) {
        Headers headers = error.headers().without("retry-after").without("retry-after-ms");
        return new ErrorAnswer(
                error.status(), isFinal(failure) ? headers.with("x-should-retry", "false") : headers, error.body());
    }

    private static boolean isFinal(Failure.Upstream failure) {
        return failure.kind() == Failure.Kind.QUOTA || Boolean.FALSE.equals(failure.shouldRetry());
    }

    private static boolean passes(Failure.Kind kind) {
        return switch (kind) {
            case RATE_LIMITED, OVERLOADED, UNAVAILABLE, TIMEOUT, UPSTREAM_FAULT -> true;
            case INVALID_REQUEST, CONTEXT_WINDOW, UNAUTHENTICATED, UPSTREAM_AUTH, PERMISSION, NOT_FOUND -> false;
            case MODEL_NOT_FOUND, TOO_LARGE, QUOTA, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE -> false;
            case CONFLICT, NOT_IMPLEMENTED -> false;
        };
    }

    private static String seconds(@Nullable Duration wait) {
        return wait == null
                ? WITHOUT_NAMED_TIME
                : Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }
}
