package dev.sluice.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProveTest {
    private static final List<String> STEPS =
            List.of("setup", "restore", "stream", "credentials", "disconnect", "burst", "permissions", "rotation");

    @TempDir
    Path tools;

    private record Ended(int code, String text) {}

    @ParameterizedTest
    @ValueSource(strings = {"prove.sh", "app"})
    void the_scripts_are_well_formed(String script) throws IOException, InterruptedException {
        assertThat(run("bash", "-n", script)).isEqualTo(new Ended(0, ""));
    }

    @Test
    void the_plan_names_every_step_and_needs_no_account() throws IOException, InterruptedException {
        Ended plan = run("bash", "prove.sh", "--plan", "--idle", "90");

        assertThat(plan.code()).isZero();
        assertThat(plan.text().lines().skip(1).map(line -> line.split(" ", 2)[0]))
                .containsExactlyElementsOf(STEPS);
        assertThat(plan.text()).contains("90 minutes without a call");
    }

    @Test
    void a_plan_can_be_of_some_steps() throws IOException, InterruptedException {
        assertThat(run("bash", "prove.sh", "--plan", "burst").text().lines()).hasSize(2);
    }

    @Test
    void nothing_is_done_without_credentials() throws IOException, InterruptedException {
        tool("aws", "exit 253");
        tool("curl", "echo called >>" + tools.resolve("calls") + "; exit 1");

        assertThat(run("bash", "prove.sh"))
                .isEqualTo(new Ended(2, "prove: there are no AWS credentials: aws sts get-caller-identity fails\n"));
        assertThat(tools.resolve("calls")).doesNotExist();
    }

    @Test
    void a_stack_that_is_not_there_is_named() throws IOException, InterruptedException {
        tool("aws", "[ \"$1\" = sts ] && echo 111122223333");
        tool("curl", "exit 1");

        assertThat(run("bash", "prove.sh", "--stack", "Mine"))
                .isEqualTo(new Ended(
                        2, "prove: there is no stack Mine in account 111122223333: /sluice/Mine/url is missing\n"));
    }

    @Test
    void an_unknown_step_is_refused() throws IOException, InterruptedException {
        assertThat(run("bash", "prove.sh", "everything").text()).contains("there is no step everything");
        assertThat(run("bash", "prove.sh", "--idle", "long").text()).contains("--idle is a number of minutes");
    }

    @Test
    void the_key_is_in_no_argument_and_in_no_output() throws IOException, InterruptedException {
        tool("aws", """
                case "$1 $2" in
                  "sts "*) echo 111122223333 ;;
                  "ssm "*) case "$4" in */distribution-url) exit 255 ;; */url) echo https://example.invalid/ ;; *) echo "${4##*/}" ;; esac ;;
                  "secretsmanager "*) echo slc_canary ;;
                  "logs "*) echo "REPORT RequestId: 1 Restore Duration: 400 ms" ;;
                esac""");
        tool("curl", "echo \"$@\" >>" + tools.resolve("calls") + "; echo 200");

        Ended ended = run("bash", "prove.sh", "restore", "credentials");

        assertThat(ended.text()).contains("PROVEN      environments are restored from the snapshot");
        assertThat(ended.text()).doesNotContain("slc_canary");
        assertThat(Files.readString(tools.resolve("calls")))
                .contains("/v1/chat/completions")
                .doesNotContain("slc_canary");
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Ended run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().merge("PATH", tools + ":", (path, first) -> first + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }
}
