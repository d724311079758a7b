package dev.sluice.protocol.ollama;

import dev.sluice.model.Block;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.ndjson.NdjsonReader;
import dev.sluice.protocol.translate.TokensAhead;
import java.util.ArrayList;
import java.util.List;

/// Events to lines. A tool call goes out when it is whole; the last line, alone with `done`, holds the counts.
final class LineEncoder implements EventEncoder {
    private final ClientContext client;
    private final boolean isGenerate;
    private final List<Slot> slots = new ArrayList<>();
    private final TokensAhead ahead = new TokensAhead();
    private State state = new State.Idle();
    private Usage usage = Usage.NONE;
    private int calls;
    private long first = -1;

    /// How far the stream is.
    private sealed interface State {
        /// No line was written and nothing is known of the answer.
        record Idle() implements State {}

        /// `started` stands at the head of every line.
        record Speaking(Json.Obj started) implements State {}

        record Ended() implements State {}
    }

    /// An open block.
    private sealed interface Slot {
        record Text() implements Slot {}

        record Thought() implements Slot {}

        record Call(Opening.ToolCall call, StringBuilder arguments) implements Slot {}

        record Silent() implements Slot {}
    }

    private static final Slot SILENT = new Slot.Silent();

    LineEncoder(ClientContext client) {
        this.client = client;
        this.isGenerate = Operation.of(client.asked().head()) == Operation.GENERATE;
    }

    @Override
    public String contentType() {
        return NdjsonReader.MEDIA_TYPE;
    }

    /// A line that says nothing: clients stumble over blank ones.
    @Override
    public void keepAlive(ByteSink out) {
        if (!(state instanceof State.Ended)) {
            line("", Json.Obj.EMPTY, out);
        }
    }

    @Override
    public void encode(StreamEvent event, ByteSink out) {
        if (state instanceof State.Ended) {
            return;
        }
        switch (event) {
            case StreamEvent.Started started -> {
                if (state instanceof State.Idle) {
                    state = new State.Speaking(Lines.head(started, client).build());
                }
            }
            case StreamEvent.BlockOpened(int index, Opening opening) -> open(index, opening, out);
            case StreamEvent.TextDelta(int index, String text) -> text(slot(index), text, out);
            case StreamEvent.ArgumentsDelta(int index, String text) -> {
                if (slot(index) instanceof Slot.Call(var _, StringBuilder arguments)) {
                    arguments.append(text);
                }
            }
            case StreamEvent.BlockClosed(int index) -> close(slot(index), out);
            case StreamEvent.UsageReported(Usage reported) -> usage = usage.overriddenBy(reported);
            case StreamEvent.Finished(Finish finish) -> finish(finish, out);
            case StreamEvent.Failed(var failure) -> {
                out.ascii("{\"error\":")
                        .jsonString(OllamaFailures.words(failure))
                        .ascii("}\n");
                state = new State.Ended();
            }
            case StreamEvent.LogprobsDelta(int index, List<TokenLogprob> tokens) -> {
                if (slot(index) instanceof Slot.Text) {
                    ahead.add(tokens);
                }
            }
            case StreamEvent.SignatureDelta _, StreamEvent.CitationDelta _ -> {}
        }
    }

    private Slot slot(int index) {
        return index < slots.size() ? slots.get(index) : SILENT;
    }

    private void open(int index, Opening opening, ByteSink out) {
        while (slots.size() <= index) {
            slots.add(SILENT);
        }
        slots.set(
                index,
                switch (opening) {
                    case Opening.Text _, Opening.Refusal _ -> new Slot.Text();
                    case Opening.Reasoning _ -> new Slot.Thought();
                    case Opening.ToolCall call -> new Slot.Call(call, new StringBuilder());
                    case Opening.Whole(Block block) -> {
                        if (block instanceof Block.GeneratedImage image) {
                            line("", images(image), out);
                        }
                        yield SILENT;
                    }
                });
    }

    static Json.Obj images(Block.GeneratedImage image) {
        return Json.object().put("images", Json.Arr.of(Json.of(image.base64()))).build();
    }

    private void text(Slot slot, String text, ByteSink out) {
        switch (slot) {
            case Slot.Text _ -> line(text, ahead.take(), Json.Obj.EMPTY, out);
            case Slot.Thought _ -> line("", Json.object().put("thinking", text).build(), out);
            case Slot.Call _, Slot.Silent _ -> {}
        }
    }

    private void close(Slot slot, ByteSink out) {
        if (slot instanceof Slot.Call(Opening.ToolCall call, StringBuilder arguments)) {
            Json.Obj json = Lines.call(calls++, call.id(), call.name(), call.kind(), arguments.toString());
            line("", Json.object().put("tool_calls", Json.Arr.of(json)).build(), out);
        }
    }

    private Json.Obj head() {
        if (state instanceof State.Speaking(Json.Obj started)) {
            return started;
        }
        Json.Obj head = Lines.head(new StreamEvent.Started("", "", 0), client).build();
        state = new State.Speaking(head);
        return head;
    }

    private void line(String text, Json.Obj more, ByteSink out) {
        line(text, List.of(), more, out);
    }

    private void line(String text, List<TokenLogprob> tokens, Json.Obj more, ByteSink out) {
        if (first < 0) {
            first = client.elapsed().getAsLong();
        }
        Json.Builder line = Lines.say(Json.object().putAll(head()), isGenerate, text, more);
        Lines.weigh(line.put("done", false), tokens);
        out.json(line.build()).ascii("\n");
    }

    private void finish(Finish finish, ByteSink out) {
        long whole = client.elapsed().getAsLong();
        Json.Builder line = Lines.say(Json.object().putAll(head()), isGenerate, "", Json.Obj.EMPTY)
                .put("done", true)
                .put("done_reason", DoneReason.write(finish.reason()));
        Lines.weigh(line, ahead.take());
        out.json(UsageJson.write(line, usage, first < 0 ? whole : first, whole).build())
                .ascii("\n");
        state = new State.Ended();
    }
}
