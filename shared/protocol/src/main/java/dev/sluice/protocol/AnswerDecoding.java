package dev.sluice.protocol;

import dev.sluice.model.Answer;
import dev.sluice.protocol.translate.ToolNames;

/// Answers of providers of one dialect. Stateless and thread-safe; what it makes is one per answer.
public interface AnswerDecoding {
    /// The media type of a provider's stream, for `accept`.
    String streamType();

    /// A reader of frames for an upstream's stream.
    FrameReader frames();

    /// A decoder of an upstream's stream; tool names come back through `names`.
    EventDecoder decoder(ToolNames names);

    /// Decodes an upstream's whole answer of status 200. Bad: category `MALFORMED_ANSWER`, or the error it holds.
    Outcome<Answer> decode(byte[] body, ToolNames names);
}
