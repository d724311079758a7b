package dev.sluice.cli.guide;

import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.secret.CredentialRules;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import java.util.ArrayList;
import java.util.List;

/// One of the providers' secrets, set anew or forgotten.
record CredentialWizard(Stage stage, Desk desk, Outlook outlook) {
    static CredentialWizard of(Stage stage, Desk desk) {
        return new CredentialWizard(stage, desk, desk.look());
    }

    /// @param value empty: it is to be forgotten
    private record Draft(String name, boolean isForgotten, String value) {
        @Override
        public String toString() {
            return "Draft[" + name + "]"; // never the secret
        }
    }

    Answer<Done> run() {
        List<Step<Draft>> steps = List.of(this::which, this::name, this::way, this::value, this::agree);
        return switch (Walk.through(steps, new Draft("", false, ""))) {
            case Answer.Given<Draft>(Draft draft) -> new Answer.Given<>(stage.finish("Saving", _ -> () -> done(draft)));
            case Answer.Back<Draft> _ -> new Answer.Back<>();
            case Answer.Leave<Draft> _ -> new Answer.Leave<>();
        };
    }

    private Next<Draft> which(Draft draft) {
        List<Row<String>> rows = new ArrayList<>();
        outlook.credentials().forEach(name -> rows.add(Row.of(name, name)));
        rows.add(Row.of("", "A new one"));
        return Next.of(
                stage.ask(Picker.one("Credentials", Menu.Text.NONE, rows)),
                names -> new Draft(names.getFirst(), false, ""));
    }

    private Next<Draft> name(Draft draft) {
        if (!draft.name().isEmpty()) {
            return new Next.Skip<>(draft);
        }
        Field field = Field.of(
                "A new credential",
                Menu.Text.of("The name that the configuration uses."),
                "Name",
                CredentialRules::problemOfName);
        return Next.of(stage.ask(field), name -> new Draft(name, false, ""));
    }

    private boolean isKept(Draft draft) {
        return outlook.credentials().contains(draft.name());
    }

    private Next<Draft> way(Draft draft) {
        if (!isKept(draft)) {
            return new Next.Skip<>(draft);
        }
        List<Row<Boolean>> rows = List.of(Row.of(false, "Set it anew"), Row.of(true, "Forget it"));
        return Next.of(
                stage.ask(Menu.of("The credential " + draft.name(), Menu.Text.NONE, rows)),
                isForgotten -> new Draft(draft.name(), isForgotten, ""));
    }

    private Next<Draft> value(Draft draft) {
        if (draft.isForgotten()) {
            return new Next.Skip<>(draft);
        }
        Field field = Field.secret(
                "The credential " + draft.name(), Menu.Text.NONE, "Secret", CredentialRules::problemOfSecret);
        return Next.of(stage.ask(field), value -> new Draft(draft.name(), false, value));
    }

    private Next<Draft> agree(Draft draft) {
        String what = draft.isForgotten()
                ? "The credential " + draft.name() + " is forgotten; nothing brings it back."
                : isKept(draft)
                        ? "The credential " + draft.name() + " is replaced; nothing brings the old one back."
                        : "The credential " + draft.name() + " is kept, encrypted.";
        return Next.to(
                stage.ask(Menu.yesNo("Review", Menu.Text.of(what, ""), "Yes", "No, back")),
                isYes -> isYes ? new Next.Forward<>(draft) : new Next.Back<>());
    }

    private Done done(Draft draft) {
        try (Holdings holdings = desk.open()) {
            if (draft.isForgotten()) {
                holdings.credentials().remove(draft.name());
            } else {
                holdings.credentials()
                        .set(
                                draft.name(),
                                draft.value(),
                                desk.surroundings().time().now());
            }
            List<String> told =
                    new ArrayList<>(List.of(draft.name() + (draft.isForgotten() ? " is forgotten" : " is set")));
            holdings.delay().ifPresent(told::add);
            return new Done(told, List.of(List.of("credential", draft.isForgotten() ? "remove" : "set", draft.name())));
        }
    }
}
