package dev.sluice.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One turn of the conversation. Tool results are blocks of a user turn; `SYSTEM` is an instruction in mid-conversation.
public record Message(
        Role role, List<Block> blocks, @Nullable String name, String path) {
    /// Who speaks.
    public enum Role {
        USER,
        ASSISTANT,
        SYSTEM
    }

    public Message {
        blocks = List.copyOf(blocks);
    }

    public Message(Role role, List<Block> blocks) {
        this(role, blocks, null, "");
    }

    public Message withBlocks(List<Block> changed) {
        return new Message(role, changed, name, path);
    }
}
