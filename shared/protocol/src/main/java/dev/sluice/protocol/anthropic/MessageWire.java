package dev.sluice.protocol.anthropic;

import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.sse.SseWriter;

/// Writes the frames of one Messages stream in their only legal order, whatever order it is asked for:
/// `message_start` before the first block, one block open at a time under ascending indices, one `message_delta` and
/// `message_stop`, nothing after the end. Deltas are written straight into the sink.
final class MessageWire {
    static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";
    static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private static final String BLOCK_START =
            "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":";
    private static final String BLOCK_DELTA =
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":";
    private static final String BLOCK_STOP =
            "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":";

    private sealed interface State {
        /// Nothing is written: an error can still become an answer of its own.
        record Held() implements State {}

        /// @param next the index of the next block
        record Between(int next) implements State {}

        record Inside(int index) implements State {}

        record Ended() implements State {}
    }

    private static final State ENDED = new State.Ended();

    private final ClientContext client;
    private State state = new State.Held();

    MessageWire(ClientContext client) {
        this.client = client;
    }

    boolean isEnded() {
        return state instanceof State.Ended;
    }

    /// Begins the next block, up to its `content_block`: that the caller writes, and then calls `opened`.
    void open(StreamEvent.Started started, Usage usage, ByteSink out) {
        int index = switch (state) {
            case State.Held _ -> {
                SseWriter.event(out, "message_start", MessageHead.start(started, usage, client));
                yield 0;
            }
            case State.Between(int next) -> next;
            case State.Inside(int open) -> {
                close(out);
                yield open + 1;
            }
            case State.Ended _ -> throw new IllegalStateException("a block after the end");
        };
        state = new State.Inside(index);
        out.ascii(BLOCK_START).number(index).ascii(",\"content_block\":");
    }

    void opened(ByteSink out) {
        out.ascii("}\n\n");
    }

    /// One delta of the open block, such as `{"type":"text_delta","text":...}`.
    ///
    /// @param head up to the text
    void delta(String head, String text, ByteSink out) {
        if (state instanceof State.Inside(int index)) {
            out.ascii(BLOCK_DELTA).number(index).ascii(head).jsonString(text).ascii("}}\n\n");
        }
    }

    void citation(Json.Obj citation, ByteSink out) {
        if (state instanceof State.Inside(int index)) {
            out.ascii(BLOCK_DELTA)
                    .number(index)
                    .ascii(",\"delta\":{\"type\":\"citations_delta\",\"citation\":")
                    .json(citation)
                    .ascii("}}\n\n");
        }
    }

    void close(ByteSink out) {
        if (state instanceof State.Inside(int index)) {
            out.ascii(BLOCK_STOP).number(index).ascii("}\n\n");
            state = new State.Between(index + 1);
        }
    }

    void finish(StreamEvent.Started started, Usage usage, Finish finish, boolean hasCalls, ByteSink out) {
        close(out);
        if (state instanceof State.Held) {
            SseWriter.event(out, "message_start", MessageHead.start(started, usage, client));
        }
        Json.Builder delta = StopReason.encode(Json.object(), finish, hasCalls).put("container", Json.NULL);
        Json.Obj data = Json.object()
                .put("type", "message_delta")
                .put("delta", delta.build())
                .put("usage", UsageJson.delta(usage).build())
                .build();
        SseWriter.event(out, "message_delta", data);
        out.ascii(STOP);
        state = ENDED;
    }

    void fail(Failure failure, ByteSink out) {
        if (!isEnded()) {
            SseWriter.event(out, "error", AnthropicFailures.event(failure));
            state = ENDED;
        }
    }
}
