package dev.sluice.protocol.bedrock;

import dev.sluice.model.Block;
import dev.sluice.model.Json;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.protocol.translate.PropertyText;
import dev.sluice.protocol.translate.TextTool;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The blocks of one streamed answer. Words and thoughts come without a begin: their first piece opens them.
final class StreamBlocks {
    private final ToolNames names;
    private final Map<Long, OpenBlock> open = new LinkedHashMap<>();
    private int next;
    private boolean hasCalls;

    /// A block that the upstream has begun and not ended.
    private sealed interface OpenBlock {
        record Words(int index) implements OpenBlock {}

        record Thought(int index) implements OpenBlock {}

        /// @param text reads a custom tool's text out of the arguments; null for functions
        record Call(int index, @Nullable PropertyText text) implements OpenBlock {}

        /// Reasoning that only its issuer can read, in pieces of base64.
        record Sealed(StringBuilder base64) implements OpenBlock {}

        /// A provider's own call, given on in one piece when its input is whole.
        record ServerCall(Json.Obj raw, StringBuilder input) implements OpenBlock {}

        record ServerResult(Json.Obj raw, List<Json> content) implements OpenBlock {}

        record Picture(String format, StringBuilder base64) implements OpenBlock {}

        /// Of a kind this version does not know.
        record Unknown() implements OpenBlock {}
    }

    StreamBlocks(ToolNames names) {
        this.names = names;
    }

    boolean hasCalls() {
        return hasCalls;
    }

    void open(Long key, Json.Obj begin, Consumer<StreamEvent> out) {
        close(key, out);
        Json.Obj call = begin.object("toolUse");
        Json.Obj result = begin.object("toolResult");
        Json.Obj image = begin.object("image");
        if (call != null) {
            open.put(
                    key,
                    ContentBlocks.isServerTool(call)
                            ? new OpenBlock.ServerCall(call, new StringBuilder())
                            : call(call, out));
        } else if (result != null) {
            open.put(key, new OpenBlock.ServerResult(result, new ArrayList<>()));
        } else if (image != null) {
            open.put(key, new OpenBlock.Picture(image.text("format", "png"), new StringBuilder()));
        }
    }

    private OpenBlock call(Json.Obj call, Consumer<StreamEvent> out) {
        int index = next++;
        hasCalls = true;
        ToolNames.Original tool = names.toClient(call.text("name", ""));
        out.accept(new StreamEvent.BlockOpened(
                index,
                new Opening.ToolCall(call.text("toolUseId", ""), tool.name(), tool.namespace(), tool.kind(), null)));
        return new OpenBlock.Call(index, tool.property() == null ? null : new PropertyText(tool.property()));
    }

    void delta(Long key, Json.Obj delta, Consumer<StreamEvent> out) {
        Json.Obj thought = delta.object("reasoningContent");
        Json.Obj citation = delta.object("citation");
        String text = delta.text("text");
        if (text != null) {
            text(words(key, out), text, out);
        } else if (thought != null) {
            thought(key, thought, out);
        } else if (citation != null) {
            out.accept(new StreamEvent.CitationDelta(words(key, out), ContentBlocks.citation(citation)));
        } else {
            inside(open.computeIfAbsent(key, unopened -> new OpenBlock.Unknown()), delta, out);
        }
    }

    /// What belongs to a block that has its begin.
    private static void inside(OpenBlock block, Json.Obj delta, Consumer<StreamEvent> out) {
        Json.Obj call = delta.object("toolUse");
        Json.Obj image = delta.object("image");
        Json.Obj source = image == null ? null : image.object("source");
        switch (block) {
            case OpenBlock.Call(int index, PropertyText text) -> {
                String piece = call == null ? "" : call.text("input", "");
                arguments(index, text == null ? piece : text.feed(piece), out);
            }
            case OpenBlock.ServerCall(Json.Obj _, StringBuilder input) ->
                input.append(call == null ? "" : call.text("input", ""));
            case OpenBlock.ServerResult(Json.Obj _, List<Json> content) -> content.addAll(delta.items("toolResult"));
            case OpenBlock.Picture(String _, StringBuilder base64) ->
                base64.append(source == null ? "" : source.text("bytes", ""));
            case OpenBlock.Words _, OpenBlock.Thought _, OpenBlock.Sealed _, OpenBlock.Unknown _ -> {}
        }
    }

    private static void arguments(int index, String piece, Consumer<StreamEvent> out) {
        if (!piece.isEmpty()) {
            out.accept(new StreamEvent.ArgumentsDelta(index, piece));
        }
    }

    private static void text(int index, String text, Consumer<StreamEvent> out) {
        if (!text.isEmpty()) {
            out.accept(new StreamEvent.TextDelta(index, text));
        }
    }

    /// The open text of that key, or a new one.
    private int words(Long key, Consumer<StreamEvent> out) {
        if (open.get(key) instanceof OpenBlock.Words(int index)) {
            return index;
        }
        int index = begin(key, Opening.TEXT, out);
        open.put(key, new OpenBlock.Words(index));
        return index;
    }

    private int begin(Long key, Opening opening, Consumer<StreamEvent> out) {
        close(key, out);
        int index = next++;
        out.accept(new StreamEvent.BlockOpened(index, opening));
        return index;
    }

    private void thought(Long key, Json.Obj thought, Consumer<StreamEvent> out) {
        String redacted = thought.text("redactedContent");
        if (redacted != null) {
            if (!(open.get(key) instanceof OpenBlock.Sealed)) {
                close(key, out);
                open.put(key, new OpenBlock.Sealed(new StringBuilder()));
            }
            if (open.get(key) instanceof OpenBlock.Sealed(StringBuilder base64)) {
                base64.append(redacted);
            }
            return;
        }
        int index;
        if (open.get(key) instanceof OpenBlock.Thought(int known)) {
            index = known;
        } else {
            index = begin(key, Opening.REASONING, out);
            open.put(key, new OpenBlock.Thought(index));
        }
        text(index, thought.text("text", ""), out);
        Signature signature = ContentBlocks.signature(thought.text("signature"));
        if (signature != null) {
            out.accept(new StreamEvent.SignatureDelta(index, signature));
        }
    }

    void closeAll(Consumer<StreamEvent> out) {
        List.copyOf(open.keySet()).forEach(key -> close(key, out));
    }

    void close(Long key, Consumer<StreamEvent> out) {
        switch (open.remove(key)) {
            case OpenBlock.Words(int index) -> out.accept(new StreamEvent.BlockClosed(index));
            case OpenBlock.Thought(int index) -> out.accept(new StreamEvent.BlockClosed(index));
            case OpenBlock.Call(int index, PropertyText text) -> {
                arguments(index, text == null ? "" : text.end(), out);
                out.accept(new StreamEvent.BlockClosed(index));
            }
            case OpenBlock.Sealed(StringBuilder base64) -> whole(ContentBlocks.encrypted(base64.toString()), out);
            case OpenBlock.ServerCall(Json.Obj raw, StringBuilder input) ->
                whole(ContentBlocks.serverCall(raw.with("input", TextTool.object(input.toString()))), out);
            case OpenBlock.ServerResult(Json.Obj raw, List<Json> content) ->
                whole(ContentBlocks.serverResult(raw.with("content", Json.array(content))), out);
            case OpenBlock.Picture(String format, StringBuilder base64) ->
                whole(ContentBlocks.image(format, base64.toString()), out);
            case OpenBlock.Unknown _ -> {}
            case null -> {}
        }
    }

    private void whole(Block block, Consumer<StreamEvent> out) {
        int index = next++;
        out.accept(new StreamEvent.BlockOpened(index, new Opening.Whole(block)));
        out.accept(new StreamEvent.BlockClosed(index));
    }
}
