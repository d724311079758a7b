package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Block;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.openai.responses.OutputItem.Call;
import dev.sluice.protocol.openai.responses.OutputItem.CallType;
import dev.sluice.protocol.openai.responses.OutputItem.Message;
import dev.sluice.protocol.openai.responses.OutputItem.Thought;
import dev.sluice.protocol.seal.Seal;
import org.jspecify.annotations.Nullable;

/// Makes the items of one client's response: knows its ids, its tools, and whether it wants what it cannot read.
final class ItemForms {
    private final ClientContext client;
    private final Seal seal;
    private final RequestEcho echo;
    private final ItemIds ids;
    private final boolean wantsEncrypted;

    ItemForms(ClientContext client, Seal seal) {
        this.client = client;
        this.seal = seal;
        this.echo = new RequestEcho(client.asked());
        this.ids = new ItemIds(client.answerId());
        this.wantsEncrypted = echo.wantsEncrypted();
    }

    RequestEcho echo() {
        return echo;
    }

    boolean wantsEncrypted() {
        return wantsEncrypted;
    }

    Message message(int place) {
        return new Message(ids.of("msg", place), place);
    }

    Thought thought(int place) {
        return new Thought(ids.of("rs", place), place);
    }

    Call call(Opening.ToolCall call, int place) {
        CallType type = CallType.of(call.kind(), isSearch(call));
        return new Call(ids.of(type.prefix, place), place, type, call, new StringBuilder());
    }

    /// Whether the client knows the tool as its own search for tools, which a provider got as a function.
    private boolean isSearch(Opening.ToolCall call) {
        return call.namespace() == null
                && client.request().tools().stream()
                        .anyMatch(tool -> tool instanceof Tool.Function own
                                && ToolReader.isSearch(own)
                                && own.name().equals(call.name()));
    }

    boolean lacksArguments(Call call) {
        return call.type() == CallType.FUNCTION && call.arguments().isEmpty();
    }

    /// The item that a block is which comes in one piece; null: it has no form here.
    Json.@Nullable Obj whole(Block block, int place) {
        if (block instanceof Block.EncryptedReasoning hidden) {
            String own = ReasoningItem.isOwn(hidden.data()) ? hidden.itemId() : null;
            String id = own == null ? ids.of("rs", place) : own;
            return ReasoningItem.write(id, "", wantsEncrypted ? ReasoningItem.proof(hidden, seal) : null);
        }
        return HostedItem.write(block, ids, place);
    }
}
