package dev.sluice.core.relay;

import dev.sluice.model.Failure;

/// How the relay of one attempt's stream ended.
public sealed interface Relayed {
    /// The client has the whole answer, its terminal event included.
    record Complete() implements Relayed {}

    /// It failed before any content: the client has seen nothing of it, another attempt may follow.
    record NotBegun(Failure failure) implements Relayed {}

    /// It failed after content: the client was told so in its dialect.
    record Cut(Failure failure) implements Relayed {}

    /// The client closed its connection.
    record ClientLeft() implements Relayed {}
}
