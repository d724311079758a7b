package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Failure;

/// Carries a refusal out of nested readers and writers to the codec's border, where it becomes an `Outcome.Bad`.
final class WrongShape extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure.Refused failure;

    WrongShape(Failure.Refused failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    static WrongShape at(String path, String message) {
        return new WrongShape(Failure.Refused.field(path, message));
    }

    Failure.Refused failure() {
        return failure;
    }
}
