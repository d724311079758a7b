package dev.sluice.protocol;

import dev.sluice.model.Answer;
import dev.sluice.model.Finish;
import dev.sluice.model.Usage;
import dev.sluice.protocol.translate.ToolNames;

/// Answers of one dialect. Stateless and thread-safe; what it makes is one per answer.
public interface AnswerCodec {
    /// A reader of frames for an upstream's stream.
    FrameReader frames();

    /// A decoder of an upstream's stream; tool names come back through `names`.
    EventDecoder decoder(ToolNames names);

    /// Decodes an upstream's whole answer of status 200. Bad: category `MALFORMED_ANSWER`, or the error it holds.
    Outcome<Answer> decode(byte[] body, ToolNames names);

    /// An encoder of the client's stream.
    EventEncoder encoder(ClientContext client);

    /// A whole answer for the client.
    byte[] encode(Answer answer, ClientContext client);

    /// A listener to an upstream's stream on the identity lane.
    StreamTap tap(EncodedRequest sent);

    /// What a whole answer on the identity lane tells of its usage and end. Bad: it is not an answer of the dialect, or
    /// holds an error.
    Outcome<Tapped> tap(byte[] body);

    /// What the identity lane reads from a whole answer.
    record Tapped(Usage usage, Finish finish) {}
}
