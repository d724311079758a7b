package dev.sluice.protocol;

import dev.sluice.model.Failure;
import dev.sluice.model.StreamEvent;

/// What a frame without an end amounts to.
final class FrameBound {
    private FrameBound() {}

    static StreamEvent.Failed exceeded() {
        return new StreamEvent.Failed(Failure.Upstream.of(
                Failure.Category.MALFORMED_ANSWER, "The provider sent one event that is too long to be read."));
    }
}
