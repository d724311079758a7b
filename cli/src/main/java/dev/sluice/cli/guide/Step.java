package dev.sluice.cli.guide;

import dev.sluice.cli.terminal.Answer;
import java.util.function.Function;

/// One question of a wizard.
///
/// @param <S> all that was answered so far; no step changes one, each makes the next
@FunctionalInterface
interface Step<S> {
    Next<S> ask(S state);

    /// Where it goes from there.
    sealed interface Next<S> {
        /// Answered: Esc at the next step comes back here.
        record Forward<S>(S state) implements Next<S> {}

        /// There was nothing to ask: Esc at the next step goes back to one that asked.
        record Skip<S>(S state) implements Next<S> {}

        /// The same question once more.
        record Again<S>(S state) implements Next<S> {}

        record Back<S>() implements Next<S> {}

        record Leave<S>() implements Next<S> {}

        /// An answer's way.
        static <R, S> Next<S> of(Answer<R> answer, Function<R, S> then) {
            return to(answer, value -> new Forward<>(then.apply(value)));
        }

        /// The same where the way forward is not always one.
        static <R, S> Next<S> to(Answer<R> answer, Function<R, Next<S>> then) {
            return switch (answer) {
                case Answer.Given<R>(R value) -> then.apply(value);
                case Answer.Back<R> _ -> new Back<>();
                case Answer.Leave<R> _ -> new Leave<>();
            };
        }
    }
}
