package dev.sluice.protocol.translate;

import dev.sluice.model.Failure;
import dev.sluice.protocol.Outcome;
import java.util.function.Supplier;

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

    /// What is made, or the refusal that its making ended in.
    public static <T> Outcome<T> caught(Supplier<T> making) {
        try {
            return Outcome.ok(making.get());
        } catch (WrongShape wrong) {
            return Outcome.bad(wrong.failure());
        }
    }

    public Failure.Refused failure() {
        return failure;
    }
}
