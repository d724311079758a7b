package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.Shell;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Transcript;
import dev.sluice.cli.secret.KeptCredentials;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.core.config.CredentialRef;
import dev.sluice.model.Json;
import dev.sluice.testkit.FakeServiceAccount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialCommandsTest {
    private static final String SECRET = "sk-or-v1-very-secret";
    private static final FakeServiceAccount ACCOUNT = FakeServiceAccount.create();

    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open_a_shell() {
        shell = new Shell(home);
    }

    @Test
    void takes_the_value_from_standard_input_without_its_line_end() {
        Shell.Ran set = shell.runWith(SECRET + "\r\n", "credential", "set", "openrouter", "--json");
        assertThat(set.exit()).isZero();
        assertThat(set.json().text("result")).isEqualTo("set");
        assertThat(set.json().isTrue("replaced")).isFalse();
        assertThat(set.out()).doesNotContain(SECRET);
    }

    @Test
    void asks_at_a_terminal() {
        assertThat(shell.typing(SECRET).run("credential", "set", "openrouter").out())
                .contains("openrouter is set");
    }

    @Test
    void takes_no_value_from_an_argument() {
        assertThat(shell.runWith(SECRET, "credential", "set", "openrouter", SECRET)
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void says_when_it_replaced_one() {
        shell.runWith("a", "credential", "set", "openrouter");
        assertThat(shell.runWith("b", "credential", "set", "openrouter", "--json")
                        .json()
                        .isTrue("replaced"))
                .isTrue();
    }

    @Test
    void refuses_an_empty_value_one_with_line_ends_and_an_odd_name() {
        assertThat(shell.runWith("", "credential", "set", "a").exit()).isEqualTo(2);
        assertThat(shell.runWith("\n", "credential", "set", "a").exit()).isEqualTo(2);
        Shell.Ran twoLines = shell.runWith("x\r\nx-evil: 1", "credential", "set", "a");
        assertThat(twoLines.exit()).isEqualTo(2);
        assertThat(twoLines.err()).doesNotContain("evil");
        assertThat(shell.runWith("x", "credential", "set", "../a").exit()).isEqualTo(2);
    }

    @Test
    void takes_a_key_file_of_several_lines_in_every_way() throws IOException {
        Path file = Files.writeString(home.resolve("key.json"), ACCOUNT.keyFile());

        Shell.Ran named = shell.run("credential", "set", "vertex", "--from-file", file.toString());
        assertThat(named.exit()).as(named.err()).isZero();
        assertThat(shell.runWith(ACCOUNT.keyFile(), "credential", "set", "piped")
                        .exit())
                .isZero();
        assertThat(shell.typing("{")
                        .runWith(ACCOUNT.keyFile(), "credential", "set", "dash", "--from-file", "-")
                        .exit())
                .isZero();

        assertThat(kept("vertex")).isEqualTo(ACCOUNT.keyFile().stripTrailing());
        assertThat(kept("piped")).isEqualTo(kept("vertex"));
        assertThat(kept("dash")).isEqualTo(kept("vertex"));
        assertThat(shell.run("credential", "list").out()).contains("vertex").doesNotContain("private_key");
    }

    private String kept(String name) {
        Shell.Ran folder = shell.run("credential", "list", "--json");
        assertThat(folder.exit()).isZero();
        Surroundings surroundings = shell.surroundings(
                InputStream.nullInputStream(),
                new Transcript(),
                new Transcript(),
                new ManualSchedule(),
                new StopSignal());
        return KeptCredentials.of(new DataDirectory(home.resolve(".sluice")), surroundings)
                .secret(new CredentialRef.Stored(name))
                .orElse("");
    }

    @Test
    void refuses_a_damaged_key_file_and_tells_nothing_of_it() throws IOException {
        String cut = ACCOUNT.keyFile().substring(0, ACCOUNT.keyFile().length() - 200);
        Path file = Files.writeString(home.resolve("key.json"), cut);
        for (Shell.Ran ran : new Shell.Ran[] {
            shell.run("credential", "set", "vertex", "--from-file", file.toString()),
            shell.runWith(cut, "credential", "set", "vertex"),
            shell.runWith(ACCOUNT.keyFile().replace("client_email", "email"), "credential", "set", "vertex")
        }) {
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err())
                    .contains("the value is no key file of a Google service account: it ")
                    .doesNotContain(ACCOUNT.base64().substring(0, 20), FakeServiceAccount.KEY_ID);
        }
        assertThat(shell.run("credential", "set", "vertex", "--from-file", "no-such-file")
                        .err())
                .contains("there is no file no-such-file");
    }

    @Test
    void the_first_line_of_a_pasted_file_is_not_taken_for_all_of_it() {
        Shell.Ran ran = shell.typing("{").run("credential", "set", "vertex");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--from-file FILE");
    }

    @Test
    void lists_names_and_times_and_never_values() {
        shell.runWith(SECRET, "credential", "set", "openrouter");
        Shell.Ran listed = shell.run("credential", "list", "--json");
        Json.Obj entry = (Json.Obj) listed.json().items("credentials").getFirst();
        assertThat(entry.fields()).containsOnlyKeys("name", "setAt");
        assertThat(entry.text("name")).isEqualTo("openrouter");
        assertThat(entry.text("setAt")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(shell.run("credential", "list").out()).contains("openrouter").doesNotContain(SECRET);
    }

    @Test
    void the_value_is_in_no_file() throws IOException {
        shell.runWith(SECRET, "credential", "set", "openrouter");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void removes_one() {
        shell.runWith(SECRET, "credential", "set", "openrouter");
        assertThat(shell.run("credential", "remove", "openrouter", "--dry-run").exit())
                .isZero();
        assertThat(shell.run("credential", "remove", "openrouter").exit()).isZero();
        assertThat(shell.run("credential", "list", "--json").json().items("credentials"))
                .isEmpty();
        assertThat(shell.run("credential", "remove", "openrouter").exit()).isEqualTo(2);
    }

    @Test
    void a_dry_run_sets_nothing() {
        shell.runWith(SECRET, "credential", "set", "openrouter", "--dry-run");
        assertThat(shell.run("credential", "list", "--json").json().items("credentials"))
                .isEmpty();
    }
}
