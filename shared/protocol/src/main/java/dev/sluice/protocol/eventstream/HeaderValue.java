package dev.sluice.protocol.eventstream;

import java.util.UUID;

/// The value of a message's header, by the wire's ten types.
public sealed interface HeaderValue {
    /// `true` and `false` are two types on the wire.
    record Flag(boolean value) implements HeaderValue {}

    /// A signed number of 1, 2, 4 or 8 bytes.
    record Whole(long value) implements HeaderValue {}

    /// Bytes in base64, as JSON has no other form for them.
    record Bytes(String base64) implements HeaderValue {}

    record Text(String value) implements HeaderValue {}

    /// Milliseconds of the epoch.
    record Timestamp(long epochMillis) implements HeaderValue {}

    record Id(UUID value) implements HeaderValue {}
}
