package dev.sluice.protocol;

import dev.sluice.model.Failure;
import java.util.function.Function;

/// A value, or why there is none.
public sealed interface Outcome<T> {
    record Ok<T>(T value) implements Outcome<T> {}

    record Bad<T>(Failure failure) implements Outcome<T> {}

    static <T> Outcome<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Outcome<T> bad(Failure failure) {
        return new Bad<>(failure);
    }

    default <U> Outcome<U> then(Function<T, Outcome<U>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Bad<T>(Failure failure) -> new Bad<>(failure);
        };
    }
}
