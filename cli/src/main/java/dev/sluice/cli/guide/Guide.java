package dev.sluice.cli.guide;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.provider.ProviderModels;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.cli.terminal.Style;
import dev.sluice.cli.tool.Tool;
import dev.sluice.core.ports.PortFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The guided flow: what is there, what can be done about it, and one wizard after the other until its owner has enough.
public final class Guide {
    private final Stage stage;
    private final Desk desk;
    private final List<List<String>> commands = new ArrayList<>();

    public Guide(Stage stage, Desk desk) {
        this.stage = stage;
        this.desk = desk;
    }

    /// What the first screen offers.
    private enum Choice {
        PROVIDER,
        PROVIDERS,
        MODELS,
        ALIASES,
        LIMITS,
        TOOLS,
        KEYS,
        CREDENTIALS,
        EXPLAIN,
        QUIT
    }

    /// All of it; answers the command lines that do the same as was done.
    public List<String> run() {
        Choice last = Choice.PROVIDER;
        while (true) {
            if (!(stage.ask(home(desk.look(), last)) instanceof Answer.Given<Choice>(Choice chosen))
                    || chosen == Choice.QUIT) {
                return lines();
            }
            last = chosen;
            if (wizard(chosen) instanceof Answer.Leave<Done>) {
                return lines();
            }
        }
    }

    private List<String> lines() {
        return commands.stream()
                .map(command -> Wording.commandLine(desk.where(), command))
                .toList();
    }

    /// With what was done shown behind it, and what may come next. What a part of it refuses is told, and the guide goes
    /// on.
    private Answer<Done> wizard(Choice chosen) {
        try {
            Answer<Done> answer = run(chosen);
            if (answer instanceof Answer.Given<Done>(Done done)) {
                commands.addAll(done.commands());
                return done.told().isEmpty() ? answer : told(chosen, done);
            }
            return answer;
        } catch (CommandFailure failure) {
            return refused(failure.text());
        } catch (PortFailure failure) {
            return refused(String.valueOf(failure.getMessage()));
        }
    }

    private Answer<Done> run(Choice chosen) {
        return switch (chosen) {
            case PROVIDER -> new ProviderWizard(stage, desk).run();
            case PROVIDERS -> ProviderChange.of(stage, desk).run();
            case MODELS -> ModelWizard.of(stage, desk).run();
            case ALIASES -> AliasWizard.of(stage, desk).run();
            case LIMITS -> LimitWizard.of(stage, desk).run();
            case TOOLS -> ToolWizard.of(stage, desk).run();
            case KEYS -> new KeyWizard(stage, desk).run();
            case CREDENTIALS -> CredentialWizard.of(stage, desk).run();
            case EXPLAIN -> new Pages(stage, desk).explain();
            case QUIT -> new Answer.Back<>();
        };
    }

    private Answer<Done> refused(String why) {
        Menu<Boolean> menu = Menu.of(
                "That did not work",
                Wording.styled(why, Style.BAD).and(Menu.Text.of("")),
                List.of(Row.of(true, "Back to the beginning")));
        return stage.ask(menu) instanceof Answer.Leave<Boolean> ? new Answer.Leave<>() : new Answer.Back<>();
    }

    private Answer<Done> told(Choice chosen, Done done) {
        Menu.Text text = Menu.Text.of(done.told().toArray(String[]::new))
                .and(Menu.Text.of("", "The same next time:"))
                .and(Wording.commandLines(desk.where(), done.commands()))
                .and(Menu.Text.of(""));
        List<Row<Choice>> rows = new ArrayList<>();
        if (chosen == Choice.PROVIDER) {
            rows.add(Row.of(Choice.TOOLS, "Set up a coding tool", "Claude Code, Codex, OpenCode, ..."));
            rows.add(Row.of(Choice.PROVIDER, "Add another provider"));
        }
        rows.add(Row.of(Choice.QUIT, "Back to the beginning"));
        return switch (stage.ask(Menu.of("Done", text, rows))) {
            case Answer.Leave<Choice> _ -> new Answer.Leave<>();
            case Answer.Back<Choice> _ -> new Answer.Back<>();
            case Answer.Given<Choice>(Choice next) -> next == Choice.QUIT ? new Answer.Back<>() : wizard(next);
        };
    }

    private Menu<Choice> home(Outlook outlook, Choice last) {
        WorkingCopy copy = outlook.copy();
        boolean isNew = copy.providers().isEmpty();
        List<Row<Choice>> rows = new ArrayList<>();
        rows.add(Row.of(Choice.PROVIDER, "Add a provider", isNew ? "begin here: an account of yours" : ""));
        if (!isNew) {
            rows.add(Row.of(Choice.PROVIDERS, "Providers", "change or remove one"));
            rows.add(Row.of(Choice.MODELS, "Models", "name more, change or remove one"));
            rows.add(Row.of(Choice.ALIASES, "Aliases", "and the default model"));
            rows.add(Row.of(Choice.LIMITS, "Limits", "how much of a provider may be used"));
        }
        rows.add(Row.of(Choice.TOOLS, "Set up a coding tool", "or put its files back"));
        rows.add(Row.of(Choice.KEYS, "Keys", "for tools and people"));
        rows.add(Row.of(Choice.CREDENTIALS, "Credentials", "the providers' secrets"));
        if (outlook.url().isPresent()) {
            rows.add(Row.of(Choice.EXPLAIN, "Explain a model", "where a request would go now"));
        }
        rows.add(new Row<>(Choice.QUIT, "q", "Quit", ""));
        Menu.Text text = Menu.Text.of(running(outlook), configured(copy), tools(), "");
        return Menu.of("Sluice", text, rows).at(last);
    }

    private static String running(Outlook outlook) {
        String place = outlook.place().map(where -> "  (" + where + ")").orElse("");
        return outlook.url()
                .map(url -> "Gateway    " + url + place)
                .orElse("Gateway    not running here; ./sluice start in another terminal starts it");
    }

    private static String configured(WorkingCopy copy) {
        if (copy.providers().isEmpty()) {
            return "Providers  none yet: the built-in demo answers every model name";
        }
        int models = copy.providers().stream()
                .mapToInt(provider -> ProviderModels.ids(provider).size())
                .sum();
        String first = copy.document().text("defaultModel", "");
        return "Providers  " + String.join(", ", copy.providerIds()) + "; " + count(models, "model") + " and "
                + count(copy.aliases().size(), "alias") + " named"
                + (first.isEmpty() ? ", no default model" : "; default model " + first);
    }

    private static String count(int number, String what) {
        return number + " " + (number == 1 ? what : what.endsWith("s") ? what + "es" : what + "s");
    }

    private String tools() {
        List<Tool> setUp = ToolsHere.of(desk.surroundings()).setUp();
        return "Tools      "
                + (setUp.isEmpty()
                        ? "none set up"
                        : setUp.stream().map(tool -> tool.facts().title()).collect(Collectors.joining(", ")));
    }
}
