package dev.sluice.cli.tool;

import java.util.List;
import java.util.Optional;

/// A coding tool: where its settings are, and what they must say for it to use the gateway.
public interface Tool {
    ToolFacts facts();

    /// What its files are to say; none for a tool that is set up by hand.
    List<Draft> drafts(Place place, Wish wish);

    /// The command that starts it, as its owner would type it.
    String start(Place place);

    /// What remains to be done by hand.
    default List<String> steps(Place place, Wish wish) {
        return List.of();
    }

    /// Why it cannot be set up as things are there.
    default Optional<String> obstacle(Place place, Wish wish) {
        return Optional.empty();
    }

    default String name() {
        return facts().name();
    }
}
