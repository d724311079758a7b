package dev.sluice.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an upstream's error answer says, read by its dialect and not yet judged.
///
/// @param status the HTTP status, or the one the dialect has for `type` when the error came inside a stream
/// @param type the dialect's type, such as `rate_limit_error` or `RESOURCE_EXHAUSTED`
/// @param code the finer code, such as `insufficient_quota` or `enforced_spend_limit_reached`
/// @param message the provider's words, or a short description of a body that has none
public record UpstreamError(
        int status,
        @Nullable String type,
        @Nullable String code,
        String message,
        @Nullable String param,
        @Nullable Duration retryAfter,
        @Nullable Boolean shouldRetry) {}
