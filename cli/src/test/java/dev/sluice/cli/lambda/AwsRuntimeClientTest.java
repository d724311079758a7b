package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The engine against AWS's own Java runtime client, unchanged, on its own class path.
class AwsRuntimeClientTest {
    @TempDir
    static Path task;

    private static Engine onDemand;

    @BeforeAll
    static void start() throws IOException {
        SampleHandler.copyTo(task);
        onDemand = engine(Engine.Choice.usual());
    }

    @AfterAll
    static void stop() {
        onDemand.close();
    }

    private static Engine engine(Engine.Choice choice) throws IOException {
        return engine(task, choice);
    }

    /// AWS's client with the [SampleHandler] that lies in that folder.
    static Engine engine(Path task, Engine.Choice choice) throws IOException {
        List<String> command = List.of(
                Engine.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                Path.of(System.getProperty("lambda.client"), "*").toString(),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                SampleHandler.class.getName());
        return Engine.start(command, task, SampleHandler.class.getName(), choice);
    }

    @Test
    void gets_events_with_all_they_carry_and_answers_them() throws Exception {
        Invoked first = onDemand.invoke("{\"n\":1}");
        Invoked second = onDemand.invoke("{\"n\":2}");

        assertThat(text(first))
                .isEqualTo("{\"id\":\"" + first.requestId()
                        + "\",\"function\":\"tested\",\"arn\":\"arn:aws:lambda:us-east-1:000000000000:function:tested\","
                        + "\"inTime\":true,\"hooks\":\"\",\"event\":{\"n\":1}}");
        assertThat(text(second)).contains("\"event\":{\"n\":2}");
        assertThat(second.contentType()).isEqualTo("application/json");
    }

    @Test
    void reports_an_exception_and_goes_on() throws Exception {
        Invoked failed = onDemand.invoke("{\"fail\":1}");

        InvocationFailure failure = failed.failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(InvocationFailure.Kind.REPORTED);
        assertThat(text(failed))
                .contains("\"errorMessage\":\"asked to fail\"", "\"errorType\":\"java.lang.IllegalArgumentException\"");
        assertThat(text(onDemand.invoke("{\"n\":3}"))).contains("\"event\":{\"n\":3}");
    }

    @Test
    void is_told_413_when_its_answer_is_too_large_and_is_followed_by_another_process() throws Exception {
        assertThat(onDemand.invoke("{\"huge\":1}").failure().orElseThrow().type())
                .isEqualTo("Function.ResponseSizeTooLarge");
        onDemand.awaitStandstill(); // it tries to report an error after its answer, is refused, and ends
        assertThat(text(onDemand.invoke("{\"n\":4}"))).contains("\"event\":{\"n\":4}");
    }

    @Test
    void ends_in_the_middle_of_an_invocation() throws Exception {
        InvocationFailure failure = onDemand.invoke("{\"exit\":1}").failure().orElseThrow();

        assertThat(failure.type()).isEqualTo("Runtime.ExitError");
        assertThat(new String(failure.payload(), StandardCharsets.UTF_8)).contains("exit status 5");
        assertThat(text(onDemand.invoke("{\"n\":5}"))).contains("\"event\":{\"n\":5}");
    }

    @Test
    void reports_a_start_that_fails() throws Exception {
        try (Engine engine = engine(Engine.Choice.usual().with(Map.of("START", "error")))) {
            Invoked failed = engine.invoke("{}");

            assertThat(failed.failure().orElseThrow().kind()).isEqualTo(InvocationFailure.Kind.NOT_STARTED);
            assertThat(text(failed)).contains("no start");
        }
    }

    @Test
    void runs_its_hooks_around_the_snapshot() throws Exception {
        try (Engine engine = engine(Engine.Choice.usual().snapStart())) {
            assertThat(text(engine.invoke("{\"n\":1}"))).contains("\"hooks\":\"before after\"");
            assertThat(text(engine.invoke("{\"n\":2}"))).contains("\"event\":{\"n\":2}");
            assertThat(engine.all(EngineEvent.Snapshot.class)).hasSize(1);
            assertThat(engine.all(EngineEvent.Restored.class)).hasSize(1);
            assertThat(engine.all(EngineEvent.Refused.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "before,Runtime.BeforeCheckpointError,CheckpointException",
        "after,Runtime.AfterRestoreError,RestoreException"
    })
    void reports_a_hook_that_fails(String hook, String type, String words) throws Exception {
        Engine.Choice choice = Engine.Choice.usual().snapStart().with(Map.of("START", hook));
        try (Engine engine = engine(choice)) {
            Invoked failed = engine.invoke("{}");

            assertThat(failed.failure().orElseThrow().type()).isEqualTo(type);
            assertThat(text(failed)).contains(words);
            assertThat(engine.all(EngineEvent.Started.class)).hasSize(1);
        }
    }

    @Test
    void takes_several_invocations_at_a_time_when_it_may() throws Exception {
        Engine.Choice choice = Engine.Choice.usual()
                .with(Map.of("AWS_LAMBDA_MAX_CONCURRENCY", "2"))
                .with(Engine.PATIENT.withEnvironments(1))
                .with(Duration.ofSeconds(20));
        try (Engine engine = engine(choice)) {
            assertThat(text(engine.invoke("{\"n\":1}"))).contains("\"event\":{\"n\":1}");
            assertThat(text(engine.invoke("{\"n\":2}"))).contains("\"event\":{\"n\":2}");
            assertThat(text(engine.invoke("{\"n\":3}"))).contains("\"event\":{\"n\":3}");
        }
    }

    private static String text(Invoked answer) {
        return new String(answer.payload(), StandardCharsets.UTF_8);
    }
}
