package dev.sluice.cli.guide;

import dev.sluice.cli.guide.Step.Next;
import dev.sluice.cli.provider.Preset;
import dev.sluice.cli.provider.Presets;
import dev.sluice.cli.terminal.Field;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Picker;
import dev.sluice.cli.terminal.Row;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which provider it is, where it is reached, and what it is to be called here.
record AccountQuestions(Stage stage, Outlook outlook) {
    private static final int MOST_VARIABLES = 3;

    List<Step<ProviderDraft>> steps() {
        List<Step<ProviderDraft>> steps =
                new ArrayList<>(List.of(this::preset, this::dialect, this::url, this::network));
        for (int i = 0; i < MOST_VARIABLES; i++) {
            int number = i;
            steps.add(draft -> variable(draft, number));
        }
        steps.add(this::address);
        steps.add(this::name);
        return steps;
    }

    private Next<ProviderDraft> preset(ProviderDraft draft) {
        List<Row<Account>> rows = new ArrayList<>();
        Presets.read().all().forEach(preset -> rows.add(Row.of(Account.of(preset), preset.name(), said(preset))));
        rows.add(Row.of(Account.NONE, "Another one", "by its base URL"));
        return Next.of(
                stage.ask(Picker.one("Which provider do you have an account at?", Menu.Text.NONE, rows)),
                chosen -> draft.with(chosen.getFirst()));
    }

    private static String said(Preset preset) {
        String spoken = preset.endpoints().keySet().stream().map(Dialect::id).collect(Collectors.joining(", "));
        return preset.id() + (preset.local() ? ", on your own machine, " : ", ") + spoken;
    }

    private Next<ProviderDraft> dialect(ProviderDraft draft) {
        if (draft.account().preset() != null) {
            return new Next.Skip<>(draft);
        }
        List<Row<Dialect>> rows = Arrays.stream(Dialect.values())
                .map(dialect -> Row.of(dialect, dialect.id(), spokenBy(dialect)))
                .toList();
        return Next.of(
                stage.ask(Menu.of("What does it speak?", Menu.Text.NONE, rows).at(Dialect.OPENAI_CHAT)),
                dialect -> draft.with(Account.speaking(dialect)));
    }

    private static String spokenBy(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> "OpenAI Chat Completions: most providers";
            case OPENAI_RESPONSES -> "OpenAI Responses";
            case ANTHROPIC -> "Anthropic Messages";
            case GEMINI -> "Google Gemini";
            case BEDROCK_CONVERSE -> "Amazon Bedrock Converse";
            case OLLAMA_CHAT -> "Ollama";
        };
    }

    private Next<ProviderDraft> url(ProviderDraft draft) {
        Dialect dialect = draft.account().dialect();
        if (dialect == null) {
            return new Next.Skip<>(draft);
        }
        Field field = Field.of(
                "Where is it?",
                Menu.Text.of("The base URL, to which a client adds the path of a request, such as"
                        + " https://api.example.com/v1"),
                "Base URL",
                typed -> problem(
                        draft.account().called("x").at(Map.of(dialect, typed)).onOwnNetwork(true)));
        return Next.of(
                stage.ask(field),
                typed -> draft.with(draft.account().called(label(typed)).at(Map.of(dialect, typed))));
    }

    /// A name to begin with: of the host's labels the one before the last.
    private static String label(String url) {
        String host = Optional.ofNullable(URI.create(url).getHost()).orElse("");
        List<String> labels = List.of(host.split("\\.", -1));
        String label = labels.size() < 2 ? host : labels.get(labels.size() - 2);
        return !label.isEmpty() && label.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '-') ? label : "own";
    }

    /// Asked only where the address is refused without it.
    private Next<ProviderDraft> network(ProviderDraft draft) {
        if (draft.account().dialect() == null
                || problem(draft.account().called("x").onOwnNetwork(false)).isEmpty()) {
            return new Next.Skip<>(draft.with(draft.account().onOwnNetwork(false)));
        }
        Menu<Boolean> menu = Menu.yesNo(
                "Is it on your own network, or this machine?",
                Menu.Text.of("Sluice calls such an address, and plain http, only for a provider that says so.", ""),
                "Yes, it is mine",
                "No");
        return Next.to(
                stage.ask(menu),
                isMine -> isMine
                        ? new Next.Forward<>(draft.with(draft.account().onOwnNetwork(true)))
                        : new Next.Back<>());
    }

    private Next<ProviderDraft> variable(ProviderDraft draft, int number) {
        Preset preset = draft.account().preset();
        List<String> names =
                preset == null ? List.of() : List.copyOf(preset.variables().keySet());
        if (preset == null || number >= names.size()) {
            return new Next.Skip<>(draft);
        }
        String name = names.get(number);
        Field field = Field.of(
                preset.name(),
                Menu.Text.of(String.valueOf(preset.variables().get(name))),
                name,
                typed -> typed.isEmpty() || typed.chars().anyMatch(c -> c <= ' ' || c == '/' || c > 126)
                        ? Optional.of("one word, as it stands in the address")
                        : Optional.empty());
        return Next.of(
                stage.ask(field.holding(draft.account().values().getOrDefault(name, ""))),
                typed -> draft.with(draft.account().with(name, typed)));
    }

    private Next<ProviderDraft> address(ProviderDraft draft) {
        Preset preset = draft.account().preset();
        if (preset == null || !preset.local()) {
            return new Next.Skip<>(draft);
        }
        String standard =
                URI.create(preset.endpoints().values().iterator().next()).getAuthority();
        Field field = Field.of(
                        preset.name(),
                        Menu.Text.of("The machine and the port where it listens."),
                        "Address",
                        typed -> problem(draft.account().called("x").at(moved(preset, standard, typed))))
                .holding(standard);
        return Next.of(stage.ask(field), typed -> draft.with(draft.account().at(moved(preset, standard, typed))));
    }

    private static Map<Dialect, String> moved(Preset preset, String from, String to) {
        Map<Dialect, String> urls = new LinkedHashMap<>();
        if (!from.equals(to)) {
            preset.endpoints().forEach((dialect, url) -> urls.put(dialect, url.replace("//" + from, "//" + to)));
        }
        return urls;
    }

    private Next<ProviderDraft> name(ProviderDraft draft) {
        Field field = Field.of(
                        draft.account().title(),
                        Menu.Text.of("Its name here, the first part of provider/model. For a second account at the same"
                                + " provider take another name, such as "
                                + draft.account().id() + "-work."),
                        "Name",
                        typed -> outlook.copy().hasProvider(typed)
                                ? Optional.of("there is a provider " + typed + " already")
                                : problem(draft.account().called(typed)))
                .holding(free(draft.account().id(), outlook.copy().providerIds()));
        return Next.of(stage.ask(field), typed -> draft.with(draft.account().called(typed)));
    }

    /// The name, or the first with a number that is not taken.
    static String free(String name, List<String> taken) {
        String free = name;
        for (int number = 2; taken.contains(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private static Optional<String> problem(Account account) {
        return Fit.problem(Json.Obj.EMPTY, (_, _) -> account.json(), Json.Obj.EMPTY);
    }
}
