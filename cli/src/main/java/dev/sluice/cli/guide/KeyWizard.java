package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.key.KeyName;
import dev.sluice.cli.key.LimitSpec;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.cli.terminal.Style;
import dev.sluice.cli.tool.Tool;
import dev.sluice.core.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The callers' keys: one is made, all are looked at, or one is revoked. Runs the commands of `sluice key`.
record KeyWizard(Stage stage, Desk desk) {
    private enum Deed {
        MAKE,
        LOOK,
        REVOKE
    }

    private record Draft(Deed deed, String name) {
        List<String> command() {
            return deed == Deed.LOOK
                    ? List.of("key", "list")
                    : List.of("key", deed == Deed.MAKE ? "create" : "revoke", name);
        }
    }

    Answer<Done> run() {
        List<Step<Draft>> steps = List.of(this::deed, this::name, this::agree);
        return switch (Walk.through(steps, new Draft(Deed.MAKE, ""))) {
            case Answer.Given<Draft>(Draft draft) -> done(draft);
            case Answer.Back<Draft> _ -> new Answer.Back<>();
            case Answer.Leave<Draft> _ -> new Answer.Leave<>();
        };
    }

    private Answer<Done> done(Draft draft) {
        String title = draft.deed() == Deed.MAKE ? "The new key: copy it now" : "Keys";
        Commands.Ran ran = desk.commands().run(Map.of(), draft.command());
        return new Pages(stage, desk).show(title, ran) instanceof Answer.Leave<Boolean>
                ? new Answer.Leave<>()
                : new Answer.Given<>(new Done(List.of(), ran.isGood() ? List.of(draft.command()) : List.of()));
    }

    private Next<Draft> deed(Draft draft) {
        Outlook outlook = desk.look();
        List<Row<Deed>> rows = new ArrayList<>(List.of(Row.of(Deed.MAKE, "Make a key")));
        if (outlook.head().isPresent() || outlook.url().isPresent()) {
            rows.add(Row.of(Deed.LOOK, "Look at all keys"));
            rows.add(Row.of(Deed.REVOKE, "Revoke a key", "whoever has it gets 401 from then on"));
        }
        return Next.of(
                stage.ask(Menu.of("Keys for tools and people", Menu.Text.NONE, rows)), deed -> new Draft(deed, ""));
    }

    private Next<Draft> name(Draft draft) {
        return switch (draft.deed()) {
            case LOOK -> Next.to(new Pages(stage, desk).command("Keys", draft.command()), _ -> new Next.Back<>());
            case MAKE ->
                Next.of(
                        stage.ask(Field.of(
                                "A new key",
                                Menu.Text.of("What it is called in lists and logs."),
                                "Name",
                                KeyName::problem)),
                        name -> new Draft(Deed.MAKE, name));
            case REVOKE -> picked();
        };
    }

    private Next<Draft> picked() {
        List<Row<String>> rows = desk.keys().stream()
                .filter(key -> key.kind() != Caller.Kind.MASTER)
                .map(key ->
                        Row.of(key.name(), key.name(), key.limits().isEmpty() ? "" : LimitSpec.format(key.limits())))
                .toList();
        if (rows.isEmpty()) {
            return Next.to(
                    stage.ask(Menu.of(
                            "There is no key to revoke",
                            Menu.Text.of(
                                    "Only keys with a name are; the master key is rotated: sluice worker-key"
                                            + " rotate.",
                                    ""),
                            List.of(Row.of(true, "Back")))),
                    _ -> new Next.Back<>());
        }
        return Next.of(
                stage.ask(Picker.one("Which key is revoked?", Menu.Text.NONE, rows)),
                names -> new Draft(Deed.REVOKE, names.getFirst()));
    }

    private Next<Draft> agree(Draft draft) {
        boolean isNew = draft.deed() == Deed.MAKE;
        Menu.Text text = isNew
                ? Menu.Text.of("A key " + draft.name() + " is made, for all models, and shown once.", "")
                : revoked(draft);
        return Next.to(
                stage.ask(Menu.yesNo("Review", text, isNew ? "Make it" : "Revoke it", "No, back")),
                isYes -> isYes ? new Next.Forward<>(draft) : new Next.Back<>());
    }

    /// What it is, and what ends with it.
    private Menu.Text revoked(Draft draft) {
        List<String> lost = new ArrayList<>();
        desk.keys().stream()
                .filter(key -> key.name().equals(draft.name()) && !key.limits().isEmpty())
                .forEach(key -> lost.add("Its own limits go with it: " + LimitSpec.format(key.limits())));
        for (Tool tool : Losses.toolsWith(desk, draft.name())) {
            lost.add(tool.facts().title() + " shows this key: sluice tool setup " + tool.name()
                    + " gives it another, sluice tool undo " + tool.name() + " puts its files back");
        }
        return Menu.Text.of("The key " + draft.name()
                        + " is revoked: nothing brings it back, and its name is not used again. What it has used stays"
                        + " in the books.")
                .and(lost.stream().map(line -> Wording.styled(line, Style.WARN)).reduce(Menu.Text.NONE, Menu.Text::and))
                .and(Menu.Text.of("", "The same as:"))
                .and(Wording.commandLines(desk.where(), List.of(draft.command())))
                .and(Menu.Text.of(""));
    }
}
