package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Holds docs/security.md to what is there: its commands to the command line, its table of incidents to the tests.
class SecurityDocTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOC = ROOT.resolve("docs/security.md");
    private static final String INCIDENTS = "## What has happened to others, and the tests";

    @TempDir
    private Path home;

    private record Row(List<String> incidents, List<String> tests) {}

    private static List<Row> rows() throws IOException {
        String text = Files.readString(DOC);
        return text.substring(text.indexOf(INCIDENTS))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| Incident"))
                .map(line -> line.split("\\|"))
                .map(cells -> new Row(list(cells[1]), list(cells[3].replace("`", ""))))
                .toList();
    }

    private static List<String> list(String cell) {
        return Arrays.stream(cell.split(",")).map(String::strip).toList();
    }

    private static List<Path> sources(String simpleName) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("shared", "functions", "cli")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.getFileName().toString().equals(simpleName + ".java"))
                        .filter(file -> file.toString().contains("src/test"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void every_test_in_the_table_of_incidents_exists() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(12);
        for (Row row : rows()) {
            assertThat(row.tests()).isNotEmpty().allSatisfy(test -> {
                String method = test.substring(test.indexOf('.') + 1);
                assertThat(sources(test.substring(0, test.indexOf('.'))))
                        .as(test)
                        .isNotEmpty()
                        .anyMatch(file -> read(file).contains("void " + method + "(")
                                || read(file).contains("ArchRule " + method));
            });
        }
    }

    @Test
    void every_incident_is_named_by_one_of_its_tests() throws IOException {
        for (Row row : rows()) {
            StringBuilder tests = new StringBuilder();
            for (String test : row.tests()) {
                for (Path file : sources(test.substring(0, test.indexOf('.')))) {
                    tests.append(read(file));
                }
            }
            assertThat(row.incidents()).allSatisfy(incident -> assertThat(tests).contains(incident));
        }
    }

    private static List<String[]> commands() throws IOException {
        List<String[]> commands = new ArrayList<>();
        boolean isShell = false;
        for (String line : Files.readAllLines(DOC)) {
            if (line.startsWith("```")) {
                isShell = line.equals("```sh");
            } else if (isShell) {
                assertThat(line).startsWith("sluice ");
                commands.add(line.substring("sluice ".length()).split(" "));
            }
        }
        return commands;
    }

    /// Parsed by the command line itself; nothing is run.
    @Test
    void every_command_of_the_page_is_one() throws IOException {
        CommandLine root = CommandTree.of(new Shell(home)
                        .surroundings(
                                InputStream.nullInputStream(),
                                new Transcript(),
                                new Transcript(),
                                new ManualSchedule(),
                                new StopSignal()))
                .root();
        assertThat(commands()).hasSizeGreaterThanOrEqualTo(9);
        for (String[] words : commands()) {
            assertThat(root.parseArgs(words).errors())
                    .as(String.join(" ", words))
                    .isEmpty();
        }
    }

    /// In the order of the page, where nothing runs. `worker-key` is left to its own tests: it has to prove what it did.
    @Test
    void what_a_leak_asks_for_does_it() throws IOException {
        Shell shell = new Shell(home);
        for (int version = 1; version <= 4; version++) {
            shell.runWith("{\"version\":1,\"loopBreaker\":{\"repeats\":" + version + "}}", "config", "apply", "-");
        }
        shell.runWith("sk-leaked\n", "credential", "set", "openrouter");
        assertThat(shell.run("key", "create", "laptop").exit()).isZero();
        for (String[] words : commands()) {
            if (!words[0].equals("worker-key")) {
                Shell.Ran ran = shell.runWith("sk-new\n", words);
                assertThat(ran.exit())
                        .as(String.join(" ", words) + ": " + ran.err())
                        .isZero();
            }
        }
        assertThat(shell.run("key", "list").out()).contains("laptop-2");
        assertThat(shell.run("config", "show", "--json").out()).contains("\"repeats\":3");
    }
}
