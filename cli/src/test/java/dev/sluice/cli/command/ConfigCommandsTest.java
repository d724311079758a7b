package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Documents;
import dev.sluice.cli.Shell;
import dev.sluice.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void open_a_shell() {
        shell = new Shell(home);
    }

    @Test
    void applies_a_document_from_standard_input_and_shows_it() {
        Shell.Ran applied = shell.runWith(Documents.SECOND, "config", "apply", "-");
        assertThat(applied.exit()).isZero();
        assertThat(applied.out()).contains("strict", "version 1 is in force");

        Shell.Ran shown = shell.run("config", "show", "--json");
        assertThat(shown.json().whole("version")).isEqualTo(1);
        assertThat(shown.json().text("who")).isEqualTo("ada");
        assertThat(shown.json().text("when")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(shown.json().object("document").isTrue("strict")).isTrue();
    }

    @Test
    void applies_a_document_from_a_file() throws IOException {
        Path file = Files.writeString(home.resolve("mine.json"), Documents.FIRST);
        assertThat(shell.run("config", "apply", file.toString()).exit()).isZero();
    }

    @Test
    void what_show_prints_can_be_applied_again() {
        shell.runWith(Documents.SECOND, "config", "apply", "-");
        String shown = shell.run("config", "show").out();
        Shell.Ran again = shell.runWith(shown, "config", "apply", "-", "--json");
        assertThat(again.json().text("result")).isEqualTo("unchanged");
        assertThat(again.json().whole("version")).isEqualTo(1);
    }

    @Test
    void keeps_everything_under_the_home_of_the_environment() {
        shell.run("config", "show");
        assertThat(home.resolve(".sluice/sluice.db")).exists();
    }

    @Test
    void says_that_it_needs_a_folder_without_a_home() {
        Shell.Ran ran = shell.without("HOME").run("config", "show");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--data");
    }

    @Test
    void refuses_a_bad_document_whole_with_every_error() {
        Shell.Ran refused = shell.runWith(Documents.BAD, "config", "apply", "-", "--json");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.json().text("result")).isEqualTo("refused");
        assertThat(paths(refused.json())).containsExactlyInAnyOrder("provders", "strickt");
        assertThat(shell.run("config", "show", "--json").json().whole("version"))
                .isZero();
    }

    @Test
    void validates_into_a_table_of_all_errors() {
        Shell.Ran ran = shell.runWith(Documents.BAD, "config", "validate", "-");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out().lines().toList().getFirst()).startsWith("PATH").contains("FOUND", "EXPECTED");
        assertThat(ran.out()).contains("provders").contains("strickt");
        assertThat(home.resolve(".sluice")).as("validate opens no store").doesNotExist();
    }

    @Test
    void validates_a_good_document() {
        Shell.Ran ran = shell.runWith(Documents.FIRST, "config", "validate", "-", "--json");
        assertThat(ran.exit()).isZero();
        assertThat(ran.json().isTrue("valid")).isTrue();
        assertThat(ran.json().items("errors")).isEmpty();
        assertThat(ran.json().has("notYetInForce")).isTrue();
    }

    @Test
    void a_missing_file_is_invalid_input() {
        Shell.Ran ran =
                shell.run("config", "validate", home.resolve("none.json").toString());
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("there is no file");
    }

    @Test
    void a_dry_run_shows_the_difference_and_writes_nothing() {
        shell.runWith(Documents.FIRST, "config", "apply", "-");
        Shell.Ran planned = shell.runWith(Documents.SECOND, "config", "apply", "-", "--dry-run", "--json");
        assertThat(planned.json().text("result")).isEqualTo("dry-run");
        assertThat(planned.json().whole("version")).isEqualTo(2);
        assertThat(planned.json().items("changes")).isNotEmpty();
        assertThat(shell.run("config", "show", "--json").json().whole("version"))
                .isEqualTo(1);
    }

    @Test
    void refuses_a_write_based_on_an_outdated_version() {
        shell.runWith(Documents.FIRST, "config", "apply", "-", "--if-version", "0");
        Shell.Ran late = shell.runWith(Documents.SECOND, "config", "apply", "-", "--if-version", "0", "--json");
        assertThat(late.exit()).isEqualTo(1);
        assertThat(late.json().text("result")).isEqualTo("conflict");
        assertThat(late.json().whole("expected")).isZero();
        assertThat(late.json().whole("version")).isEqualTo(1);
        assertThat(shell.runWith(Documents.SECOND, "config", "apply", "-", "--if-version", "1")
                        .exit())
                .isZero();
    }

    @Test
    void lists_versions_newest_first_with_their_changes() {
        shell.runWith(Documents.FIRST, "config", "apply", "-");
        shell.runWith(Documents.SECOND, "config", "apply", "-");
        List<Json> versions = shell.run("config", "history", "--json").json().items("versions");
        assertThat(versions).hasSize(2);
        Json.Obj newest = (Json.Obj) versions.getFirst();
        assertThat(newest.whole("version")).isEqualTo(2);
        assertThat(newest.text("who")).isEqualTo("ada");
        assertThat(newest.items("changes")).hasSize(1);
        assertThat(shell.run("config", "history", "--limit", "1", "--json")
                        .json()
                        .items("versions"))
                .hasSize(1);
    }

    @Test
    void shows_the_difference_of_two_versions() {
        shell.runWith(Documents.FIRST, "config", "apply", "-");
        shell.runWith(Documents.SECOND, "config", "apply", "-");
        Json.Obj diff = shell.run("config", "diff", "1", "head", "--json").json();
        assertThat(diff.whole("from")).isEqualTo(1);
        assertThat(diff.whole("to")).isEqualTo(2);
        Json.Obj change = (Json.Obj) diff.items("changes").getFirst();
        assertThat(change.fields()).containsOnlyKeys("path", "before", "after");
        assertThat(shell.run("config", "diff", "2", "2").out()).contains("no difference");
    }

    @Test
    void rolls_back_as_a_new_version() {
        shell.runWith(Documents.FIRST, "config", "apply", "-");
        shell.runWith(Documents.SECOND, "config", "apply", "-");
        assertThat(shell.run("config", "rollback", "1").out()).contains("version 3 is in force");
        Json.Obj head = shell.run("config", "show", "--json").json();
        assertThat(head.object("document").isTrue("strict")).isFalse();
        assertThat(head.text("who")).isEqualTo("ada (rollback to 1)");
    }

    @Test
    void knows_only_versions_that_exist() {
        assertThat(shell.run("config", "rollback", "7").exit()).isEqualTo(2);
        assertThat(shell.run("config", "diff", "1", "2").err()).contains("there is no version 1");
        assertThat(shell.run("config", "diff", "one", "2").err()).contains("not a version");
    }

    @Test
    void prints_the_schema_as_json() {
        Shell.Ran schema = shell.run("config", "schema");
        assertThat(schema.exit()).isZero();
        assertThat(schema.json()).isNotNull();
    }

    private static List<String> paths(Json.Obj answer) {
        return answer.items("errors").stream()
                .map(error -> ((Json.Obj) error).text("path"))
                .toList();
    }

    @Test
    void names_the_credentials_that_a_new_version_lacks() {
        Shell.Ran lacking = shell.runWith(Documents.WITH_CREDENTIAL, "config", "apply", "-");
        assertThat(lacking.exit()).isZero();
        assertThat(lacking.err())
                .contains("provider acme has no credential: sluice credential set acme-key")
                .doesNotContain("elsewhere");
        assertThat(shell.runWith("sk-1", "credential", "set", "acme-key").exit())
                .isZero();
        Shell.Ran complete = shell.runWith(Documents.WITH_CREDENTIAL, "config", "apply", "-", "--json");
        assertThat(complete.json().text("result")).isEqualTo("unchanged");
        assertThat(complete.json().items("missing")).isEmpty();
    }
}
