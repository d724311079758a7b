package dev.sluice.protocol;

import dev.sluice.model.Failure;
import dev.sluice.model.StreamEvent;
import java.util.function.Consumer;

/// Turns one dialect's stream into another's by way of events. Nothing is written or told after a terminal event.
public final class TranslatedLane implements Lane {
    private final FrameReader frames;
    private final EventDecoder decoder;
    private final EventEncoder encoder;
    private boolean ended;

    public TranslatedLane(FrameReader frames, EventDecoder decoder, EventEncoder encoder) {
        this.frames = frames;
        this.decoder = decoder;
        this.encoder = encoder;
    }

    @Override
    public void feed(byte[] bytes, int from, int to, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        Consumer<StreamEvent> onEvent = event -> pass(event, out, heard);
        if (!frames.feed(bytes, from, to, frame -> decode(frame, onEvent))) {
            pass(FrameBound.of(frames), out, heard);
        }
    }

    @Override
    public void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard) {
        Consumer<StreamEvent> onEvent = event -> pass(event, out, heard);
        if (!ended) {
            frames.end(frame -> decode(frame, onEvent));
        }
        if (!ended) {
            decoder.end(reset, onEvent);
        }
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        if (!ended) {
            ended = true;
            encoder.encode(new StreamEvent.Failed(failure), out);
        }
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!ended) {
            encoder.keepAlive(out);
        }
    }

    @Override
    public String contentType() {
        return encoder.contentType();
    }

    private void decode(Frame frame, Consumer<StreamEvent> onEvent) {
        if (!ended && frame.kind() == Frame.Kind.EVENT) {
            decoder.feed(frame, onEvent);
        }
    }

    private void pass(StreamEvent event, ByteSink out, Consumer<StreamEvent> heard) {
        if (ended) {
            return;
        }
        ended = event.isTerminal();
        encoder.encode(event, out);
        heard.accept(event);
    }
}
