package dev.sluice.model;

import java.util.List;

/// A whole answer, as a message of the assistant.
public record Answer(String id, String model, long created, List<Block> blocks, Finish finish, Usage usage) {
    public Answer {
        blocks = List.copyOf(blocks);
    }
}
