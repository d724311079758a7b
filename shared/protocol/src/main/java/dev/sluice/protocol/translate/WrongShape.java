package dev.sluice.protocol.translate;

import dev.sluice.model.Failure;

/// Carries a refusal out of nested readers and writers to the codec's border, where it becomes an `Outcome.Bad`.
public final class WrongShape extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure.Refused failure;

    public WrongShape(Failure.Refused failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public static WrongShape at(String path, String message) {
        return new WrongShape(Failure.Refused.field(path, message));
    }

    public Failure.Refused failure() {
        return failure;
    }
}
