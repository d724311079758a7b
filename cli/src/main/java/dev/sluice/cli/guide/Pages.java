package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.cli.terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is only looked at: where a request would go.
record Pages(Stage stage, Desk desk) {
    /// Where a request for a model would go.
    Answer<Done> explain() {
        List<Row<String>> rows = new ArrayList<>(Names.of(desk.look().copy()));
        if (rows.isEmpty()) {
            rows.add(Row.of("smart", "smart", "whichever is the default model"));
        }
        Step<List<String>> which = _ ->
                Next.of(stage.ask(Picker.one("Where would a request go for", Menu.Text.NONE, rows)), names -> names);
        Step<List<String>> shown = names -> Next.to(
                command("Where a request goes now", List.of("explain", names.getFirst())), _ -> new Next.Back<>());
        return ended(Walk.through(List.of(which, shown), List.of()), List.of("explain"));
    }

    private static <R> Answer<Done> ended(Answer<R> answer, List<String> command) {
        return switch (answer) {
            case Answer.Leave<R> _ -> new Answer.Leave<>();
            case Answer.Back<R> _ -> new Answer.Back<>();
            case Answer.Given<R> _ -> new Answer.Given<>(new Done(List.of(), List.of(command)));
        };
    }

    Answer<Boolean> command(String title, List<String> words) {
        return show(title, desk.commands().run(Map.of(), words));
    }

    /// What a command has printed.
    Answer<Boolean> show(String title, Commands.Ran ran) {
        Menu.Text text = ran.isGood()
                ? Wording.printed(ran.out())
                : Wording.printed(ran.out()).and(Wording.styled(ran.err(), Style.BAD));
        return stage.ask(Menu.of(title, text, List.of(Row.of(true, "Go on"))));
    }
}
