package dev.sluice.protocol;

import dev.sluice.model.Failure;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.json.JsonText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Passes the upstream's stream on as it is, while a tap listens.
///
/// The tap is given every frame, `FILLER` too, also after the end: only it knows which bytes the client gets. Of what it tells,
/// nothing is passed on after a terminal event. When it tells `Failed` without having written anything, the lane has it write
/// the dialect's in-stream error, so that both lanes leave the client's stream ended.
public final class IdentityLane implements Lane {
    private final FrameReader frames;
    private final StreamTap tap;
    private final String contentType;
    private final UnreadTokens unread = new UnreadTokens();
    private boolean ended;
    private boolean failed;
    private @Nullable Failure failure;

    public IdentityLane(FrameReader frames, StreamTap tap, String contentType) {
        this.frames = frames;
        this.tap = tap;
        this.contentType = contentType;
    }

    @Override
    public void feed(byte[] bytes, int from, int to, ByteSink out, Consumer<StreamEvent> heard) {
        if (failed) {
            return;
        }
        Consumer<StreamEvent> onEvent = event -> tell(event, heard);
        if (!frames.feed(bytes, from, to, frame -> pass(frame, out, onEvent)) && !ended) {
            StreamEvent.Failed beyondBound = FrameBound.exceeded();
            fail(beyondBound.failure(), out);
            heard.accept(beyondBound);
        }
    }

    @Override
    public void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard) {
        if (failed) {
            return;
        }
        Consumer<StreamEvent> onEvent = event -> tell(event, heard);
        frames.end(frame -> {
            if (saysAllItMeant(frame)) {
                pass(ended(frame), out, onEvent);
            }
        });
        if (!ended) {
            int before = out.size();
            tap.end(reset, out, onEvent);
            endInError(before, out);
        }
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        if (!ended) {
            ended = true;
            failed = true;
            tap.fail(failure, out);
        }
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!ended) {
            tap.keepAlive(out);
        }
    }

    @Override
    public long unreadTokens() {
        return unread.sum();
    }

    @Override
    public String contentType() {
        return contentType;
    }

    /// A frame that the end of the bytes cut off is no frame: passed on, it would spoil the error that follows it.
    private static boolean saysAllItMeant(Frame frame) {
        return frame.kind() == Frame.Kind.EVENT
                && (frame.dataIs("[DONE]")
                        || JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo()) != null);
    }

    /// The frame with the end it lacks: clients do not take it for one otherwise.
    private Frame ended(Frame frame) {
        ByteSink raw = new ByteSink(frame.rawTo() - frame.rawFrom() + 2);
        raw.write(frame.raw(), frame.rawFrom(), frame.rawTo()).ascii(tap.frameEnd());
        return new Frame(
                frame.kind(),
                frame.event(),
                frame.data(),
                frame.dataFrom(),
                frame.dataTo(),
                raw.array(),
                0,
                raw.size());
    }

    private void pass(Frame frame, ByteSink out, Consumer<StreamEvent> onEvent) {
        if (!failed) {
            int before = out.size();
            unread.count(frame);
            tap.pass(frame, out, onEvent);
            endInError(before, out);
        }
    }

    private void tell(StreamEvent event, Consumer<StreamEvent> heard) {
        if (!ended) {
            ended = event.isTerminal();
            failure = event instanceof StreamEvent.Failed(Failure why) ? why : null;
            heard.accept(event);
        }
    }

    private void endInError(int before, ByteSink out) {
        if (failure != null && !failed) {
            failed = true;
            if (out.size() == before) {
                tap.fail(failure, out);
            }
        }
    }
}
