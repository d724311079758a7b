package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The Function URL over real environments that stream.
class FunctionUrlTest {
    private static Engine engine;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(Engine.Choice.usual());
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void turns_a_prelude_into_status_headers_and_cookies() throws Exception {
        RawClient.Response answer = engine.get("/pieces?2*4*ab");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("abababab");
        assertThat(answer.head())
                .contains(
                        "\r\ncontent-type: text/plain\r\n",
                        "\r\nx-from: runtime\r\n",
                        "\r\nset-cookie: a=1; httponly\r\n",
                        "\r\nset-cookie: b=2\r\n",
                        "\r\ntransfer-encoding: chunked\r\n",
                        "\r\nx-amzn-requestid: ",
                        "\r\nx-amzn-trace-id: root=1-");
    }

    @ParameterizedTest
    @CsvSource({"/split,200,whole", "/empty,200,''", "/raw,200,raw bytes", "/trailers,200,half"})
    void passes_streamed_bytes_on(String path, int status, String body) throws Exception {
        RawClient.Response answer = engine.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
    }

    @Test
    void keeps_trailers_from_the_client() throws Exception {
        RawClient.Response answer = engine.get("/trailers");

        assertThat(answer.head()).doesNotContain("error-type");
        assertThat(engine.await(
                                EngineEvent.Answered.class,
                                answered -> !answered.trailers().fields().isEmpty())
                        .trailers()
                        .first("lambda-runtime-function-error-type"))
                .contains("Function.Late");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/error", "/exit", "/nothing", "/malformed", "/huge"})
    void answers_502_when_there_is_nothing_to_pass_on(String path) throws Exception {
        RawClient.Response answer = engine.get(path);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("Internal Server Error");
    }

    @Test
    void passes_a_buffered_answer_on_whole_whatever_it_says_of_status() throws Exception {
        RawClient.Response answer = engine.get("/buffered");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"statusCode\":201");
    }

    @Test
    void cuts_the_client_when_the_runtime_dies_in_mid_stream() throws Exception {
        try (RawClient client = engine.client()) {
            client.send(Engine.request("/halfexit"));
            assertThat(client.response(true).status()).isEqualTo(200);

            assertThat(client.rest()).contains("half").doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void counts_an_answer_that_was_whole_before_the_runtime_died() throws Exception {
        assertThat(engine.get("/wholeexit").body()).isEqualTo("whole");
    }

    @Test
    void kill_9_of_an_environment_in_mid_stream_cuts_the_client_and_the_next_one_gets_a_new_environment()
            throws Exception {
        try (RawClient client = engine.client()) {
            RawClient.Response before = engine.get("/pieces?1*2*ok");
            client.send(Engine.request("/half"));
            client.response(true);
            EngineEvent.Delivered last = engine.all(EngineEvent.Delivered.class).getLast();
            long pid = engine.await(EngineEvent.Started.class, started -> started.environment() == last.environment())
                    .pid();

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            assertThat(client.rest()).doesNotContain("\r\n0\r\n");
            assertThat(before.body()).isEqualTo("ok");
            assertThat(engine.get("/pieces?1*2*ok").body()).isEqualTo("ok");
        }
    }

    @Test
    void a_client_that_leaves_does_not_reach_the_runtime() throws Exception {
        String id;
        try (RawClient client = engine.client()) {
            client.send(Engine.request("/pieces?48*65536*leave"));
            String head = client.response(true).head();
            int at = head.indexOf("x-amzn-requestid: ") + "x-amzn-requestid: ".length();
            id = head.substring(at, head.indexOf("\r\n", at));
        }

        EngineEvent.Answered answered =
                engine.await(EngineEvent.Answered.class, one -> one.requestId().equals(id));

        assertThat(answered.failure()).isEmpty();
    }

    @Test
    void freezes_an_environment_between_invocations() throws Exception {
        engine.get("/pieces?1*1*x");
        EngineEvent.Delivered delivered =
                engine.all(EngineEvent.Delivered.class).getLast();
        engine.get("/pieces?1*1*x");

        int number = delivered.environment();
        assertThat(engine.all(EngineEvent.Frozen.class)).anyMatch(event -> event.environment() == number);
        assertThat(engine.all(EngineEvent.Thawed.class)).anyMatch(event -> event.environment() == number);
    }

    @Test
    void gives_the_process_lambdas_variables_and_nothing_of_this_machine() throws Exception {
        String environment = engine.get("/environment").body();

        assertThat(environment)
                .contains(
                        "AWS_LAMBDA_FUNCTION_NAME=tested",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512",
                        "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
                        "AWS_ACCESS_KEY_ID=ASIA",
                        "AWS_SESSION_TOKEN=",
                        "LAMBDA_TASK_ROOT=",
                        "_HANDLER=unused",
                        "TZ=:UTC")
                .doesNotContain("HOME=", "USER=", "JAVA_HOME=");
    }

    @Test
    void bounds_an_event_with_its_body_as_it_is_escaped() throws Exception {
        try (RawClient client = engine.client()) {
            String quotes = "\"".repeat(4 * 1024 * 1024);
            client.send(("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                            + quotes.length() + "\r\n\r\n" + quotes)
                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(client.response(false).status()).isEqualTo(413);
        }
    }

    @Test
    void hands_a_compressed_body_on_as_it_came() throws Exception {
        try (RawClient client = engine.client()) {
            RawClient.Response echoed = client.exchange("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\nhi");

            assertThat(echoed.body())
                    .contains("\"content-encoding\":\"gzip\"", "\"body\":\"aGk=\",\"isBase64Encoded\":true");
        }
    }

    @Test
    void answers_a_direct_invocation() throws Exception {
        Invoked echoed = engine.invoke("{\"hello\":true}");
        Invoked failed = engine.invoke("{\"rawPath\":\"/error\"}");

        assertThat(new String(echoed.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"hello\":true}");
        assertThat(echoed.failure()).isEmpty();
        assertThat(failed.failure().orElseThrow().type()).isEqualTo("Function.Sorry");
        assertThat(new String(failed.payload(), StandardCharsets.UTF_8)).contains("sorry");
    }

    @Test
    void answers_buffered_when_the_url_is_set_so() throws Exception {
        try (Engine buffered = Engine.start(Engine.Choice.usual().buffered())) {
            RawClient.Response whole = buffered.get("/buffered");
            assertThat(whole.status()).isEqualTo(201);
            assertThat(whole.body()).isEqualTo("hi");
            assertThat(whole.head()).contains("\r\nx-a: b\r\n", "\r\nset-cookie: c=d\r\n", "\r\ncontent-length: 2\r\n");

            RawClient.Response collected = buffered.get("/split");
            assertThat(collected.body()).isEqualTo("whole");
            assertThat(collected.head()).contains("\r\ncontent-length: 5\r\n");
            assertThat(buffered.get("/trailers").status()).isEqualTo(502);
        }
    }
}
