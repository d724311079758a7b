package dev.sluice.protocol.gemini;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.TokensAhead;
import dev.sluice.protocol.translate.ToolNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The blocks of one candidate in progress: at most one is open, text or thought. Every other part is a block of its own.
final class CandidateBlocks {
    private static final Mark NOWHERE = Mark.NONE;

    private final ToolNames names;
    private final StringBuilder said = new StringBuilder();
    private final Set<Citation> cited = new HashSet<>();
    private String answerId = "";
    private final TokensAhead ahead = new TokensAhead();
    private int next;
    private int index;
    private int calls;
    private @Nullable Opening open;

    CandidateBlocks(ToolNames names) {
        this.names = names;
    }

    void answerId(String id) {
        answerId = id;
    }

    boolean hasCalls() {
        return calls > 0;
    }

    boolean isEmpty() {
        return next == 0;
    }

    /// The tokens of a chunk's text, told before its parts are.
    void weigh(List<TokenLogprob> tokens, Consumer<StreamEvent> out) {
        ahead.add(tokens);
        if (Opening.TEXT.equals(open)) {
            ahead.tell(index, out);
        }
    }

    void part(Json.Obj raw, Consumer<StreamEvent> out) {
        Json.Obj part = ProtoJson.camel(raw);
        String proof = part.text("thoughtSignature", "");
        Signature signature = proof.isEmpty() ? null : new Signature(Dialect.GEMINI, proof);
        if (part.text("text") != null) {
            prose(part.text("text", ""), part.isTrue("thought"), signature, out);
        } else if (part.object("functionCall") instanceof Json.Obj call) {
            call(ProtoJson.camel(call), signature, out);
        } else {
            Block block = whole(part);
            if (block != null) {
                whole(block, out);
            }
            prove(signature, out);
        }
    }

    private void prose(String text, boolean isThought, @Nullable Signature signature, Consumer<StreamEvent> out) {
        if (!text.isEmpty()) {
            open(isThought ? Opening.REASONING : Opening.TEXT, out);
            out.accept(new StreamEvent.TextDelta(index, text));
            if (!isThought) {
                said.append(text);
            }
        }
        prove(signature, out);
    }

    /// The proof of what came before: of the thought that is open, else of none that is shown.
    private void prove(@Nullable Signature signature, Consumer<StreamEvent> out) {
        if (signature != null) {
            open(Opening.REASONING, out);
            out.accept(new StreamEvent.SignatureDelta(index, signature));
            close(out);
        }
    }

    /// A call's proof is told as a thought before it, too: not every client's dialect has room for it on the call itself.
    private void call(Json.Obj call, @Nullable Signature signature, Consumer<StreamEvent> out) {
        prove(signature, out);
        close(out);
        String name = call.text("name", "");
        Json.Obj args = call.object("args");
        ToolNames.Original original = names.toClient(name);
        String arguments = arguments(args == null ? Json.Obj.EMPTY : args, original);
        String id = call.text("id", "");
        int block = next++;
        out.accept(new StreamEvent.BlockOpened(
                block,
                new Opening.ToolCall(
                        id.isEmpty() ? minted(name, arguments) : id,
                        original.name(),
                        original.namespace(),
                        original.kind(),
                        signature)));
        if (!arguments.isEmpty()) {
            out.accept(new StreamEvent.ArgumentsDelta(block, arguments));
        }
        out.accept(new StreamEvent.BlockClosed(block));
        calls++;
    }

    private static String arguments(Json.Obj args, ToolNames.Original original) {
        String text = original.property() == null ? null : args.text(original.property());
        return original.kind() == Tool.Kind.CUSTOM && text != null ? text : JsonText.print(args);
    }

    /// An id for a call that came without one: the same each time, of at most 40 characters.
    private String minted(String name, String arguments) {
        return "call_" + ToolNames.hash(answerId + "/" + calls + "/" + name + "/" + arguments) + calls;
    }

    private static @Nullable Block whole(Json.Obj part) {
        Json.Obj inline = part.object("inlineData");
        if (inline != null) {
            return media(part, ProtoJson.camel(inline));
        }
        if (part.present("executableCode") != null || part.present("toolCall") != null) {
            String type = part.has("toolCall") ? "tool" : "code_execution";
            return new Block.ServerToolCall(Dialect.GEMINI, "", type, part, NOWHERE);
        }
        if (part.present("codeExecutionResult") != null || part.present("toolResponse") != null) {
            return new Block.ServerToolResult(Dialect.GEMINI, "", part, NOWHERE);
        }
        return part.without("thoughtSignature", "thought").isEmpty()
                ? null
                : new Block.Unmodelled(Dialect.GEMINI, part, NOWHERE);
    }

    private static Block media(Json.Obj part, Json.Obj inline) {
        String mime = inline.text("mimeType", "");
        String data = inline.text("data", "");
        if (mime.startsWith("image/")) {
            return new Block.GeneratedImage(data, mime, NOWHERE);
        }
        return mime.startsWith("audio/")
                ? new Block.Audio(new MediaSource.Base64(data, mime), MediaTypes.audioFormat(mime), null, NOWHERE)
                : new Block.Unmodelled(Dialect.GEMINI, part, NOWHERE);
    }

    private void whole(Block block, Consumer<StreamEvent> out) {
        close(out);
        int at = next++;
        out.accept(new StreamEvent.BlockOpened(at, new Opening.Whole(block)));
        out.accept(new StreamEvent.BlockClosed(at));
    }

    /// Tells the sources that a candidate names and that were not told before: each chunk may repeat them.
    void cite(Json.Obj candidate, Consumer<StreamEvent> out) {
        List<Citation> citations =
                Grounding.isIn(candidate) ? Grounding.read(candidate, said.toString()) : List.<Citation>of();
        for (Citation citation : citations) {
            if (cited.add(citation)) {
                open(Opening.TEXT, out);
                out.accept(new StreamEvent.CitationDelta(index, citation));
            }
        }
    }

    private void open(Opening kind, Consumer<StreamEvent> out) {
        if (kind.equals(open)) {
            return;
        }
        close(out);
        open = kind;
        index = next++;
        out.accept(new StreamEvent.BlockOpened(index, kind));
        if (kind.equals(Opening.TEXT)) {
            ahead.tell(index, out);
        }
    }

    void close(Consumer<StreamEvent> out) {
        if (open != null) {
            open = null;
            out.accept(new StreamEvent.BlockClosed(index));
        }
    }
}
