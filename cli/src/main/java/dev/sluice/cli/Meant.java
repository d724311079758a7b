package dev.sluice.cli;

import dev.sluice.core.config.NearestName;
import java.util.Collection;
import java.util.Optional;

/// The question after a name that is not known: whether the nearest known one was meant.
public final class Meant {
    private Meant() {}

    /// As in `; did you mean openai?`; empty when no known name is near.
    public static Optional<String> of(String name, Collection<String> known) {
        return NearestName.of(name, known).map(near -> "; did you mean " + near + "?");
    }
}
