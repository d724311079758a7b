package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a wizard has done, for whoever looks back at it.
///
/// @param told a sentence, and what is still missing
/// @param commands that do the same
record Done(List<String> told, List<List<String>> commands) {
    Done {
        told = List.copyOf(told);
        commands = List.copyOf(commands);
    }

    private record Reviewed<S>(S state, Optional<Done> done) {}

    /// A wizard that ends in a review of its proposal: Esc there goes back to its last question.
    static <S> Answer<Done> of(Stage stage, Desk desk, List<Step<S>> steps, S first, Function<S, Proposal> proposal) {
        List<Step<Reviewed<S>>> all = new ArrayList<>();
        steps.forEach(step -> all.add(reviewed -> lifted(step.ask(reviewed.state()))));
        all.add(reviewed -> {
            Proposal made = proposal.apply(reviewed.state());
            return Next.of(
                    new Saving(stage, desk).review(made),
                    saved -> new Reviewed<>(reviewed.state(), Optional.of(done(made, saved))));
        });
        return switch (Walk.through(all, new Reviewed<>(first, Optional.empty()))) {
            case Answer.Given<Reviewed<S>>(Reviewed<S> end) ->
                new Answer.Given<>(end.done().orElseThrow());
            case Answer.Back<Reviewed<S>> _ -> new Answer.Back<>();
            case Answer.Leave<Reviewed<S>> _ -> new Answer.Leave<>();
        };
    }

    private static <S> Next<Reviewed<S>> lifted(Next<S> next) {
        return switch (next) {
            case Next.Forward<S>(S state) -> new Next.Forward<>(fresh(state));
            case Next.Skip<S>(S state) -> new Next.Skip<>(fresh(state));
            case Next.Again<S>(S state) -> new Next.Again<>(fresh(state));
            case Next.Back<S> _ -> new Next.Back<>();
            case Next.Leave<S> _ -> new Next.Leave<>();
        };
    }

    private static <S> Reviewed<S> fresh(S state) {
        return new Reviewed<>(state, Optional.empty());
    }

    private static Done done(Proposal proposal, Saving.Saved saved) {
        List<String> told = new ArrayList<>(List.of("version " + saved.version() + " is in force"));
        told.addAll(saved.missing());
        return new Done(told, proposal.commands());
    }
}
