package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The manual pages and the shells' completion, of whatever commands there are.
class ManualTest {
    @TempDir
    private Path home;

    private Shell shell() {
        return new Shell(home);
    }

    private List<Path> pages() throws IOException {
        assertThat(shell().run("man", "--into", home.resolve("man").toString()).exit())
                .isZero();
        try (Stream<Path> files = Files.list(home.resolve("man"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void every_command_has_a_page_that_names_it_and_its_options() throws IOException {
        for (Path page : pages()) {
            String text = Files.readString(page, StandardCharsets.UTF_8);
            String command = page.getFileName().toString().replace(".1", "");
            assertThat(text)
                    .as(command)
                    .startsWith(".TH ")
                    .contains(".SH NAME", command.replace("-", "\\-"), ".SH SYNOPSIS", ".SH EXIT STATUS", "\\-\\-help");
        }
    }

    @Test
    void the_page_of_a_group_names_all_its_commands() throws IOException {
        String root = shell().run("man").out();
        for (Path page : pages()) {
            String words = page.getFileName().toString().replace(".1", "").replace("sluice-", "");
            if (words.indexOf('-') < 0 && !words.equals("sluice")) {
                assertThat(root).contains("\\fB" + words + "\\fR");
            }
        }
        assertThat(root).contains("\\fBprovider\\fR", "sluice\\-provider(1)");
    }

    @Test
    void no_text_becomes_a_control_line_by_accident() throws IOException {
        for (Path page : pages()) {
            for (String line : Files.readAllLines(page, StandardCharsets.UTF_8)) {
                assertThat(line.startsWith(".") ? line : ".SH").matches("\\.(TH|SH|PP|TP)( .*)?");
            }
        }
    }

    @Test
    void a_page_is_printed_for_the_words_of_a_command() {
        assertThat(shell().run("man", "provider", "add").out()).contains("sluice\\-provider\\-add", "\\-\\-preset");
        Shell.Ran unknown = shell().run("man", "provder");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean provider");
    }

    @Test
    void the_completion_knows_every_command_and_is_a_script_that_bash_takes() throws IOException, InterruptedException {
        Shell.Ran bash = shell().run("completion", "bash");
        assertThat(bash.exit()).isZero();
        assertThat(bash.out()).contains("--cascade", "discover", "rollback", "bashcompinit");
        assertThat(shell().run("completion", "zsh").out()).isEqualTo(bash.out());
        assertThat(shell().run("completion", "fish").err()).contains("bash and zsh");
        Path script = home.resolve("completion");
        Files.writeString(script, bash.out());
        List<String> command = new ArrayList<>(List.of("bash", "-n", script.toString()));
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).isZero();
    }
}
