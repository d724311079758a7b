package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.cli.Shell;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// The help of every command that there is, as far as a test can read.
class HelpPagesTest {
    @TempDir
    private Path home;

    static List<String> commands() {
        return BadUsageTest.commands();
    }

    static List<String> examples() {
        return Examples.all();
    }

    static List<String> withExamples() {
        return Examples.commands();
    }

    private String help(String words) {
        return new Shell(home)
                .run(Stream.concat(
                                words.isEmpty() ? Stream.of() : Arrays.stream(words.split(" ", -1)),
                                Stream.of("--help"))
                        .toArray(String[]::new))
                .out();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_is_at_most_80_columns_wide(String words) {
        assertThat(help(words).lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void what_all_commands_take_stands_last(String words) {
        assertThat(help(words)).containsOnlyOnce("Options of every command:").containsOnlyOnce(" --data=");
        String last = help(words).substring(help(words).indexOf("Options of every command:"));
        assertThat(last)
                .contains("--data", "--debug", "--help", "--json", "--stack")
                .doesNotContain("Examples:");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_sentence_ends(String words) {
        CommandSpec spec = BadUsageTest.find(words).getCommandSpec();
        assertThat(spec.usageMessage().description()).isNotEmpty();
        for (ArgSpec argument : spec.args()) {
            assertThat(String.join(" ", argument.description()))
                    .as(argument.paramLabel())
                    .endsWith(".");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_taken(String example) {
        String line = example.replaceAll(".*<\\((.*)\\)", "$1");
        for (String part : line.split(" \\| ", -1)) {
            if (part.startsWith("sluice ")) {
                String[] words =
                        part.substring("sluice ".length()).replace("'", "").split(" ", -1);
                CommandLine root = BadUsageTest.find("");
                assertThatCode(() -> root.parseArgs(words)).as(example).doesNotThrowAnyException();
            }
        }
        assertThat(line).contains("sluice ");
    }

    @ParameterizedTest
    @MethodSource("withExamples")
    void examples_stand_in_the_help_of_a_command_that_there_is(String command) {
        String words = command.replaceFirst("^sluice ?", "");
        assertThat(commands()).contains(words);
        assertThat(help(words)).contains("Examples:").contains(Examples.of(command));
    }
}
