package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.SecretsAhead;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.cli.terminal.Style;
import dev.sluice.core.config.Change;
import dev.sluice.core.config.ConfigDiff;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.core.ports.PortFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The review at the end of a wizard, and the one write behind it.
///
/// The secret is kept first, so that no version names one that is not there; it is taken out again when the version was
/// not written. A name that is in the store already is never written over, so that this brings nothing back wrong.
final class Saving {
    private final Stage stage;
    private final Desk desk;

    Saving(Stage stage, Desk desk) {
        this.stage = stage;
        this.desk = desk;
    }

    /// What came of it.
    ///
    /// @param missing one sentence for each secret that is wanted and not there
    record Saved(long version, List<String> missing) {}

    private sealed interface Written {
        record Done(Saved saved) implements Written {}

        record Overtaken(Version before, List<Change> changes) implements Written {}

        record Failed(String why) implements Written {}
    }

    /// Shows what would change until it is saved, or left.
    Answer<Saved> review(Proposal proposal) {
        String note = "";
        while (true) {
            Outlook outlook = desk.look();
            WorkingCopy copy = outlook.copy();
            Optional<String> problem = Fit.problem(() -> proposal.edit().apply(copy));
            Menu<Boolean> page = problem.isPresent() ? refused(problem.get(), note) : page(proposal, outlook, note);
            switch (stage.ask(page)) {
                case Answer.Back<Boolean> _ -> {
                    return new Answer.Back<>();
                }
                case Answer.Leave<Boolean> _ -> {
                    return new Answer.Leave<>();
                }
                case Answer.Given<Boolean>(Boolean isYes) -> {
                    if (!isYes) {
                        return new Answer.Back<>();
                    }
                }
            }
            switch (stage.finish("Saving", _ -> () -> written(proposal, copy))) {
                case Written.Done(Saved saved) -> {
                    return new Answer.Given<>(saved);
                }
                case Written.Failed(String why) -> note = "Not saved: " + why;
                case Written.Overtaken(Version before, List<Change> changes) ->
                    note = "Not saved: version " + before.number() + " came in between, by " + before.who() + ": "
                            + words(changes) + ". Below is your change on top of it.";
            }
        }
    }

    private static String words(List<Change> changes) {
        return String.join(", ", changes.stream().limit(4).map(Change::path).toList())
                + (changes.size() > 4 ? " and " + (changes.size() - 4) + " more" : "");
    }

    private static Menu<Boolean> refused(String problem, String note) {
        return Menu.of(
                "This cannot be saved",
                Wording.styled(note, Style.WARN).and(Wording.styled(problem, Style.BAD)),
                List.of(new Row<>(false, "", "Back, to change it", "")));
    }

    private Menu<Boolean> page(Proposal proposal, Outlook outlook, String note) {
        WorkingCopy copy = outlook.copy();
        WorkingCopy after = proposal.edit().apply(copy);
        List<Change> changes = ConfigDiff.between(
                new String(copy.bytes(), StandardCharsets.UTF_8), new String(after.bytes(), StandardCharsets.UTF_8));
        Menu.Text secret = proposal.secret()
                .map(typed -> Menu.Text.of(
                        "",
                        "The secret you typed is kept encrypted as the credential " + typed.name()
                                + "; it stands in no configuration."))
                .orElse(Menu.Text.NONE);
        Menu.Text goes = goes(proposal.goes().apply(copy), new Losses(desk, outlook).of(copy, after));
        Menu.Text told = note.isEmpty() ? Menu.Text.NONE : Wording.styled(note, Style.WARN);
        Menu.Text where = Menu.Text.of("This becomes version " + (copy.version() + 1) + " of the configuration"
                + outlook.place().map(place -> " of " + place).orElse("") + ":");
        return Menu.of(
                "Review",
                told.and(where)
                        .and(Wording.changes(changes))
                        .and(goes)
                        .and(secret)
                        .and(commands(proposal)),
                List.of(
                        new Row<>(true, "s", "Save it", "one new version; sluice config rollback takes it back"),
                        new Row<>(false, "b", "Back, to change it", "")));
    }

    private static Menu.Text goes(List<String> gone, List<String> losses) {
        List<String> told = new ArrayList<>();
        gone.forEach(what -> told.add("Goes with it: " + what));
        told.addAll(losses);
        return told.isEmpty()
                ? Menu.Text.NONE
                : Menu.Text.of("")
                        .and(told.stream()
                                .map(line -> Wording.styled(line, Style.WARN))
                                .reduce(Menu.Text.NONE, Menu.Text::and));
    }

    private Menu.Text commands(Proposal proposal) {
        return Menu.Text.of("", "The same as:").and(Wording.commandLines(desk.where(), proposal.commands()));
    }

    private Written written(Proposal proposal, WorkingCopy copy) {
        List<String> notes = new ArrayList<>();
        try (Holdings holdings = desk.open()) {
            SecretsAhead secrets = new SecretsAhead(holdings, notes::add);
            proposal.secret().ifPresent(secret -> keep(holdings, secrets, secret));
            Applied applied = secrets.write(copy.version(), () -> apply(holdings, proposal, copy));
            return told(holdings, applied, copy);
        } catch (CommandFailure failure) {
            return failed(failure.text(), notes);
        } catch (PortFailure failure) {
            return failed(String.valueOf(failure.getMessage()), notes);
        }
    }

    private static Written failed(String why, List<String> notes) {
        return new Written.Failed(notes.isEmpty() ? why : why + "; " + String.join("; ", notes));
    }

    private void keep(Holdings holdings, SecretsAhead secrets, Secret.Typed secret) {
        boolean isTaken = holdings.credentials().list().stream()
                .anyMatch(entry -> entry.name().equals(secret.name()));
        if (isTaken) {
            throw CommandFailure.failed("somebody else has kept a credential " + secret.name()
                    + " meanwhile: go back to the secret, and choose that one or another name");
        }
        secrets.keep(secret.name(), secret.value(), desk.surroundings().time().now());
    }

    private Applied apply(Holdings holdings, Proposal proposal, WorkingCopy copy) {
        String who = desk.surroundings().who() + " (" + proposal.what() + ")";
        ConfigBook book =
                new ConfigBook(holdings.versions(), desk.surroundings().time());
        return book.apply(proposal.edit().apply(copy).bytes(), new ConfigBook.Wish(who, false, copy.version()));
    }

    private static Written told(Holdings holdings, Applied applied, WorkingCopy copy) {
        return switch (applied) {
            case Applied.Written(long version, var _, var _) -> new Written.Done(new Saved(version, missing(holdings)));
            case Applied.Planned(long version, var _, var _) -> new Written.Done(new Saved(version, List.of()));
            case Applied.Unchanged(long version, var _) -> new Written.Done(new Saved(version, missing(holdings)));
            case Applied.Refused(var errors) -> new Written.Failed(Wording.problem(errors.getFirst()));
            case Applied.Conflict _ -> overtaken(holdings, copy);
        };
    }

    /// It is written: what cannot be asked after that does not unsay it.
    private static List<String> missing(Holdings holdings) {
        try {
            return holdings.missing();
        } catch (CommandFailure | PortFailure silent) {
            return List.of("whether every secret is there could not be asked: sluice doctor tells");
        }
    }

    private static Written overtaken(Holdings holdings, WorkingCopy copy) {
        Optional<Version> head = holdings.versions().head();
        Optional<Version> seen =
                copy.version() == 0 ? Optional.empty() : holdings.versions().byNumber(copy.version());
        return head.<Written>map(version -> new Written.Overtaken(
                        version, ConfigDiff.between(ConfigBook.documentOf(seen), version.document())))
                .orElseGet(() -> new Written.Failed("the configuration is gone: try again"));
    }
}
