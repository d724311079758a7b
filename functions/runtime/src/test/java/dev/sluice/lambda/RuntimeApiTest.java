package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lambda.ScriptedRuntimeApi.Request;
import dev.sluice.testkit.http.NobodyThere;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeApiTest {
    private ScriptedRuntimeApi service;
    private RuntimeApi api;

    @BeforeEach
    void open() throws IOException {
        service = new ScriptedRuntimeApi();
        api = service.client();
    }

    @AfterEach
    void close() throws IOException {
        api.close();
        service.close();
    }

    private Next.Invocation invocation() {
        return (Next.Invocation) api.next();
    }

    @Test
    void asks_for_the_next_invocation_in_these_bytes() {
        service.invoking("id-1", "{}");
        assertThat(invocation().id()).isEqualTo("id-1");
        assertThat(service.only("next").raw())
                .isEqualTo("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: " + service.address()
                        + "\r\nUser-Agent: sluice\r\n\r\n");
    }

    @Test
    void reads_the_headers_of_an_invocation() {
        service.on(
                "next",
                ScriptedRuntimeApi.invocation(
                        "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
                        "{\"a\":1}",
                        "LAMBDA-RUNTIME-DEADLINE-MS: 1542409706888",
                        "Lambda-Runtime-Trace-Id:Root=1-5bef4de7;Parent=9a9197af;Sampled=1"));
        Next.Invocation invocation = invocation();
        assertThat(invocation.id()).isEqualTo("8476a536-e9f4-11e8-9739-2dfe598c3fcd");
        assertThat(invocation.deadline()).isEqualTo(Instant.ofEpochMilli(1542409706888L));
        assertThat(invocation.traceId()).isEqualTo("Root=1-5bef4de7;Parent=9a9197af;Sampled=1");
        assertThat(invocation.event()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1}");
    }

    @Test
    void a_deadline_that_is_no_number_is_none() {
        service.on("next", ScriptedRuntimeApi.invocation("a", "{}", "Lambda-Runtime-Deadline-Ms: soon"));
        assertThat(invocation().deadline()).isNull();
    }

    @Test
    void reads_chunks_with_extensions_and_trailers() {
        String chunks = "3;x=y\r\n{\"a\r\nA\r\n\":\"012345\"\r\n1\r\n}\r\n0\r\nX: y\r\n\r\n";
        service.on(
                "next",
                "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nTransfer-Encoding: Chunked\r\n\r\n" + chunks);
        service.invoking("b", "{}");
        assertThat(invocation().event()).asString().isEqualTo("{\"a\":\"012345\"}");
        assertThat(invocation().id()).isEqualTo("b");
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void reads_a_body_without_length_to_the_end() {
        service.on(
                "next",
                ScriptedRuntimeApi.sendingAndClosing(
                        "HTTP/1.0 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\n\r\n{\"old\":true}"));
        service.invoking("b", "{}");
        assertThat(invocation().event()).asString().isEqualTo("{\"old\":true}");
        assertThat(invocation().id()).isEqualTo("b");
    }

    @Test
    void passes_over_interim_answers() {
        service.on("next", "HTTP/1.1 103 Early\r\nX: y\r\n\r\n" + ScriptedRuntimeApi.invocation("a", "{}"));
        assertThat(invocation().id()).isEqualTo("a");
    }

    @Test
    void one_connection_serves_all() {
        service.invoking("a", "{}").invoking("b", "{}");
        invocation();
        assertThat(api.answer("a", "{}".getBytes(StandardCharsets.UTF_8))).isEqualTo(new Sent.Accepted());
        invocation();
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void opens_another_connection_after_one_that_was_announced_as_closing() {
        service.on(
                "next",
                ScriptedRuntimeApi.sendingAndClosing(ScriptedRuntimeApi.invocation("a", "{}", "Connection: close")));
        invocation();
        assertThat(api.answer("a", new byte[0])).isEqualTo(new Sent.Accepted());
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void a_kept_connection_that_is_gone_is_replaced_when_asking_for_the_next_invocation() {
        service.on("next", ScriptedRuntimeApi.sendingAndClosing(ScriptedRuntimeApi.invocation("a", "{}")));
        service.invoking("b", "{}");
        assertThat(invocation().id()).isEqualTo("a");
        assertThat(invocation().id()).isEqualTo("b");
        assertThat(service.connections()).isEqualTo(2);
    }

    @Test
    void a_fresh_connection_that_is_cut_is_not_replaced() {
        service.on("next", ScriptedRuntimeApi.closing()).invoking("b", "{}");
        assertThat(api.next()).isInstanceOf(Next.Failed.class);
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void an_error_is_never_said_twice() {
        service.on("next", ScriptedRuntimeApi.sendingAndClosing(ScriptedRuntimeApi.invocation("a", "{}")));
        service.on("error", ScriptedRuntimeApi.closing());
        invocation();
        assertThat(api.invocationError("a", ErrorReport.of("Function.Failed", "no")))
                .isInstanceOf(Sent.Broken.class);
        assertThat(service.requests("error")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void an_event_of_exactly_the_limit_is_read_and_one_byte_more_is_not() {
        String largest = "{\"a\":\"" + "x".repeat(RuntimeApi.EVENT_BYTES - 8) + "\"}";
        service.invoking("a", largest).invoking("b", largest + " ").invoking("c", "{}");
        assertThat(invocation().event()).hasSize(RuntimeApi.EVENT_BYTES);
        Next.Invocation larger = invocation();
        assertThat(larger.tooLong()).isTrue();
        assertThat(larger.event()).isEmpty();
        assertThat(invocation().id()).isEqualTo("c");
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void a_chunked_event_over_the_limit_is_not_kept() {
        String chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
        service.on(
                "next",
                "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(7) + "0\r\n\r\n");
        assertThat(invocation().tooLong()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 500, 503})
    void another_status_than_200_is_a_failure_with_its_words(int status) {
        service.on("next", ScriptedRuntimeApi.reply(status, "{\"errorType\":\"InvalidStateTransition\"}"));
        assertThat(((Next.Failed) api.next()).reason())
                .isEqualTo("status " + status + " {\"errorType\":\"InvalidStateTransition\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: ../x\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a b\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 020 OK\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n"
            })
    void an_answer_that_is_none_is_a_failure(String answer) {
        service.on("next", ScriptedRuntimeApi.sendingAndClosing(answer));
        assertThat(api.next()).isInstanceOf(Next.Failed.class);
    }

    @Test
    void a_head_without_end_is_given_up() {
        service.on("next", "HTTP/1.1 200 OK\r\nX: " + "y".repeat(300_000));
        assertThat(api.next()).isEqualTo(new Next.Failed("the head is too long"));
    }

    @Test
    void an_event_that_breaks_off_is_a_failure() {
        service.on(
                "next",
                ScriptedRuntimeApi.sendingAndClosing(
                        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\nContent-Length: 20\r\n\r\n{\"a\""));
        assertThat(api.next()).isEqualTo(new Next.Failed("the Runtime API closed the connection"));
    }

    @Test
    void nobody_listening_is_a_failure() {
        try (NobodyThere nobody = new NobodyThere()) {
            assertThat(RuntimeApi.at("127.0.0.1:" + nobody.port()).next()).isInstanceOf(Next.Failed.class);
        }
    }

    @Test
    void errors_are_told_in_these_bytes() {
        api.initError(ErrorReport.of("Function.InitFailed", "no \"config\""));
        api.invocationError("id-1", ErrorReport.of("Function.Failed", "x"));
        api.restoreError(ErrorReport.of("Runtime.AfterRestoreError", "y"));
        List<Request> requests = service.requests();
        String body =
                "{\"errorMessage\":\"no \\\"config\\\"\",\"errorType\":\"Function.InitFailed\",\"stackTrace\":[]}";
        assertThat(requests.getFirst().raw())
                .isEqualTo("POST /2018-06-01/runtime/init/error HTTP/1.1\r\nHost: " + service.address()
                        + "\r\nUser-Agent: sluice\r\nContent-Type: application/json\r\n"
                        + "Lambda-Runtime-Function-Error-Type: Function.InitFailed\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
        assertThat(requests)
                .extracting(Request::path)
                .containsExactly(
                        "/2018-06-01/runtime/init/error",
                        "/2018-06-01/runtime/invocation/id-1/error",
                        "/2018-06-01/runtime/restore/error");
    }

    @Test
    void an_error_tells_where_it_comes_from() {
        String json = new String(
                ErrorReport.of("Function.Failed", new IllegalStateException("why"))
                        .json(),
                StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith(
                        "{\"errorMessage\":\"java.lang.IllegalStateException: why\",\"errorType\":\"Function.Failed\"")
                .contains("\"stackTrace\":[\"dev.sluice.lambda.RuntimeApiTest.an_error_tells_where_it_comes_from(");
    }

    @Test
    void waits_for_the_restore() {
        service.on("restore/next", ScriptedRuntimeApi.reply(200, ""));
        service.on("restore/next", ScriptedRuntimeApi.reply(404, "no"));
        service.on("restore/next", ScriptedRuntimeApi.closing());
        assertThat(api.restoreNext()).isEqualTo(new Sent.Accepted());
        assertThat(api.restoreNext()).isEqualTo(new Sent.Refused(404, "no"));
        assertThat(api.restoreNext()).isInstanceOf(Sent.Broken.class);
        assertThat(service.requests("restore/next")).hasSize(3);
    }

    @Test
    void answers_whole_with_a_length_and_without_the_streaming_mode() {
        service.on("response", ScriptedRuntimeApi.reply(413, "{\"errorType\":\"RequestEntityTooLarge\"}"));
        assertThat(api.answer("id-1", "{\"done\":true}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Sent.Refused(413, "{\"errorType\":\"RequestEntityTooLarge\"}"));
        assertThat(service.only("response").raw())
                .isEqualTo("POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nHost: " + service.address()
                        + "\r\nUser-Agent: sluice\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n"
                        + "{\"done\":true}");
    }
}
