package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Command lines that nothing takes, of every command that there is.
class BadUsageTest {
    private static final String SECRET = "sk-proj-AbCdEfGh1234567890XyZ";

    @TempDir
    private Path home;

    /// The words of every command, without the first.
    static List<String> commands() {
        return commands(tree()).stream()
                .map(command -> command.getCommandSpec().qualifiedName().replaceFirst("^sluice ?", ""))
                .toList();
    }

    static List<String> groups() {
        return commands().stream()
                .filter(words -> !find(words).getSubcommands().isEmpty())
                .toList();
    }

    static List<String> leaves() {
        return commands().stream()
                .filter(words -> find(words).getSubcommands().isEmpty())
                .toList();
    }

    private static List<CommandLine> commands(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(sub -> all.addAll(commands(sub)));
        return all;
    }

    private static CommandLine tree() {
        return CommandTree.of(new Shell(Path.of("/nonexistent"))
                        .surroundings(
                                InputStream.nullInputStream(),
                                new Transcript(),
                                new Transcript(),
                                new ManualSchedule(),
                                new StopSignal()))
                .root();
    }

    static CommandLine find(String words) {
        CommandLine found = tree();
        for (String word : split(words)) {
            found = Objects.requireNonNull(found.getSubcommands().get(word));
        }
        return found;
    }

    private static List<String> split(String words) {
        return words.isEmpty() ? List.of() : Arrays.asList(words.split(" ", -1));
    }

    private static List<OptionSpec> options(String words) {
        return find(words).getCommandSpec().options().stream()
                .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                .toList();
    }

    private Shell.Ran run(String words, String... more) {
        return new Shell(home)
                .run(Stream.concat(split(words).stream(), Stream.of(more)).toArray(String[]::new));
    }

    /// A sentence, exit code 2, and nothing was done.
    private String refused(Shell.Ran ran) throws IOException {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("sluice: ").doesNotContain("Exception", "\tat ");
        assertThat(ran.err().lines().count()).as(ran.err()).isLessThanOrEqualTo(2);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
        return ran.err();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void an_unknown_option_is_answered_with_the_nearest(String words) throws IOException {
        for (OptionSpec option : options(words)) {
            String wrong = option.longestName() + "x";
            assertThat(refused(run(words, wrong)))
                    .contains("has no option " + wrong + "; did you mean ", option.longestName());
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void an_unknown_command_is_answered_with_the_nearest(String words) throws IOException {
        for (String known : find(words).getSubcommands().keySet()) {
            assertThat(refused(run(words, known + "x")))
                    .contains("has no command " + known + "x; did you mean ", " " + known);
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void a_group_alone_shows_its_commands(String words) {
        Shell.Ran ran = run(words);
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(find(words).getSubcommands().keySet());
        assertThat(run(words, "--json").json().text("error"))
                .contains(find(words).getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void missing_arguments_are_named(String words) throws IOException {
        List<PositionalParamSpec> needed = find(words).getCommandSpec().positionalParameters().stream()
                .filter(ArgSpec::required)
                .toList();
        if (!needed.isEmpty()) {
            String told = refused(run(words));
            assertThat(told).contains(" needs " + needed.getFirst().paramLabel());
            assertThat(told).contains("see: sluice " + words + " --help");
        }
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void one_argument_too_many_is_refused_and_never_shown(String words) throws IOException {
        List<PositionalParamSpec> takes = find(words).getCommandSpec().positionalParameters();
        if (takes.stream().noneMatch(argument -> argument.arity().isVariable())) {
            String[] many = Collections.nCopies(takes.size() + 1, SECRET).toArray(String[]::new);
            assertThat(refused(run(words, many))).contains("one more was given").doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void an_option_that_stands_once_is_refused_twice(String words) throws IOException {
        for (OptionSpec option : options(words)) {
            boolean isList = option.isMultiValue();
            boolean isFlag = option.arity().max() == 0;
            if (!isList && !option.longestName().equals("--json")) {
                String name = option.longestName();
                String[] arguments = isFlag ? new String[] {name, name} : new String[] {name, "1", name, "1"};
                assertThat(refused(run(words, arguments))).contains(name + " is given twice");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void an_option_without_its_value_says_what_it_wants(String words) throws IOException {
        for (OptionSpec option : options(words)) {
            if (option.arity().min() > 0) {
                assertThat(refused(run(words, option.longestName())))
                        .contains(option.longestName() + " wants a value: " + option.paramLabel());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void what_is_no_number_is_shown_unless_it_looks_like_a_secret(String words) throws IOException {
        for (OptionSpec option : options(words)) {
            if (List.of(int.class, Integer.class, long.class, Long.class).contains(option.type())) {
                String name = option.longestName();
                assertThat(refused(run(words, name, "many"))).contains(name + " is a whole number, not many");
                assertThat(refused(run(words, name, SECRET))).doesNotContain(SECRET);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_secret_in_the_place_of_an_option_or_a_command_is_never_shown(String words) throws IOException {
        assertThat(refused(run(words, "--" + SECRET))).doesNotContain("AbCdEfGh");
        assertThat(refused(run(words, "--secret=" + SECRET))).doesNotContain("AbCdEfGh");
        if (!find(words).getSubcommands().isEmpty()) {
            assertThat(refused(run(words, SECRET))).doesNotContain("AbCdEfGh");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_refusal_is_json_when_json_is_asked_for(String words) {
        assertThat(run(words, "--json", "--nonsense").json().text("error")).contains("has no option --nonsense");
        assertThat(run(words, "--nonsense", "--json").json().text("error")).contains("has no option --nonsense");
    }

    /// Each name in the place where it is most likely to be mistyped, with what is meant.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provider add openia | openai",
                "provider add x --preset opnrouter | openrouter",
                "provider add x --url openai-caht=https://x.example | openai-chat",
                "provider add x --url openai-chat=https://x.example --auth bearr | bearer",
                "provider edit deks --priority 2 | desk",
                "provider remove deks | desk",
                "provider test deks | desk",
                "provider discover deks | desk",
                "provider presets opnai | openai",
                "model add deks/x | desk",
                "model edit desk/bgi --context 5 | big",
                "model remove desk/bgi | big",
                "model default codnig | coding",
                "alias add x --target desk/big --strategy ordred | ordered",
                "alias edit codnig --target desk/big | coding",
                "alias remove codnig | coding",
                "limit add desk --requests 5 --window mnth:1 | month",
                "limit edit desk mnoth --requests 3 | month",
                "limit remove desk mnoth | month",
                "key create x --limit requets=3/day | requests",
                "key create x --limit requests=3/dya | day",
                "key create x --models codnig | coding",
                "key revoke latpop | laptop",
                "credential remove dseks | desks",
                "tool setup claud-code | claude-code",
                "tool status codxe | codex",
                "tool undo opncode | opencode",
                "explain x --dialect antropic | anthropic",
                "man provder | provider",
            })
    void an_unknown_name_is_answered_with_the_nearest(String line, String meant) {
        Shell shell = new Shell(home);
        assertThat(shell.runWith("""
                                {"version": 1, "defaultModel": "coding", "providers": [{"id": "desk", "models": ["big"],
                                  "allowPrivateNetwork": true, "endpoints": {"openai-chat": "http://127.0.0.1:9/v1"},
                                  "rateLimits": [{"id": "month", "models": ["all"], "requests": 5,
                                    "window": {"unit": "month", "size": 1}}]}],
                                 "modelAliases": {"coding": {"targets": [{"ref": "desk/big"}]}}}
                                """, "config", "apply", "-").exit()).isZero();
        assertThat(shell.runWith("secret", "credential", "set", "desks").exit()).isZero();
        assertThat(shell.run("key", "create", "laptop").exit()).isZero();
        Shell.Ran ran = shell.run(line.strip().split(" ", -1));
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).containsPattern("(did you mean|the nearest is)[^?]*" + meant.strip());
        assertThat(shell.run("config", "history", "--json").json().items("versions"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"credential set", "credential remove", "key create", "key revoke", "provider add"})
    void a_secret_in_the_place_of_a_name_is_refused_and_never_shown(String words) {
        for (String secret : List.of(SECRET, "slc_zXwgGEhIEzEX")) {
            Shell.Ran ran = new Shell(home)
                    .runWith(
                            "value",
                            Stream.concat(split(words).stream(), Stream.of(secret))
                                    .toArray(String[]::new));
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.out() + ran.err()).contains("looks like a secret").doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start --port 99999 | 0 to 65535",
                "config history --limit 0 | 1 to 999",
                "provider add d --preset openai --priority -3 | 0 to 1000000",
                "provider test x --models 0 | 1 or more",
                "provider test x --timeout 601 | 1 to 600",
            })
    void a_number_out_of_range_is_told_the_range(String line, String range) {
        Shell.Ran ran = new Shell(home).run(line.strip().split(" ", -1));
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(range.strip());
    }

    @Test
    void a_failure_shows_its_place_only_when_asked() {
        assertThat(run("key revoke", "nobody").err()).doesNotContain("\tat ");
        assertThat(run("key revoke", "nobody", "--debug").err()).contains("\tat ", "there is no key nobody");
    }
}
