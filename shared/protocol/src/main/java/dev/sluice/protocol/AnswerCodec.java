package dev.sluice.protocol;

import dev.sluice.model.Answer;
import dev.sluice.model.Finish;
import dev.sluice.model.Usage;

/// Answers of one dialect, from providers and for clients. Stateless and thread-safe; what it makes is one per answer.
public interface AnswerCodec extends AnswerDecoding {
    /// An encoder of the client's stream.
    EventEncoder encoder(ClientContext client);

    /// A whole answer for the client.
    byte[] encode(Answer answer, ClientContext client);

    /// A listener to an upstream's stream on the identity lane.
    ///
    /// @param asked what the client asked, for dialects with several forms of a stream
    StreamTap tap(EncodedRequest sent, Outline asked);

    /// What a whole answer on the identity lane tells of its usage and end. Bad: it is not an answer of the dialect, or
    /// holds an error.
    Outcome<Tapped> tap(byte[] body);

    /// What the identity lane reads from a whole answer.
    record Tapped(Usage usage, Finish finish) {}
}
