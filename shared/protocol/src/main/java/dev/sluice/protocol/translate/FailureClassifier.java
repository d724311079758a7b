package dev.sluice.protocol.translate;

import dev.sluice.model.Failure;
import dev.sluice.protocol.UpstreamError;

/// Judges what kind of failure an upstream's error is, by its status, codes and words (ROUTING.md, "Judging a failed attempt").
public final class FailureClassifier {
    private FailureClassifier() {}

    public static Failure.Upstream classify(UpstreamError error) {
        throw new UnsupportedOperationException("written in the next commit");
    }
}
