package dev.sluice.core.gateway;

import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Headers;
import dev.sluice.protocol.ErrorAnswer;

/// Which provider errors a same-dialect client gets byte for byte, and the advice on repeating that goes with them.
final class Errors {
    private static final String WITHOUT_NAMED_TIME = "5";

    private Errors() {}

    /// Not those about the owner's credentials: the tool would take them for its own.
    static boolean mayBeRelayed(Failure failure) {
        return failure instanceof Failure.Upstream upstream
                && upstream.category() != Category.AUTH_FAILED
                && upstream.category() != Category.CONFIGURATION_ERROR;
    }

    /// `Retry-After` on what is worth repeating, none and `x-should-retry: false` on what is not.
    static ErrorAnswer withRetryAdvice(ErrorAnswer error, Failure failure) {
        Headers headers = error.headers();
        if (failure.kind() == Failure.Kind.QUOTA) {
            headers = headers.without("retry-after").without("retry-after-ms").with("x-should-retry", "false");
        } else if ((error.status() == 429 || error.status() == 503) && !headers.has("retry-after")) {
            headers = headers.with("retry-after", WITHOUT_NAMED_TIME);
        }
        return new ErrorAnswer(error.status(), headers, error.body());
    }
}
