package dev.sluice.model;

import java.util.List;

/// A whole answer, as a message of the assistant.
///
/// @param others the further choices of a request that wanted several, in order; streams have one choice only
public record Answer(
        String id, String model, long created, List<Block> blocks, Finish finish, Usage usage, List<Choice> others) {
    /// One more answer to the same request.
    public record Choice(List<Block> blocks, Finish finish) {
        public Choice {
            blocks = List.copyOf(blocks);
        }
    }

    public Answer {
        blocks = List.copyOf(blocks);
        others = List.copyOf(others);
    }

    /// The only choice.
    public Answer(String id, String model, long created, List<Block> blocks, Finish finish, Usage usage) {
        this(id, model, created, blocks, finish, usage, List.of());
    }

    /// The same answer with further choices.
    public Answer with(List<Choice> further) {
        return new Answer(id, model, created, blocks, finish, usage, further);
    }
}
