package dev.sluice.lambda;

import dev.sluice.model.Headers;

/// One answer of the Runtime API.
///
/// @param tooLong whether the body was longer than allowed; then it was read and left out
/// @param last whether nothing follows on this connection
record Reply(int status, Headers headers, byte[] body, boolean tooLong, boolean last) {}
