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

    /// `Retry-After` in whole seconds on what is worth repeating, none and `x-should-retry: false` on what is not.
    static ErrorAnswer withRetryAdvice(ErrorAnswer error, Failure.Upstream failure) {
        Headers headers = error.headers();
        boolean isTimed = error.status() == 429 || error.status() == 503;
        if (failure.kind() == Failure.Kind.QUOTA) {
            headers = headers.without("retry-after").without("retry-after-ms").with("x-should-retry", "false");
        } else if (isTimed && !Boolean.FALSE.equals(failure.shouldRetry())) {
            headers = headers.with("retry-after", seconds(failure.retryAfter()));
        }
        return new ErrorAnswer(error.status(), headers, error.body());
    }

    private static String seconds(@Nullable Duration wait) {
        return wait == null
                ? WITHOUT_NAMED_TIME
                : Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }
}
