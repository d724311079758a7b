package dev.sluice.protocol.anthropic;

import dev.sluice.model.Citation;
import dev.sluice.model.Json;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.TextTool;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events to a Messages stream.
///
/// The dialect has one block open at a time. A text gives way to the next block; a tool call is never cut, so what
/// begins while one is open waits in a queue and is written when its turn comes.
final class AnthropicEventEncoder implements EventEncoder {
    private static final String TEXT = ",\"delta\":{\"type\":\"text_delta\",\"text\":";
    private static final String THINKING = ",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":";
    private static final String SIGNATURE = ",\"delta\":{\"type\":\"signature_delta\",\"signature\":";
    private static final String ARGUMENTS = ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":";

    private final Seal seal;
    private final MessageWire wire;
    private final ToolIds ids;
    private final Map<Integer, Opening> openings = new HashMap<>();
    private final Deque<PendingBlock> queue = new ArrayDeque<>();
    private @Nullable PendingBlock live;
    private StreamEvent.Started started = new StreamEvent.Started("", "", 0);
    private Usage usage = Usage.NONE;
    private boolean hasCalls;

    AnthropicEventEncoder(ClientContext client, Seal seal) {
        this.seal = seal;
        this.wire = new MessageWire(client);
        this.ids = new ToolIds(client.answerId());
    }

    @Override
    public String contentType() {
        return "text/event-stream; charset=utf-8";
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!wire.isEnded()) {
            out.ascii(MessageWire.PING);
        }
    }

    @Override
    public void encode(StreamEvent event, ByteSink out) {
        if (wire.isEnded()) {
            return;
        }
        switch (event) {
            case StreamEvent.Started start -> started = start;
            case StreamEvent.BlockOpened(int index, Opening opening) -> open(index, opening, out);
            case StreamEvent.TextDelta(int index, String text) -> text(index, text, out);
            case StreamEvent.ArgumentsDelta(int index, String text) -> text(index, text, out);
            case StreamEvent.SignatureDelta(int index, Signature signature) -> {
                PendingBlock block = block(index, out);
                if (block == live) {
                    begin(block, out);
                    wire.delta(SIGNATURE, AnswerBlocks.proof(signature, seal), out);
                } else {
                    block.signature = signature;
                }
            }
            case StreamEvent.CitationDelta(int index, Citation citation) -> citation(index, citation, out);
            case StreamEvent.LogprobsDelta _ -> {
                // this API has no place for them
            }
            case StreamEvent.BlockClosed(int index) -> close(index, out);
            case StreamEvent.UsageReported(Usage report) -> usage = usage.overriddenBy(report);
            case StreamEvent.Finished finished -> {
                flush(out);
                wire.finish(started, usage, finished.finish(), hasCalls, out);
            }
            case StreamEvent.Failed failed -> wire.fail(failed.failure(), out);
        }
    }

    private void open(int index, Opening opening, ByteSink out) {
        openings.put(index, opening);
        PendingBlock block = new PendingBlock(index, opening);
        if (live != null && live.isCall()) {
            queue.add(block);
        } else {
            end(out);
            enter(block, out);
        }
    }

    /// Makes a block the one that is written to. Text begins on the wire with its first piece, so that empty blocks
    /// are not written at all.
    private void enter(PendingBlock block, ByteSink out) {
        live = block;
        if (block.opening instanceof Opening.Whole(var whole)) {
            Json.Obj content = AnswerBlocks.encode(whole, seal, ids);
            if (content != null && "text".equals(content.text("type"))) {
                begin(block, out); // clients show what comes in pieces
                wire.delta(TEXT, content.text("text", ""), out);
            } else if (content != null) {
                whole(content, out);
            }
            end(out);
        } else if (block.isCall()) {
            begin(block, out);
        }
    }

    /// The input of a call comes in pieces, even when there is one piece only: libraries read it from nowhere else.
    private void whole(Json.Obj content, ByteSink out) {
        boolean isCall = "server_tool_use".equals(content.text("type")) || "mcp_tool_use".equals(content.text("type"));
        Json.Obj input = isCall ? content.object("input") : null;
        wire.open(started, usage, out);
        out.json(input == null ? content : content.with("input", Json.Obj.EMPTY));
        wire.opened(out);
        if (input != null) {
            wire.delta(ARGUMENTS, JsonText.print(input), out);
        }
    }

    private void begin(PendingBlock block, ByteSink out) {
        if (block.isBegun) {
            return;
        }
        block.isBegun = true;
        wire.open(started, usage, out);
        switch (block.opening) {
            case Opening.Text _, Opening.Refusal _, Opening.Whole _ ->
                // a list, as sources may follow: Anthropic's library for Java adds none to a null
                out.ascii("{\"type\":\"text\",\"text\":\"\",\"citations\":[]}");
            case Opening.Reasoning _ -> out.ascii("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
            case Opening.ToolCall call -> {
                hasCalls = true;
                out.ascii("{\"type\":\"tool_use\",\"id\":")
                        .jsonString(ids.legal(call.id()))
                        .ascii(",\"name\":")
                        .jsonString(TextTool.flat(call.namespace(), call.name()))
                        .ascii(",\"input\":{}}");
            }
        }
        wire.opened(out);
    }

    private void text(int index, String text, ByteSink out) {
        if (text.isEmpty()) {
            return;
        }
        PendingBlock block = block(index, out);
        if (block != live || block.isCustom()) {
            block.text.append(text);
            return;
        }
        begin(block, out);
        block.isFilled = true;
        wire.delta(head(block.opening), text, out);
    }

    private static String head(Opening opening) {
        return switch (opening) {
            case Opening.Text _, Opening.Refusal _, Opening.Whole _ -> TEXT;
            case Opening.Reasoning _ -> THINKING;
            case Opening.ToolCall _ -> ARGUMENTS;
        };
    }

    private void citation(int index, Citation citation, ByteSink out) {
        Json.Obj source = AnswerBlocks.citation(citation);
        if (source == null) {
            return; // without an address it has no form here
        }
        PendingBlock block = block(index, out);
        if (block == live && block.isBegun) {
            wire.citation(source, out);
        } else {
            block.citations.add(source);
        }
    }

    /// Sources that came before any text, or never had one.
    private void sources(PendingBlock block, ByteSink out) {
        if (!block.citations.isEmpty() && !block.isBegun) {
            begin(block, out);
            wire.delta(TEXT, AnswerBlocks.SOURCES, out);
        }
        block.citations.forEach(source -> wire.citation(source, out));
        block.citations.clear();
    }

    /// The open block of that index. A text that gave way to another block and goes on all the same is opened again.
    private PendingBlock block(int index, ByteSink out) {
        PendingBlock known = find(index);
        if (known != null) {
            return known;
        }
        open(index, openings.getOrDefault(index, Opening.TEXT), out);
        PendingBlock reopened = find(index);
        return reopened == null ? new PendingBlock(index, Opening.TEXT) : reopened;
    }

    private @Nullable PendingBlock find(int index) {
        if (live != null && live.index == index) {
            return live;
        }
        for (PendingBlock block : queue) {
            if (block.index == index) {
                return block;
            }
        }
        return null;
    }

    private void close(int index, ByteSink out) {
        if (live != null && live.index == index) {
            end(out);
            advance(out);
        } else {
            PendingBlock block = find(index);
            if (block != null) {
                block.isClosed = true;
            }
        }
    }

    private void end(ByteSink out) {
        if (live != null && live.isCustom() && !live.text.isEmpty()) {
            Json.Obj input =
                    Json.object().put(TextTool.PROPERTY, live.text.toString()).build();
            wire.delta(ARGUMENTS, JsonText.print(input), out);
        } else if (live != null && live.isCall() && live.isBegun && !live.isFilled) {
            wire.delta(ARGUMENTS, "", out);
        }
        if (live != null) {
            sources(live, out);
        }
        live = null;
        wire.close(out);
    }

    /// Writes what waited, up to the first block that is still being filled and must not give way.
    private void advance(ByteSink out) {
        while (live == null && !queue.isEmpty()) {
            PendingBlock block = queue.remove();
            enter(block, out);
            if (live == block) {
                catchUp(block, out);
                if (block.isClosed || (!block.isCall() && !queue.isEmpty())) {
                    end(out);
                }
            }
        }
    }

    private void catchUp(PendingBlock block, ByteSink out) {
        if (!block.text.isEmpty() && !block.isCustom()) {
            begin(block, out);
            block.isFilled = true;
            wire.delta(head(block.opening), block.text.toString(), out);
            block.text.setLength(0);
        }
        if (block.isBegun) {
            sources(block, out);
        }
        if (block.signature != null) {
            begin(block, out);
            wire.delta(SIGNATURE, AnswerBlocks.proof(block.signature, seal), out);
        }
    }

    private void flush(ByteSink out) {
        queue.forEach(block -> block.isClosed = true);
        end(out);
        advance(out);
    }
}
