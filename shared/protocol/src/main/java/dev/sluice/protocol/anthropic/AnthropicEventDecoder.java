package dev.sluice.protocol.anthropic;

import dev.sluice.model.Block;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Usage;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.FailureClassifier;
import dev.sluice.protocol.translate.PropertyText;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A Messages stream to events. Goes by the data's own type, so that frames without an event name are read too.
final class AnthropicEventDecoder implements EventDecoder {
    private static final String PING = "ping";

    private final ToolNames names;
    private final Map<Long, OpenBlock> open = new LinkedHashMap<>();
    private int next;
    private boolean started;
    private boolean hasCalls;
    private boolean ended;
    private Usage usage = Usage.NONE;
    private Json.@Nullable Obj stop;

    /// A block that the upstream has begun and not ended.
    private sealed interface OpenBlock {
        /// Text or thought.
        record Words(int index) implements OpenBlock {}

        /// @param text reads a custom tool's text out of the arguments; null for functions
        /// @param isGiven whether the arguments came with the block's begin: then what follows repeats them
        record Call(int index, @Nullable PropertyText text, boolean isGiven) implements OpenBlock {}

        /// A provider's own tool, given on in one piece when its input is whole.
        record ServerCall(Json.Obj raw, StringBuilder input) implements OpenBlock {}

        /// Already told as a whole.
        record Told() implements OpenBlock {}
    }

    AnthropicEventDecoder(ToolNames names) {
        this.names = names;
    }

    @Override
    public void feed(Frame frame, Consumer<StreamEvent> out) {
        if (ended || frame.kind() == Frame.Kind.FILLER || PING.equals(frame.event())) {
            return;
        }
        Json.Obj data = JsonText.objectOrNull(frame.data(), frame.dataFrom(), frame.dataTo());
        if (data == null) {
            if (stop == null && !frame.dataIs("[DONE]")) {
                fail(Category.MALFORMED_ANSWER, "The provider's stream holds an event that is not JSON.", out);
            }
            return;
        }
        String type = data.text("type");
        switch (type == null && data.object("error") != null ? "error" : type) {
            case "message_start" -> start(data.object("message"), out);
            case "content_block_start" -> open(data, out);
            case "content_block_delta" -> delta(data, out);
            case "content_block_stop" -> close(open.remove(index(data)), out);
            case "message_delta" -> messageDelta(data, out);
            case "message_stop" -> stopped(out);
            case "error" -> {
                ended = true;
                out.accept(new StreamEvent.Failed(FailureClassifier.classify(AnthropicFailures.inAnswer(data))));
            }
            case null, default -> {
                // an event younger than this version
            }
        }
    }

    private static Long index(Json.Obj data) {
        Long index = data.whole("index");
        return index == null ? 0L : index;
    }

    private void start(Json.@Nullable Obj message, Consumer<StreamEvent> out) {
        if (started) {
            return;
        }
        started = true;
        Json.Obj head = message == null ? Json.Obj.EMPTY : message;
        out.accept(new StreamEvent.Started(head.text("id", ""), head.text("model", ""), 0));
        report(head.object("usage"), out);
    }

    private void report(Json.@Nullable Obj json, Consumer<StreamEvent> out) {
        if (json != null) {
            Usage report = UsageJson.decode(json, usage);
            usage = usage.overriddenBy(report);
            out.accept(new StreamEvent.UsageReported(report));
        }
    }

    private void open(Json.Obj data, Consumer<StreamEvent> out) {
        start(null, out);
        Json.Obj block = data.object("content_block");
        if (block == null) {
            return;
        }
        Long index = index(data);
        close(open.remove(index), out);
        open.put(
                index,
                switch (block.text("type", "")) {
                    case "text" -> words(Opening.TEXT, block.text("text", ""), block, out);
                    case "thinking" -> words(Opening.REASONING, block.text("thinking", ""), block, out);
                    case "tool_use" -> call(block, out);
                    case "server_tool_use", "mcp_tool_use" -> new OpenBlock.ServerCall(block, new StringBuilder());
                    default -> {
                        whole(block, out);
                        yield new OpenBlock.Told();
                    }
                });
    }

    /// Some upstreams put the first text, or all of it, into the block's begin.
    private OpenBlock words(Opening opening, String text, Json.Obj block, Consumer<StreamEvent> out) {
        int index = next++;
        out.accept(new StreamEvent.BlockOpened(index, opening));
        if (!text.isEmpty()) {
            out.accept(new StreamEvent.TextDelta(index, text));
        }
        AnswerBlocks.citations(block).forEach(citation -> out.accept(new StreamEvent.CitationDelta(index, citation)));
        signature(index, block.text("signature"), out);
        return new OpenBlock.Words(index);
    }

    private static void signature(int index, @Nullable String value, Consumer<StreamEvent> out) {
        var signature = AnswerBlocks.signature(value);
        if (signature != null) {
            out.accept(new StreamEvent.SignatureDelta(index, signature));
        }
    }

    private OpenBlock call(Json.Obj block, Consumer<StreamEvent> out) {
        int index = next++;
        hasCalls = true;
        ToolNames.Original tool = names.toClient(block.text("name", ""));
        out.accept(new StreamEvent.BlockOpened(
                index, new Opening.ToolCall(block.text("id", ""), tool.name(), tool.namespace(), tool.kind(), null)));
        PropertyText text = tool.property() == null ? null : new PropertyText(tool.property());
        Json.Obj input = block.object("input");
        if (input == null || input.isEmpty()) {
            return new OpenBlock.Call(index, text, false);
        }
        arguments(index, text, JsonText.print(input), out);
        return new OpenBlock.Call(index, text, true);
    }

    private static void arguments(int index, @Nullable PropertyText text, String piece, Consumer<StreamEvent> out) {
        String arguments = text == null ? piece : text.feed(piece);
        if (!arguments.isEmpty()) {
            out.accept(new StreamEvent.ArgumentsDelta(index, arguments));
        }
    }

    private void whole(Json.Obj raw, Consumer<StreamEvent> out) {
        Block block = AnswerBlocks.decode(raw, names);
        int index = next++;
        out.accept(new StreamEvent.BlockOpened(index, new Opening.Whole(block)));
        out.accept(new StreamEvent.BlockClosed(index));
    }

    private void delta(Json.Obj data, Consumer<StreamEvent> out) {
        Json.Obj delta = data.object("delta");
        if (delta == null) {
            return;
        }
        String type = delta.text("type", "");
        OpenBlock block = open.computeIfAbsent(index(data), index -> unannounced(type, out));
        switch (block) {
            case OpenBlock.Words(int index) -> words(index, type, delta, out);
            case OpenBlock.Call(int index, PropertyText text, boolean isGiven) -> {
                if (!isGiven) {
                    arguments(index, text, delta.text("partial_json", ""), out);
                }
            }
            case OpenBlock.ServerCall(Json.Obj _, StringBuilder input) -> input.append(delta.text("partial_json", ""));
            case OpenBlock.Told _ -> {}
        }
    }

    private static void words(int index, String type, Json.Obj delta, Consumer<StreamEvent> out) {
        switch (type) {
            case "text_delta" -> text(index, delta.text("text", ""), out);
            case "thinking_delta" -> text(index, delta.text("thinking", ""), out);
            case "signature_delta" -> signature(index, delta.text("signature"), out);
            case "citations_delta" -> {
                Json.Obj citation = delta.object("citation");
                if (citation != null) {
                    out.accept(new StreamEvent.CitationDelta(index, ContentDecoder.citation(citation)));
                }
            }
            default -> {
                // a delta younger than this version
            }
        }
    }

    private static void text(int index, String text, Consumer<StreamEvent> out) {
        if (!text.isEmpty()) {
            out.accept(new StreamEvent.TextDelta(index, text));
        }
    }

    /// Words may come without their block's begin from careless upstreams; a call without its name is nothing.
    private OpenBlock unannounced(String type, Consumer<StreamEvent> out) {
        start(null, out);
        return switch (type) {
            case "text_delta" -> words(Opening.TEXT, "", Json.Obj.EMPTY, out);
            case "thinking_delta" -> words(Opening.REASONING, "", Json.Obj.EMPTY, out);
            default -> new OpenBlock.Told();
        };
    }

    private void close(@Nullable OpenBlock block, Consumer<StreamEvent> out) {
        switch (block) {
            case OpenBlock.Words(int index) -> out.accept(new StreamEvent.BlockClosed(index));
            case OpenBlock.Call(int index, PropertyText text, boolean _) -> {
                String rest = text == null ? "" : text.end();
                if (!rest.isEmpty()) {
                    out.accept(new StreamEvent.ArgumentsDelta(index, rest));
                }
                out.accept(new StreamEvent.BlockClosed(index));
            }
            case OpenBlock.ServerCall(Json.Obj raw, StringBuilder input) ->
                whole(input.isEmpty() ? raw : raw.with("input", TextTool.object(input.toString())), out);
            case OpenBlock.Told _ -> {}
            case null -> {}
        }
    }

    private void messageDelta(Json.Obj data, Consumer<StreamEvent> out) {
        start(null, out);
        Json.Obj delta = data.object("delta");
        if (delta != null && delta.text("stop_reason") != null) {
            stop = delta;
        }
        report(data.object("usage"), out);
    }

    /// An end of nothing is no answer.
    private void stopped(Consumer<StreamEvent> out) {
        if (stop == null && next == 0 && open.isEmpty()) {
            fail(Category.TRUNCATED, "The provider's answer is empty.", out);
        } else {
            finish(out);
        }
    }

    private void finish(Consumer<StreamEvent> out) {
        start(null, out);
        open.values().forEach(block -> close(block, out));
        open.clear();
        ended = true;
        out.accept(new StreamEvent.Finished(StopReason.decode(stop == null ? Json.Obj.EMPTY : stop, hasCalls)));
    }

    private void fail(Category category, String message, Consumer<StreamEvent> out) {
        ended = true;
        out.accept(new StreamEvent.Failed(Failure.Upstream.of(category, message)));
    }

    @Override
    public void end(boolean reset, Consumer<StreamEvent> out) {
        if (ended) {
            return;
        }
        if (stop != null) {
            finish(out);
        } else {
            fail(Category.TRUNCATED, "The provider's stream broke off before its end.", out);
        }
    }
}
