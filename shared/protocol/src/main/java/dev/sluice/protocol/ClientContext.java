package dev.sluice.protocol;

import dev.sluice.model.ChatRequest;
import java.util.function.LongSupplier;

/// What an encoder of answers must know of the client's request.
///
/// @param request as decoded
/// @param asked as it came: path, query and body, for answers that repeat it and for dialects with several forms of one
/// @param answerId a fresh unique token of `[A-Za-z0-9]`, for dialects whose ids must have a certain form
/// @param now seconds of the epoch, for answers whose upstream does not say when they were made
/// @param elapsed nanoseconds since the request came, for dialects that tell how long an answer took
public record ClientContext(ChatRequest request, Outline asked, String answerId, long now, LongSupplier elapsed) {
    /// For answers that do not tell how long they took.
    public ClientContext(ChatRequest request, Outline asked, String answerId, long now) {
        this(request, asked, answerId, now, () -> 0);
    }
}
