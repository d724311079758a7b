package dev.sluice.core.relay;

import dev.sluice.model.Failure;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Lane;
import java.util.function.Consumer;

/// A lane with a second listener, told of each event before the first.
///
/// Nothing that belongs to a terminal event has reached the client when it is told.
///
/// @param listener one per attempt
public record OverheardLane(Lane lane, Consumer<StreamEvent> listener) implements Lane {
    @Override
    public void feed(byte[] bytes, int from, int to, ByteSink out, Consumer<StreamEvent> heard) {
        lane.feed(bytes, from, to, out, listener.andThen(heard));
    }

    @Override
    public void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard) {
        lane.end(reset, out, listener.andThen(heard));
    }

    @Override
    public void fail(Failure failure, ByteSink out) {
        lane.fail(failure, out);
    }

    @Override
    public void keepAlive(ByteSink out) {
        lane.keepAlive(out);
    }

    @Override
    public long unreadTokens() {
        return lane.unreadTokens();
    }

    @Override
    public String contentType() {
        return lane.contentType();
    }
}
