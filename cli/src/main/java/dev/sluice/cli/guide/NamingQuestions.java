package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the new models are to be called, and which of them answers when a client names none.
record NamingQuestions(Stage stage, Outlook outlook) {
    /// Until their names are typed or chosen.
    private static final Naming ALIAS = new Naming("?", "?");

    private static final Naming ONE = new Naming("", "?");

    List<Step<ProviderDraft>> steps() {
        return List.of(this::way, this::alias, this::first);
    }

    private Next<ProviderDraft> way(ProviderDraft draft) {
        List<String> refs = draft.refs();
        if (refs.isEmpty()) {
            return new Next.Skip<>(draft.with(Naming.NONE));
        }
        String now = outlook.copy().document().text("defaultModel", "");
        List<Row<Naming>> rows = new ArrayList<>();
        rows.add(
                refs.size() == 1
                        ? Row.of(new Naming("", refs.getFirst()), refs.getFirst(), "is the default model")
                        : Row.of(ALIAS, "A name for all of them", "Sluice chooses; it is the default model, too"));
        if (refs.size() > 1) {
            rows.add(Row.of(ONE, "One of them", "is the default model"));
        }
        rows.add(Row.of(Naming.NONE, now.isEmpty() ? "None yet" : "It stays " + now));
        Menu<Naming> menu = Menu.of(
                "The default model",
                Menu.Text.of("It answers when a tool names no model, or smart, or auto.", ""),
                rows);
        return Next.of(stage.ask(now.isEmpty() ? menu : menu.at(Naming.NONE)), draft::with);
    }

    private Next<ProviderDraft> alias(ProviderDraft draft) {
        if (draft.naming().alias().isEmpty()) {
            return new Next.Skip<>(draft);
        }
        Field field = Field.of(
                        "A name for all of them",
                        Menu.Text.of("What tools will ask for. Sluice answers from " + String.join(", ", draft.refs())
                                + "."),
                        "Name",
                        typed -> problem(draft, typed))
                .holding(AccountQuestions.free(
                        "coding", List.copyOf(outlook.copy().aliases().keySet())));
        return Next.of(stage.ask(field), typed -> draft.with(new Naming(typed, typed)));
    }

    private Optional<String> problem(ProviderDraft draft, String name) {
        return name.isEmpty()
                ? Optional.of("it needs a name")
                : Fit.problem(() -> draft.with(new Naming(name, name)).edit(outlook.copy()));
    }

    private Next<ProviderDraft> first(ProviderDraft draft) {
        if (!draft.naming().equals(ONE)) {
            return new Next.Skip<>(draft);
        }
        List<Row<String>> rows =
                draft.refs().stream().map(ref -> Row.of(ref, ref)).toList();
        return Next.of(
                stage.ask(Picker.one("Which one is the default model?", Menu.Text.NONE, rows)),
                refs -> draft.with(new Naming("", refs.getFirst())));
    }
}
