package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.terminal.Answer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A way through a wizard's steps, forward and back.
final class Walk {
    private Walk() {}

    private record Place<S>(int step, S state) {}

    /// What all steps have answered; back when Esc was pressed at the first that asked.
    static <S> Answer<S> through(List<Step<S>> steps, S first) {
        Deque<Place<S>> asked = new ArrayDeque<>();
        Place<S> now = new Place<>(0, first);
        while (now.step() < steps.size()) {
            switch (steps.get(now.step()).ask(now.state())) {
                case Next.Forward<S>(S state) -> {
                    asked.push(now);
                    now = new Place<>(now.step() + 1, state);
                }
                case Next.Skip<S>(S state) -> now = new Place<>(now.step() + 1, state);
                case Next.Again<S>(S state) -> now = new Place<>(now.step(), state);
                case Next.Back<S> _ -> {
                    if (asked.isEmpty()) {
                        return new Answer.Back<>();
                    }
                    now = asked.pop();
                }
                case Next.Leave<S> _ -> {
                    return new Answer.Leave<>();
                }
            }
        }
        return new Answer.Given<>(now.state());
    }
}
