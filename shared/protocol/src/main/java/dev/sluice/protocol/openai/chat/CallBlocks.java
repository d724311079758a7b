package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Json;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Tool;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.PropertyText;
import dev.sluice.protocol.translate.ToolNames;
import dev.sluice.protocol.translate.WholeCharacters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tool calls of an answer in progress, put together from deltas of many tempers: repeated ids, empty ids, no
/// index,
/// index 0 for every call. A call stays open until its arguments are whole and something else begins, or to the end.
final class CallBlocks {
    private final BlockNumbers numbers;
    private final ToolNames names;
    private final Seal seal;
    private final List<Call> calls = new ArrayList<>();
    private final Map<Long, Call> byIndex = new HashMap<>();
    private String answerId = "";

    private static final class Call {
        String id = "";
        String name = "";
        boolean minted;
        boolean isCustom;

        @Nullable
        Signature signature;

        final StringBuilder early = new StringBuilder();
        final JsonProgress progress = new JsonProgress();
        final WholeCharacters characters = new WholeCharacters();

        @Nullable
        PropertyText input;

        int block = -1;
        boolean closed;

        boolean isOpen() {
            return block >= 0 && !closed;
        }
    }

    CallBlocks(BlockNumbers numbers, ToolNames names, Seal seal) {
        this.numbers = numbers;
        this.names = names;
        this.seal = seal;
    }

    void answerId(String id) {
        answerId = id;
    }

    boolean any() {
        return !calls.isEmpty();
    }

    /// Whether a call was begun whose arguments are not whole.
    boolean isBroken() {
        return calls.stream().anyMatch(call -> !call.closed && !call.isCustom && !call.progress.isWhole());
    }

    void take(Json.Obj delta, Consumer<StreamEvent> out) {
        Json.Obj custom = delta.object("custom");
        Json.Obj function = delta.object("function");
        Json.Obj body = custom != null ? custom : function == null ? Json.Obj.EMPTY : function;
        String id = delta.text("id", "");
        String name = body.text("name", "");
        Call call = call(delta.whole("index"), id, name, out);
        call.isCustom |= custom != null;
        if (call.block < 0) {
            call.id = id.isEmpty() ? call.id : id;
            call.name = name.isEmpty() ? call.name : name;
            Signature signature = AnswerReader.signature(delta, seal);
            call.signature = signature == null ? call.signature : signature;
        }
        String text = custom != null ? custom.text("input", "") : arguments(body);
        if (call.block < 0 && call.name.isEmpty()) {
            call.early.append(text);
            return;
        }
        open(call, out);
        argue(call, text, out);
    }

    private static String arguments(Json.Obj function) {
        return function.field("arguments") instanceof Json.Obj object
                ? JsonText.print(object)
                : function.text("arguments", "");
    }

    /// The call that a delta belongs to: a known one, or a new one that the delta begins.
    private Call call(@Nullable Long index, String id, String name, Consumer<StreamEvent> out) {
        Call known = index != null ? byIndex.get(index) : calls.isEmpty() ? null : calls.getLast();
        if (known != null && !begins(known, id, name)) {
            return known;
        }
        closeWhole(out);
        Call fresh = new Call();
        calls.add(fresh);
        byIndex.put(index == null ? Long.valueOf(-calls.size()) : index, fresh);
        return fresh;
    }

    private static boolean begins(Call known, String id, String name) {
        if (!id.isEmpty() && !known.id.isEmpty() && !known.minted) {
            return !id.equals(known.id);
        }
        if (name.isEmpty() || known.name.isEmpty()) {
            return false;
        }
        // no id to tell by: another name, or the same one again after whole arguments, is another call
        return !name.equals(known.name) || known.progress.isWhole();
    }

    private void open(Call call, Consumer<StreamEvent> out) {
        if (call.block >= 0) {
            return;
        }
        if (call.id.isEmpty()) {
            call.id = AnswerReader.mintedId(answerId, calls.indexOf(call), call.name);
            call.minted = true;
        }
        ToolNames.Original original = names.toClient(call.name);
        if (original.property() != null) {
            call.input = new PropertyText(original.property());
        }
        if (call.signature != null) {
            prove(call.signature, out);
        }
        call.block = numbers.next();
        Tool.Kind kind = call.isCustom ? Tool.Kind.CUSTOM : original.kind();
        out.accept(new StreamEvent.BlockOpened(
                call.block,
                new StreamEvent.Opening.ToolCall(
                        call.id, original.name(), original.namespace(), kind, call.signature)));
        if (!call.early.isEmpty()) {
            argue(call, call.early.toString(), out);
        }
    }

    /// A call's proof is told as a thought before it, too: not every client's dialect has room for it on the call itself.
    private void prove(Signature signature, Consumer<StreamEvent> out) {
        int thought = numbers.next();
        out.accept(new StreamEvent.BlockOpened(thought, StreamEvent.Opening.REASONING));
        out.accept(new StreamEvent.SignatureDelta(thought, signature));
        out.accept(new StreamEvent.BlockClosed(thought));
    }

    private static void argue(Call call, String text, Consumer<StreamEvent> out) {
        if (text.isEmpty() || call.closed) {
            return;
        }
        call.progress.take(text);
        String piece = call.characters.take(call.input == null ? text : call.input.feed(text));
        if (!piece.isEmpty()) {
            out.accept(new StreamEvent.ArgumentsDelta(call.block, piece));
        }
    }

    /// Closes the calls whose arguments are whole; the others may still be interleaved.
    void closeWhole(Consumer<StreamEvent> out) {
        for (Call call : calls) {
            if (call.isOpen() && call.progress.isWhole() && !call.isCustom) {
                close(call, out);
            }
        }
    }

    void closeAll(Consumer<StreamEvent> out) {
        for (Call call : calls) {
            open(call, out);
            if (call.isOpen()) {
                close(call, out);
            }
        }
    }

    private static void close(Call call, Consumer<StreamEvent> out) {
        String owed = call.input == null ? "" : call.input.end();
        String rest = call.characters.take(owed) + call.characters.rest();
        if (!rest.isEmpty()) {
            out.accept(new StreamEvent.ArgumentsDelta(call.block, rest));
        }
        call.closed = true;
        out.accept(new StreamEvent.BlockClosed(call.block));
    }
}
