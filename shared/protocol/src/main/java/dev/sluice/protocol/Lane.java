package dev.sluice.protocol;

import dev.sluice.model.Failure;
import dev.sluice.model.StreamEvent;
import java.util.function.Consumer;

/// How the bytes of one upstream stream become the client's: translated, or passed through. One per attempt.
public interface Lane {
    /// Takes bytes from the upstream, writes bytes for the client, tells what it heard.
    void feed(byte[] bytes, int from, int to, ByteSink out, Consumer<StreamEvent> heard);

    /// The upstream's bytes are at their end.
    void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard);

    /// Ends the client's stream with its dialect's in-stream error, for failures that the gateway itself finds.
    void fail(Failure failure, ByteSink out);

    void keepAlive(ByteSink out);

    /// The tokens of the answer so far, by estimate, of which no event tells; 0 where events tell every piece.
    default long unreadTokens() {
        return 0;
    }

    /// The `content-type` of the client's stream.
    String contentType();
}
