package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Answer;
import dev.sluice.protocol.AnswerCodec;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.ToolNames;

/// A place for the answers of this dialect: they come with a change of their own.
final class ResponsesAnswers implements AnswerCodec {
    ResponsesAnswers(Seal seal) {}

    @Override
    public String streamType() {
        return "text/event-stream";
    }

    @Override
    public FrameReader frames() {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventDecoder decoder(ToolNames names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Answer> decode(byte[] body, ToolNames names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventEncoder encoder(ClientContext client) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] encode(Answer answer, ClientContext client) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StreamTap tap(EncodedRequest sent, Outline asked) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Tapped> tap(byte[] body) {
        throw new UnsupportedOperationException();
    }
}
