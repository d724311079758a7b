package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes the events of one response in their only legal order: `response.created` and `response.in_progress` before the
/// first of an item, ascending sequence numbers, one terminal event that repeats the output, nothing after it.
final class ResponseWire {
    private enum State {
        /// Nothing is written: an error can still become an answer of its own.
        HELD,
        OPEN,
        ENDED
    }

    private final ResponseForm form;
    private final SortedMap<Integer, Json.Obj> output = new TreeMap<>();
    private State state = State.HELD;
    private long sequence;

    ResponseWire(ResponseForm form) {
        this.form = form;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    /// Begins an event of an item: the caller writes the fields that follow, each behind a comma, and calls `close`.
    ByteSink open(String type, OutputItem item, ByteSink out) {
        return open(type, out)
                .ascii(",\"item_id\":\"")
                .ascii(item.id())
                .ascii("\",\"output_index\":")
                .number(item.place());
    }

    private ByteSink open(String type, ByteSink out) {
        begin(out);
        return head(type, out);
    }

    private ByteSink head(String type, ByteSink out) {
        return out.ascii("event: ")
                .ascii(type)
                .ascii("\ndata: {\"type\":\"")
                .ascii(type)
                .ascii("\",\"sequence_number\":")
                .number(sequence++);
    }

    void close(ByteSink out) {
        out.ascii("}\n\n");
    }

    private void begin(ByteSink out) {
        if (state == State.HELD) {
            state = State.OPEN;
            form.open(head("response.created", out).ascii(",\"response\":"));
            close(out);
            form.open(head("response.in_progress", out).ascii(",\"response\":"));
            close(out);
        }
    }

    void added(OutputItem item, ByteSink out) {
        item("response.output_item.added", item.place(), item.json("in_progress"), out);
    }

    void done(OutputItem item, String status, ByteSink out) {
        done(item.place(), item.json(status), out);
    }

    /// An item that comes in one piece.
    void whole(int place, Json.Obj item, ByteSink out) {
        boolean isTimed = item.text("status") != null;
        Json.Obj begun = isTimed ? item.with("status", Json.of("in_progress")) : item;
        Json.Obj empty = begun.has("result") ? begun.with("result", Json.NULL) : begun;
        item("response.output_item.added", place, empty, out);
        done(place, item, out);
    }

    private void done(int place, Json.Obj item, ByteSink out) {
        output.put(place, item);
        item("response.output_item.done", place, item, out);
    }

    private void item(String type, int place, Json.Obj item, ByteSink out) {
        open(type, out).ascii(",\"output_index\":").number(place);
        out.ascii(",\"item\":").json(item);
        close(out);
    }

    /// @param cutBy why the response is incomplete; null: it is complete
    void finish(@Nullable String cutBy, Usage usage, ByteSink out) {
        String type = cutBy == null ? "response.completed" : "response.incomplete";
        form.whole(cutBy, output.values(), usage, open(type, out).ascii(",\"response\":"));
        close(out);
        state = State.ENDED;
    }

    void fail(Failure failure, Usage usage, ByteSink out) {
        form.failed(
                failure, output.values(), usage, open("response.failed", out).ascii(",\"response\":"));
        close(out);
        state = State.ENDED;
    }
}
