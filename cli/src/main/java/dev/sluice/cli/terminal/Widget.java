package dev.sluice.cli.terminal;

import java.util.List;

/// Something to look at that asks for something: a state, what a key makes of it, and its lines. Draws nothing itself.
///
/// @param <R> what is answered in the end
public interface Widget<R> {
    String title();

    /// No more and no longer than there is room for.
    List<Line> lines(Room room);

    /// Which keys do what.
    String hints();

    /// @param room that it was last drawn in
    Reaction<R> on(Key key, Room room);

    /// What a key has led to.
    sealed interface Reaction<R> {
        record Stay<R>(Widget<R> next) implements Reaction<R> {}

        record Done<R>(Answer<R> answer) implements Reaction<R> {}

        static <R> Reaction<R> given(R value) {
            return new Done<>(new Answer.Given<>(value));
        }

        static <R> Reaction<R> back() {
            return new Done<>(new Answer.Back<>());
        }

        static <R> Reaction<R> leave() {
            return new Done<>(new Answer.Leave<>());
        }
    }
}
