package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Both entries as processes, the takeover inside the genuine runtime of AWS, whose native part is made for Linux.
class EntriesTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final String GENUINE = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String HANDLER = "dev.sluice.lambda.EchoEntry::handleRequest";

    @TempDir
    private Path task;

    @ParameterizedTest
    @CsvSource({"own,on-demand", "own,snap-start", "takeover,on-demand", "takeover,snap-start"})
    @EnabledOnOs(OS.LINUX)
    void answers_invocations_after_the_hooks(String entry, String initialization) throws Exception {
        boolean snapshot = initialization.equals("snap-start");
        try (ScriptedRuntimeApi service = new ScriptedRuntimeApi()) {
            service.on("restore/next", ScriptedRuntimeApi.reply(200, ""));
            for (int i = 0; i < 3; i++) {
                service.on("next", invocation("id-" + i, Events.post("hello " + i)));
            }
            Process process = start(entry, initialization, service.address());
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(printed).isEqualTo(RuntimeLoop.LOST);
            assertThat(printed.lines().filter(List.of("prime", "before", "after")::contains))
                    .containsExactlyElementsOf(snapshot ? List.of("prime", "before", "after") : List.of());
            assertThat(service.requests("restore/next")).hasSize(snapshot ? 1 : 0);
            assertThat(service.requests("response"))
                    .extracting(ScriptedRuntimeApi.Request::content)
                    .containsExactly("hello 0", "hello 1", "hello 2");
            assertThat(service.requests("error")).isEmpty();
        }
    }

    private static String invocation(String id, String event) {
        return ScriptedRuntimeApi.invocation(
                id,
                event,
                "Lambda-Runtime-Deadline-Ms: " + (System.currentTimeMillis() + 600_000),
                "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:1:function:sluice");
    }

    private Process start(String entry, String initialization, String address) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac", "-cp", CLASS_PATH));
        command.addAll(entry.equals("own") ? List.of(EchoEntry.class.getName()) : List.of(GENUINE, HANDLER));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(task.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", address,
                        "AWS_LAMBDA_INITIALIZATION_TYPE", initialization,
                        "AWS_LAMBDA_FUNCTION_NAME", "sluice",
                        "AWS_LAMBDA_FUNCTION_VERSION", "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                        "AWS_LAMBDA_LOG_GROUP_NAME", "group",
                        "AWS_LAMBDA_LOG_STREAM_NAME", "stream",
                        "LAMBDA_TASK_ROOT", task.toString()));
        return builder.start();
    }
}
