package dev.sluice.cli.front;

import dev.sluice.model.Headers;
import org.jspecify.annotations.Nullable;

/// The line and the headers of one request, with what they say of its body and of the connection.
///
/// @param http11 false for HTTP/1.0
/// @param length of the body; 0 without one, [#CHUNKED], or [#BAD] when the client's number is none
public record RequestHead(
        String method, String path, String query, boolean http11, Headers headers, long length, boolean keepAlive) {
    public static final long CHUNKED = -1;
    public static final long BAD = -2;

    /// Whether the client waits for our word before it sends the body.
    public boolean expectsContinue() {
        return headers.first("expect").isPresent();
    }

    @Nullable
    String contentEncoding() {
        return headers.first("content-encoding").orElse(null);
    }
}
