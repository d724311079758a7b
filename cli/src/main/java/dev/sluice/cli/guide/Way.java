package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One thing that can be done to what is there.
///
/// @param note what is said of it beside its label
/// @param wanted what has to be typed for it; null: nothing
/// @param made the change, of what was typed
record Way(String label, String note, @Nullable Wanted wanted, Function<String, Proposal> made) {
    /// A line to type.
    ///
    /// @param holding what stands there already
    record Wanted(String text, String label, String holding) {}

    static Way atOnce(String label, String note, Proposal proposal) {
        return new Way(label, note, null, _ -> proposal);
    }

    /// Which of them it is to be, and what has to be typed for that; Esc at what is typed asks again.
    static <S> Next<S> ask(Stage stage, WorkingCopy copy, String title, List<Way> ways, Function<Proposal, S> then) {
        List<Row<Way>> rows =
                ways.stream().map(way -> Row.of(way, way.label(), way.note())).toList();
        Menu<Way> menu = Menu.of(title, Menu.Text.NONE, rows);
        while (true) {
            switch (stage.ask(menu)) {
                case Answer.Back<Way> _ -> {
                    return new Next.Back<>();
                }
                case Answer.Leave<Way> _ -> {
                    return new Next.Leave<>();
                }
                case Answer.Given<Way>(Way way) -> {
                    Answer<String> typed = way.typed(stage, copy, title);
                    if (!(typed instanceof Answer.Back<String>)) {
                        return Next.of(typed, text -> then.apply(way.made().apply(text)));
                    }
                    menu = menu.at(way);
                }
            }
        }
    }

    private Answer<String> typed(Stage stage, WorkingCopy copy, String title) {
        return wanted == null
                ? new Answer.Given<>("")
                : stage.ask(Field.of(
                                title,
                                Menu.Text.of(wanted.text()),
                                wanted.label(),
                                text -> Fit.problem(
                                        () -> made.apply(text).edit().apply(copy)))
                        .holding(wanted.holding()));
    }
}
