package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script runs with a java that writes its arguments down.
class StartScriptTest {
    @TempDir
    private Path task;

    private Path java;

    @BeforeEach
    void unpack() throws IOException {
        Files.createDirectories(task.resolve("lib"));
        for (String jar : List.of("runtime.jar", "core.jar", "Z.jar", "with space.jar")) {
            Files.createFile(task.resolve("lib").resolve(jar));
        }
        java = task.resolve("a java");
        Files.writeString(java, "#!/bin/sh\nfor argument in \"$@\"; do printf '%s\\n' \"$argument\"; done\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        try (InputStream script = LambdaRuntime.class.getResourceAsStream("/bin/start")) {
            Files.copy(script, task.resolve("start"));
        }
    }

    private List<String> arguments(String initialization) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                task.resolve("start").toString(),
                java.toString(),
                "-Xshare:on",
                "-cp",
                "/var/runtime/x.jar",
                "Aws");
        builder.environment()
                .putAll(Map.of(
                        "LAMBDA_TASK_ROOT",
                        task.toString(),
                        "_HANDLER",
                        "dev.sluice.Function::handleRequest",
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        initialization));
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }

    @Test
    void starts_the_handlers_class_with_the_jars_in_the_order_of_their_names() throws Exception {
        String classPath = String.join(
                ":",
                task + "/lib/Z.jar",
                task + "/lib/core.jar",
                task + "/lib/runtime.jar",
                task + "/lib/with space.jar");
        assertThat(arguments("on-demand"))
                .startsWith("-XX:+UseSerialGC")
                .contains("-XX:TieredStopAtLevel=1")
                .endsWith("-cp", classPath, "dev.sluice.Function")
                .doesNotContain("-Xshare:on", "Aws");
    }

    @Test
    void leaves_the_second_compiler_on_where_a_snapshot_is_taken() throws Exception {
        assertThat(arguments("snap-start"))
                .doesNotContain("-XX:TieredStopAtLevel=1")
                .contains("-XX:+UseSerialGC");
    }

    @Test
    void never_uses_archived_classes_so_that_none_can_be_stale() throws Exception {
        for (String archive : List.of("app.jsa", "app.aot", "classes.jsa")) {
            Files.createFile(task.resolve("lib").resolve(archive));
        }
        for (String initialization : List.of("on-demand", "snap-start", "provisioned-concurrency")) {
            assertThat(arguments(initialization))
                    .noneMatch(argument -> argument.contains("Archive")
                            || argument.contains("AOT")
                            || argument.contains("-Xshare")
                            || argument.contains("app."));
        }
    }

    @Test
    void is_a_script_for_any_shell_with_unix_line_ends() throws Exception {
        assertThat(Files.readString(task.resolve("start")))
                .startsWith("#!/bin/sh\n")
                .doesNotContain("\r");
    }
}
