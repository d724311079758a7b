package dev.sluice.protocol;

import dev.sluice.model.Headers;

/// An error as a client of one dialect gets it.
///
/// @param headers content type, and where they apply `retry-after` (whole seconds) and `x-should-retry`
public record ErrorAnswer(int status, Headers headers, byte[] body) {}
