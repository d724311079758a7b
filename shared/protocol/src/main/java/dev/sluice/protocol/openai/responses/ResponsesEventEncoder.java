package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.openai.responses.OutputItem.Call;
import dev.sluice.protocol.openai.responses.OutputItem.Message;
import dev.sluice.protocol.openai.responses.OutputItem.Part;
import dev.sluice.protocol.openai.responses.OutputItem.Thought;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.TokensAhead;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Events to a Responses stream.
///
/// Texts and refusals in a row become the parts of one message. Words begin on the wire with their first piece, so that
/// empty ones are not written at all. A message and a call are told to be done when the next thing begins, because only
/// then is it known that nothing cut them off.
final class ResponsesEventEncoder implements EventEncoder {
    private static final Slot SILENT = new Slot.Silent();

    private final Seal seal;
    private final ItemForms forms;
    private final ResponseForm form;
    private final ResponseWire wire;
    private final List<Slot> slots = new ArrayList<>();
    private final SortedMap<Integer, OutputItem> open = new TreeMap<>();
    private @Nullable Message message;
    private @Nullable Call closing;
    private Usage usage = Usage.NONE;
    private int items;
    private boolean refused;

    /// What becomes of a block.
    private sealed interface Slot {
        final class Prose implements Slot {
            final boolean refusal;
            final TokensAhead ahead = new TokensAhead();

            @Nullable
            Part part;

            Prose(boolean refusal) {
                this.refusal = refusal;
            }
        }

        final class Thinking implements Slot {
            @Nullable
            Thought item;
        }

        record Calling(Call item) implements Slot {}

        record Silent() implements Slot {}
    }

    ResponsesEventEncoder(ClientContext client, Seal seal) {
        this.seal = seal;
        this.forms = new ItemForms(client, seal);
        this.form = new ResponseForm(client, forms.echo());
        this.wire = new ResponseWire(form);
    }

    @Override
    public String contentType() {
        return SseReader.MEDIA_TYPE;
    }

    @Override
    public void keepAlive(ByteSink out) {
        if (!wire.isEnded()) {
            out.ascii(": keep-alive\n\n");
        }
    }

    @Override
    public void encode(StreamEvent event, ByteSink out) {
        if (wire.isEnded()) {
            return;
        }
        switch (event) {
            case StreamEvent.Started started -> form.started(started);
            case StreamEvent.UsageReported(Usage reported) -> usage = usage.overriddenBy(reported);
            case StreamEvent.Failed failed -> wire.fail(failed.failure(), usage, out);
            case StreamEvent.Finished(Finish finish) -> finish(finish, out);
            case StreamEvent.BlockOpened _, StreamEvent.Delta _, StreamEvent.BlockClosed _ -> {
                settle(out);
                content(event, out);
            }
        }
    }

    private void content(StreamEvent event, ByteSink out) {
        switch (event) {
            case StreamEvent.BlockOpened(int index, Opening opening) -> open(index, opening, out);
            case StreamEvent.TextDelta(int index, String text) -> text(slot(index), text, out);
            case StreamEvent.ArgumentsDelta(int index, String text) -> argue(slot(index), text, out);
            case StreamEvent.SignatureDelta(int index, Signature signature) -> sign(slot(index), signature, out);
            case StreamEvent.CitationDelta(int index, Citation citation) -> cite(slot(index), citation, out);
            case StreamEvent.LogprobsDelta(int index, List<TokenLogprob> tokens) -> {
                if (slot(index) instanceof Slot.Prose prose && !prose.refusal) {
                    prose.ahead.add(tokens);
                }
            }
            case StreamEvent.BlockClosed(int index) -> close(slot(index), out);
            case StreamEvent.Started _, StreamEvent.UsageReported _ -> {}
            case StreamEvent.Finished _, StreamEvent.Failed _ -> {}
        }
    }

    private Slot slot(int index) {
        return index < slots.size() ? slots.get(index) : SILENT;
    }

    /// The call that was closed last was not cut off: something followed it.
    private void settle(ByteSink out) {
        if (closing != null) {
            end(closing, EndWords.COMPLETED, out);
            closing = null;
        }
    }

    private void open(int index, Opening opening, ByteSink out) {
        while (slots.size() <= index) {
            slots.add(SILENT);
        }
        Slot slot = switch (opening) {
            case Opening.Text _ -> new Slot.Prose(false);
            case Opening.Refusal _ -> new Slot.Prose(true);
            case Opening.Reasoning _ -> new Slot.Thinking();
            case Opening.ToolCall call -> new Slot.Calling(added(forms.call(call, next(out)), out));
            case Opening.Whole(Block.Audio audio) -> {
                Slot words = new Slot.Prose(false);
                text(words, audio.transcript() == null ? "" : audio.transcript(), out);
                close(words, out);
                yield SILENT;
            }
            case Opening.Whole(Block block) -> {
                whole(block, out);
                yield SILENT;
            }
        };
        slots.set(index, slot);
    }

    /// The place of the item that begins: a message gives way to it.
    private int next(ByteSink out) {
        if (message != null && message.parts().stream().allMatch(part -> part.closed)) {
            end(message, EndWords.COMPLETED, out);
        }
        message = null;
        return items++;
    }

    private <T extends OutputItem> T added(T item, ByteSink out) {
        open.put(item.place(), item);
        wire.added(item, out);
        return item;
    }

    private void whole(Block block, ByteSink out) {
        Json.Obj item = forms.whole(block, items);
        if (item != null) {
            wire.whole(next(out), item, out);
        }
    }

    private void text(Slot slot, String text, ByteSink out) {
        if (text.isEmpty()) {
            return;
        }
        switch (slot) {
            case Slot.Prose prose -> {
                Part part = part(prose, out);
                List<TokenLogprob> tokens = prose.ahead.take();
                part.text.append(text);
                part.logprobs.addAll(tokens);
                ItemEvents.text(part, text, tokens, wire, out);
            }
            case Slot.Thinking thinking -> {
                Thought thought = thought(thinking, out);
                if (thought.text.isEmpty()) {
                    ItemEvents.summaryPart("added", thought, wire, out);
                }
                thought.text.append(text);
                ItemEvents.summary(thought, text, wire, out);
            }
            case Slot.Calling _, Slot.Silent _ -> {}
        }
    }

    private Part part(Slot.Prose prose, ByteSink out) {
        if (prose.part == null) {
            if (message == null) {
                message = added(forms.message(next(out)), out);
            }
            refused |= prose.refusal;
            prose.part = message.add(prose.refusal);
            ItemEvents.contentPart("added", prose.part, wire, out);
        }
        return prose.part;
    }

    private Thought thought(Slot.Thinking thinking, ByteSink out) {
        if (thinking.item == null) {
            thinking.item = added(forms.thought(next(out)), out);
        }
        return thinking.item;
    }

    private void argue(Slot slot, String text, ByteSink out) {
        if (slot instanceof Slot.Calling(Call call) && !text.isEmpty()) {
            call.arguments().append(text);
            ItemEvents.arguments(call, text, wire, out);
        }
    }

    private void sign(Slot slot, Signature signature, ByteSink out) {
        if (slot instanceof Slot.Thinking thinking) {
            Thought thought = thought(thinking, out);
            thought.proof = forms.wantsEncrypted() ? ReasoningItem.proof(signature, seal) : null;
        }
    }

    private void cite(Slot slot, Citation citation, ByteSink out) {
        if (slot instanceof Slot.Prose prose && !prose.refusal) {
            Part part = part(prose, out);
            if (Annotations.isPlaced(citation)) {
                ItemEvents.annotate(part, citation, wire, out);
            } else {
                part.unplaced.add(citation);
            }
        }
    }

    private void close(Slot slot, ByteSink out) {
        switch (slot) {
            case Slot.Prose prose -> {
                if (prose.part != null) {
                    prose.part.logprobs.addAll(prose.ahead.take());
                    close(prose.part, out);
                }
            }
            case Slot.Thinking thinking -> {
                if (thinking.item != null) {
                    end(thinking.item, EndWords.COMPLETED, out);
                }
            }
            case Slot.Calling(Call call) -> {
                if (forms.lacksArguments(call)) {
                    argue(slot, "{}", out); // clients parse the arguments, an empty text is no JSON
                }
                closing = call;
            }
            case Slot.Silent _ -> {}
        }
    }

    private void close(Part part, ByteSink out) {
        if (!part.closed) {
            ItemEvents.partDone(part, wire, out);
            if (part.message != message && part.message.parts().stream().allMatch(each -> each.closed)) {
                end(part.message, EndWords.COMPLETED, out);
            }
        }
    }

    private void end(OutputItem item, String status, ByteSink out) {
        if (open.remove(item.place()) == null) {
            return;
        }
        switch (item) {
            case Message said ->
                said.parts().stream()
                        .filter(part -> !part.closed)
                        .forEach(part -> ItemEvents.partDone(part, wire, out));
            case Thought thought -> ItemEvents.summaryDone(thought, wire, out);
            case Call call -> ItemEvents.argumentsDone(call, wire, out);
        }
        wire.done(item, status, out);
    }

    private void finish(Finish finish, ByteSink out) {
        String cutBy = EndWords.cutBy(finish.reason(), refused);
        for (OutputItem item : List.copyOf(open.values())) {
            boolean isLast = item.place() == items - 1;
            end(item, cutBy != null && isLast ? EndWords.INCOMPLETE : EndWords.COMPLETED, out);
        }
        wire.finish(cutBy, usage, out);
    }
}
