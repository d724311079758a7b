package dev.sluice.cli.guide;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.secret.CredentialRules;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.cli.terminal.Style;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Coding tools pointed at the gateway, or put back: each file's diff is seen first. Runs the commands of `sluice tool`,
/// so that plan, gate and write are theirs.
record ToolWizard(Stage stage, Desk desk, Outlook outlook, ToolsHere here) {
    private static final String DEFAULT_MODEL = "smart";

    /// What a command says that only looks; here it goes without saying.
    private static final String UNWRITTEN = "nothing was written" + System.lineSeparator();

    /// The variables in which a tool's command looks for a key.
    private static final List<String> KEYS = List.of("SLUICE_MASTER_KEY", "SLUICE_KEY");

    static ToolWizard of(Stage stage, Desk desk) {
        return new ToolWizard(stage, desk, desk.look(), ToolsHere.of(desk.surroundings()));
    }

    /// @param key typed now; empty: the one in the environment
    private record Draft(boolean isUndo, List<Tool> tools, String key, String model, List<String> told) {
        private Map<String, String> environment() {
            return key.isEmpty() ? Map.of() : Map.of(KEYS.getLast(), key); // given: none is made
        }

        /// @param last `--print` to look, `--yes` to write
        private List<String> words(Tool tool, String... last) {
            List<String> words = new ArrayList<>(List.of("tool", isUndo ? "undo" : "setup", tool.name()));
            if (!isUndo) {
                words.addAll(List.of("--model", model));
            }
            words.addAll(List.of(last));
            return words;
        }

        @Override
        public String toString() {
            return "Draft" + tools; // never the key
        }
    }

    Answer<Done> run() {
        Draft first = new Draft(false, List.of(), "", DEFAULT_MODEL, List.of());
        List<Step<Draft>> steps = List.of(this::way, this::tools, this::key, this::model, this::review);
        return switch (Walk.through(steps, first)) {
            case Answer.Given<Draft>(Draft draft) ->
                new Answer.Given<>(new Done(
                        draft.told(),
                        draft.tools().stream().map(tool -> draft.words(tool)).toList()));
            case Answer.Back<Draft> _ -> new Answer.Back<>();
            case Answer.Leave<Draft> _ -> new Answer.Leave<>();
        };
    }

    private Next<Draft> way(Draft draft) {
        if (here.setUp().isEmpty()) {
            return new Next.Skip<>(draft);
        }
        List<Row<Boolean>> rows = List.of(
                Row.of(false, "Set up a tool"),
                Row.of(
                        true,
                        "Put a tool's files back",
                        String.join(", ", here.setUp().stream().map(Tool::name).toList())));
        return Next.of(
                stage.ask(Menu.of("Coding tools", Menu.Text.NONE, rows)),
                isUndo -> new Draft(isUndo, List.of(), "", draft.model(), List.of()));
    }

    private Next<Draft> tools(Draft draft) {
        if (!draft.isUndo() && address().isEmpty()) {
            return Next.to(stage.ask(noGateway()), _ -> new Next.Back<>());
        }
        List<Row<Tool>> rows = (draft.isUndo() ? here.setUp() : here.all())
                .stream()
                        .map(tool -> Row.of(tool, tool.facts().title(), here.said(tool)))
                        .toList();
        String title = draft.isUndo() ? "Which tools are put back as they were?" : "Which tools are to use Sluice?";
        return Next.of(
                stage.ask(Picker.several(title, Menu.Text.NONE, rows, 1)),
                tools -> new Draft(draft.isUndo(), tools, draft.key(), draft.model(), List.of()));
    }

    private String address() {
        return desk.surroundings()
                .variable("SLUICE_URL")
                .filter(url -> !url.isBlank())
                .or(outlook::url)
                .orElse("");
    }

    private static Menu<Boolean> noGateway() {
        return Menu.of(
                "No gateway is running here",
                Menu.Text.of(
                        "Before a tool is set up, a request like its own must succeed. Start the gateway in another"
                                + " terminal, and come back:",
                        "",
                        "    ./sluice start",
                        ""),
                List.of(Row.of(true, "Back")));
    }

    private Next<Draft> key(Draft draft) {
        boolean isGiven = KEYS.stream()
                .anyMatch(name -> desk.surroundings()
                        .variable(name)
                        .filter(key -> !key.isBlank())
                        .isPresent());
        if (draft.isUndo() || isGiven || isMade(draft)) {
            return new Next.Skip<>(draft);
        }
        Field field = Field.secret(
                "The key that the tools are to show",
                Menu.Text.of("The master key that sluice start printed once, or one of sluice key create."),
                "Key",
                CredentialRules::problemOfSecret);
        return Next.of(stage.ask(field), key -> new Draft(false, draft.tools(), key, draft.model(), List.of()));
    }

    /// Whether setup makes a key for each of them: at a gateway whose key book is reached, for tools that have files.
    private boolean isMade(Draft draft) {
        Surroundings surroundings = desk.surroundings();
        boolean isNamed = surroundings
                .variable("SLUICE_URL")
                .filter(url -> !url.isBlank())
                .isPresent();
        Place place = Place.of(surroundings, false);
        Wish wish = new Wish(
                address(),
                "KEY",
                ModelChoice.unknown(draft.model()),
                Map.of(),
                surroundings.time().now());
        return !isNamed
                && draft.tools().stream()
                        .noneMatch(tool -> tool.drafts(place, wish).isEmpty());
    }

    private Next<Draft> model(Draft draft) {
        if (draft.isUndo()) {
            return new Next.Skip<>(draft);
        }
        String first = outlook.copy().document().text("defaultModel", "");
        List<Row<String>> rows = new ArrayList<>();
        rows.add(Row.of(
                DEFAULT_MODEL,
                DEFAULT_MODEL,
                first.isEmpty() ? "whichever is the default model" : "the default model, now " + first));
        rows.addAll(Names.of(outlook.copy()));
        return Next.of(
                stage.ask(Picker.one("Which model?", Menu.Text.NONE, rows)),
                refs -> new Draft(false, draft.tools(), draft.key(), refs.getFirst(), List.of()));
    }

    private Next<Draft> review(Draft draft) {
        Answer<Looked> answer = stage.during(
                draft.isUndo() ? "Looking at what would be put back" : "Looking at the tools' files",
                tell -> () -> looked(draft, tell));
        return switch (answer) {
            case Answer.Back<Looked> _ -> new Next.Back<>();
            case Answer.Leave<Looked> _ -> new Next.Leave<>();
            case Answer.Given<Looked>(Looked looked) -> agreed(draft, looked);
        };
    }

    private record Looked(Menu.Text text, boolean isGood) {}

    private Looked looked(Draft draft, Consumer<String> tell) {
        Menu.Text text = Menu.Text.NONE;
        boolean isGood = true;
        for (Tool tool : draft.tools()) {
            tell.accept(tool.facts().title());
            Commands.Ran ran = desk.commands().run(draft.environment(), draft.words(tool, "--print"));
            text = text.and(Wording.styled(tool.facts().title(), Style.STRONG))
                    .and(
                            ran.isGood()
                                    ? Wording.printed(ran.out().replace(UNWRITTEN, ""))
                                    : Wording.styled(ran.err(), Style.BAD))
                    .and(Menu.Text.of(""));
            isGood &= ran.isGood();
        }
        return new Looked(text, isGood);
    }

    private Next<Draft> agreed(Draft draft, Looked looked) {
        List<Row<Boolean>> rows = looked.isGood()
                ? List.of(
                        new Row<>(
                                true,
                                "w",
                                draft.isUndo() ? "Put it back" : "Try it at the gateway, and write it",
                                draft.isUndo() ? "" : "tool undo takes it back, to the byte"),
                        new Row<>(false, "b", "Back", ""))
                : List.of(new Row<>(false, "b", "Back", ""));
        return Next.to(
                stage.ask(Menu.of("Review", looked.text(), rows)), isYes -> isYes ? written(draft) : new Next.Back<>());
    }

    private Next<Draft> written(Draft draft) {
        List<String> told = new ArrayList<>();
        boolean isGood = stage.finish(
                draft.isUndo() ? "Putting files back" : "Trying and writing", tell -> () -> write(draft, told, tell));
        return isGood
                ? new Next.Forward<>(new Draft(draft.isUndo(), draft.tools(), "", draft.model(), List.copyOf(told)))
                : failed(draft, told);
    }

    private boolean write(Draft draft, List<String> told, Consumer<String> tell) {
        boolean isGood = true;
        for (Tool tool : draft.tools()) {
            tell.accept(tool.facts().title());
            Commands.Ran ran = desk.commands().run(draft.environment(), draft.words(tool, "--yes"));
            isGood &= ran.isGood();
            told.addAll(ran.isGood() ? outcome(ran.out()) : ran.err().lines().toList());
        }
        return isGood;
    }

    /// Without the diffs, which were seen.
    private static List<String> outcome(String out) {
        return out.lines()
                .filter(line -> !line.startsWith("+")
                        && !line.startsWith("-")
                        && !line.startsWith(" ")
                        && !line.startsWith("@")
                        && !line.startsWith("\\")
                        && !line.isBlank())
                .toList();
    }

    private Next<Draft> failed(Draft draft, List<String> told) {
        Menu<Boolean> menu = Menu.of(
                "Not everything was written",
                Wording.styled(String.join(" ", told), Style.BAD).and(Menu.Text.of("")),
                List.of(Row.of(true, "Try it again"), Row.of(false, "Back")));
        return Next.to(stage.ask(menu), isAgain -> isAgain ? new Next.Again<>(draft) : new Next.Back<>());
    }
}
