package dev.sluice.cli.front;

import java.time.Duration;

/// How long a front waits for its clients, and how much it takes from them.
///
/// @param idle for the next request on a connection that is kept alive
/// @param head for a request's line and headers, from their first byte to their last
/// @param body between two pieces of a request's body
/// @param write for a client to take 64 KiB of the answer
/// @param linger for reading what a client still sends after a refusal, so that it gets to read the refusal
/// @param requestLine in bytes
/// @param headers in bytes, all together
/// @param fields number of header fields
/// @param inflates whether gzip bodies are handed on as what they hold; otherwise as they came
public record FrontLimits(
        Duration idle,
        Duration head,
        Duration body,
        Duration write,
        Duration linger,
        int requestLine,
        int headers,
        int fields,
        boolean inflates) {
    public static final FrontLimits DEFAULT = new FrontLimits(
            Duration.ofSeconds(75),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            16 * 1024,
            64 * 1024,
            200);

    /// Limits of a front that undoes gzip.
    public FrontLimits(
            Duration idle,
            Duration head,
            Duration body,
            Duration write,
            Duration linger,
            int requestLine,
            int headers,
            int fields) {
        this(idle, head, body, write, linger, requestLine, headers, fields, true);
    }

    /// These limits for a front that hands bodies on as they came.
    public FrontLimits withBodiesAsTheyCome() {
        return new FrontLimits(idle, head, body, write, linger, requestLine, headers, fields, false);
    }
}
