package dev.sluice.protocol;

import dev.sluice.model.Failure;
import dev.sluice.model.StreamEvent;

/// What bytes that are no frames amount to.
public final class FrameBound {
    private FrameBound() {}

    /// The failure of a stream whose reader has answered false.
    public static StreamEvent.Failed of(FrameReader frames) {
        return new StreamEvent.Failed(Failure.Upstream.of(Failure.Category.MALFORMED_ANSWER, frames.problem()));
    }
}
