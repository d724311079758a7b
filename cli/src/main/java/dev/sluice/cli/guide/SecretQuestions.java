package dev.sluice.cli.guide;

import dev.sluice.cli.guide.ProviderDraft.SecretPlace;
import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.NewProvider;
import dev.sluice.cli.provider.Preset;
import dev.sluice.cli.secret.CredentialRules;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;

/// Where a provider's secret is to come from, and the secret itself.
record SecretQuestions(Stage stage, Outlook outlook) {
    List<Step<ProviderDraft>> steps() {
        return List.of(this::place, this::value);
    }

    private Next<ProviderDraft> place(ProviderDraft draft) {
        if (!draft.account().mayHaveSecret()) {
            return new Next.Skip<>(draft.with(SecretPlace.NONE));
        }
        boolean isWanted =
                draft.account().description().wantsSecret(draft.account().privateNetwork());
        List<Row<SecretPlace>> rows = new ArrayList<>();
        rows.add(Row.of(
                SecretPlace.TYPED,
                isKeyFile(draft) ? "Paste the key file now" : "Type or paste it now",
                "kept encrypted, never in the configuration"));
        if (outlook.place().isEmpty()) {
            rows.add(Row.of(SecretPlace.VARIABLE, "An environment variable", "of the process that serves"));
        }
        if (!outlook.credentials().isEmpty()) {
            rows.add(Row.of(
                    SecretPlace.KEPT,
                    "One that is kept already",
                    outlook.credentials().size() + " there"));
        }
        rows.add(Row.of(
                SecretPlace.NONE,
                isWanted ? "Later" : "None",
                isWanted ? "sluice credential set " + draft.account().id() : ""));
        Menu<SecretPlace> menu = Menu.of("The secret of " + draft.account().id(), where(draft), rows);
        return Next.of(stage.ask(isWanted ? menu : menu.at(SecretPlace.NONE)), draft::with);
    }

    private static boolean isKeyFile(ProviderDraft draft) {
        return NewProvider.wantsKeyFile(draft.account().json());
    }

    private static Menu.Text where(ProviderDraft draft) {
        Preset preset = draft.account().preset();
        List<String> told = new ArrayList<>();
        if (preset != null && preset.credential() != null) {
            told.add("You get one at " + preset.credential().where());
        }
        if (preset != null) {
            told.addAll(preset.notes());
        }
        if (!told.isEmpty()) {
            told.add("");
        }
        return Menu.Text.of(told.toArray(String[]::new));
    }

    private Next<ProviderDraft> value(ProviderDraft draft) {
        return switch (draft.place()) {
            case NONE -> new Next.Skip<>(later(draft));
            case TYPED -> typed(draft);
            case VARIABLE -> variable(draft);
            case KEPT -> kept(draft);
        };
    }

    /// As `provider add` does it: the credential is named, and is set later.
    private static ProviderDraft later(ProviderDraft draft) {
        Account account = draft.account();
        boolean isWanted = account.mayHaveSecret() && account.description().wantsSecret(account.privateNetwork());
        return draft.with(isWanted ? new Secret.Kept(account.id()) : new Secret.None());
    }

    private Next<ProviderDraft> typed(ProviderDraft draft) {
        String name = AccountQuestions.free(draft.account().id(), outlook.credentials());
        Field field = Field.secret(
                "The secret of " + draft.account().id(),
                Menu.Text.of("Nothing of it is shown, and nothing is kept before the review."),
                isKeyFile(draft) ? "All of the key file" : "Secret",
                isKeyFile(draft) ? CredentialRules::problemOfKeyFile : CredentialRules::problemOfSecret);
        return Next.of(stage.ask(field), secret -> draft.with(new Secret.Typed(name, secret)));
    }

    private Next<ProviderDraft> variable(ProviderDraft draft) {
        Preset preset = draft.account().preset();
        Field field = Field.of(
                        "The secret of " + draft.account().id(),
                        Menu.Text.of("The variable that holds it where sluice start runs."),
                        "Variable",
                        typed -> Fit.problem(
                                new Secret.Variable(typed).in(draft.account().json()),
                                (provider, _) -> provider,
                                Json.Obj.EMPTY))
                .holding(
                        preset == null || preset.credential() == null
                                ? ""
                                : preset.credential().variable());
        return Next.of(stage.ask(field), name -> draft.with(new Secret.Variable(name)));
    }

    private Next<ProviderDraft> kept(ProviderDraft draft) {
        List<Row<String>> rows =
                outlook.credentials().stream().map(name -> Row.of(name, name)).toList();
        return Next.of(
                stage.ask(Picker.one("Which credential?", Menu.Text.NONE, rows)),
                names -> draft.with(new Secret.Kept(names.getFirst())));
    }
}
