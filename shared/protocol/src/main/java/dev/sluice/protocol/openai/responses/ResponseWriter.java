package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Citation;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.TokenLogprob;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.openai.responses.OutputItem.Call;
import dev.sluice.protocol.openai.responses.OutputItem.Message;
import dev.sluice.protocol.openai.responses.OutputItem.Part;
import dev.sluice.protocol.openai.responses.OutputItem.Thought;
import dev.sluice.protocol.seal.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer for a Responses client: the same items that a stream of it would give. One per answer.
final class ResponseWriter {
    private final Seal seal;
    private final ItemForms forms;
    private final ResponseForm form;
    private final List<Entry> output = new ArrayList<>();
    private boolean refused;

    /// What the output holds.
    private sealed interface Entry {
        record Grown(OutputItem item) implements Entry {}

        record Whole(Json.Obj json) implements Entry {}
    }

    ResponseWriter(ClientContext client, Seal seal) {
        this.seal = seal;
        this.forms = new ItemForms(client, seal);
        this.form = new ResponseForm(client, forms.echo());
    }

    byte[] write(Answer answer) {
        form.started(new StreamEvent.Started(answer.id(), answer.model(), answer.created()));
        answer.blocks().forEach(this::take);
        String cutBy = EndWords.cutBy(answer.finish().reason(), refused);
        List<Json.Obj> items = new ArrayList<>(output.size());
        for (int i = 0; i < output.size(); i++) {
            boolean isCut = cutBy != null && i == output.size() - 1;
            items.add(
                    switch (output.get(i)) {
                        case Entry.Grown(OutputItem item) ->
                            item.json(isCut ? EndWords.INCOMPLETE : EndWords.COMPLETED);
                        case Entry.Whole(Json.Obj json) -> json;
                    });
        }
        ByteSink out = new ByteSink(1024);
        form.whole(cutBy, items, answer.usage(), out);
        return out.toByteArray();
    }

    private void take(Block block) {
        switch (block) {
            case Block.Text said -> prose(said.text(), said.citations(), said.logprobs(), false);
            case Block.Refusal said -> prose(said.text(), List.of(), List.of(), true);
            case Block.Audio audio ->
                prose(audio.transcript() == null ? "" : audio.transcript(), List.of(), List.of(), false);
            case Block.Reasoning thought -> think(thought);
            case Block.ToolCall call -> call(call);
            case Block.EncryptedReasoning _, Block.GeneratedImage _, Block.Unmodelled _ -> whole(block);
            case Block.ServerToolCall _, Block.ServerToolResult _ -> whole(block);
            // only ever said by users
            case Block.Image _, Block.Document _, Block.Video _ -> {}
            case Block.ToolResult _, Block.SearchResult _ -> {}
        }
    }

    private void whole(Block block) {
        Json.Obj item = forms.whole(block, output.size());
        if (item != null) {
            output.add(new Entry.Whole(item));
        }
    }

    private void prose(String text, List<Citation> citations, List<TokenLogprob> logprobs, boolean refusal) {
        if (text.isEmpty() && citations.isEmpty()) {
            return;
        }
        refused |= refusal;
        Part part = message().add(refusal);
        part.text.append(text);
        part.logprobs.addAll(logprobs);
        for (Citation citation : citations) {
            Json.Obj annotation = Annotations.write(citation, text.length());
            if (annotation != null) {
                part.annotations.add(annotation);
            }
        }
    }

    private Message message() {
        @Nullable Entry last = output.isEmpty() ? null : output.getLast();
        if (last instanceof Entry.Grown(Message message)) {
            return message;
        }
        Message message = forms.message(output.size());
        output.add(new Entry.Grown(message));
        return message;
    }

    private void think(Block.Reasoning block) {
        if (block.text().isEmpty() && block.signature() == null) {
            return;
        }
        Thought thought = forms.thought(output.size());
        thought.text.append(block.text());
        if (block.signature() != null && forms.wantsEncrypted()) {
            thought.proof = ReasoningItem.proof(block.signature(), seal);
        }
        output.add(new Entry.Grown(thought));
    }

    private void call(Block.ToolCall block) {
        Call call = forms.call(
                new Opening.ToolCall(block.id(), block.name(), block.namespace(), block.kind(), block.signature()),
                output.size());
        call.arguments().append(block.arguments());
        if (forms.lacksArguments(call)) {
            call.arguments().append("{}");
        }
        output.add(new Entry.Grown(call));
    }
}
