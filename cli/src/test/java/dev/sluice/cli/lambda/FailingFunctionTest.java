package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gateway's own runtime in the engine, under a function that fails.
class FailingFunctionTest {
    private static Engine engine;

    @BeforeAll
    static void open() throws IOException {
        engine = engine(Duration.ofSeconds(30));
    }

    private static Engine engine(Duration timeout) throws IOException {
        List<String> command = List.of(
                Engine.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                FailingFunction.class.getName());
        return Engine.start(
                command,
                Path.of("").toAbsolutePath(),
                "unused",
                Engine.Choice.usual().with(timeout));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"/before,500,internal error", "/abort,502,Internal Server Error"})
    void answers_for_a_handler_that_fails_before_the_first_byte_and_lives_on(String path, int status, String words)
            throws Exception {
        assertThat(engine.get("/well").body()).isEqualTo("begun");
        int processes = engine.all(EngineEvent.Started.class).size();

        RawClient.Response answer = engine.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
        assertThat(engine.get("/well").body()).isEqualTo("begun");
        assertThat(engine.all(EngineEvent.Started.class)).hasSize(processes);
    }

    @Test
    void breaks_an_answer_off_when_its_handler_fails_after_the_first_byte_and_lives_on() throws Exception {
        assertThat(engine.get("/well").body()).isEqualTo("begun");
        int processes = engine.all(EngineEvent.Started.class).size();
        try (RawClient client = engine.client()) {
            client.send(Engine.request("/after"));
            assertThat(client.response(true).status()).isEqualTo(200);
            assertThat(client.rest()).contains("begun").doesNotContain("\r\n0\r\n");
        }

        assertThat(engine.get("/well").body()).isEqualTo("begun");
        assertThat(engine.all(EngineEvent.Started.class)).hasSize(processes);
    }

    @ParameterizedTest
    @CsvSource({"/halt,502", "/haltafter,200"})
    void is_followed_by_another_process_when_it_ends_in_an_invocation(String path, int status) throws Exception {
        try (RawClient client = engine.client()) {
            client.send(Engine.request(path));
            assertThat(client.response(status == 200).status()).isEqualTo(status);
            if (status == 200) {
                assertThat(client.rest()).contains("begun").doesNotContain("\r\n0\r\n");
            }
        }
        assertThat(engine.get("/well").body()).isEqualTo("begun");
    }
}
