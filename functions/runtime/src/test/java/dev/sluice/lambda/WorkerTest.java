package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.lambda.ScriptedRuntimeApi.Request;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.testkit.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> traces = new ArrayList<>();
    private ScriptedRuntimeApi service;

    @BeforeEach
    void open() throws IOException {
        service = new ScriptedRuntimeApi();
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    /// Runs until the list is at its end.
    private FakeFunction run(FakeFunction function) {
        assertThat(new Worker(service.client(), function, time, traces::add).run())
                .isEqualTo(RuntimeLoop.LOST);
        return function;
    }

    private FakeFunction run(FakeFunction.Answer answer) {
        return run(new FakeFunction(answer));
    }

    private void invoking(String id, String event, Duration left) {
        long deadline = time.now().plus(left).toEpochMilli();
        service.on("next", ScriptedRuntimeApi.invocation(id, event, "Lambda-Runtime-Deadline-Ms: " + deadline));
    }

    /// Whatever came before, the next invocation is answered.
    private void goesOn() {
        service.invoking("last", Events.post("still here"));
    }

    /// The worker does not wait until the service has read what is cut off: the test does.
    private Request answerTo(String id) throws InterruptedException {
        return service.awaitAnswerTo(id);
    }

    @Test
    void answers_one_invocation_after_the_other_on_one_connection() throws InterruptedException {
        service.invoking("a", Events.post("one")).invoking("b", Events.post("two"));
        run(new FakeFunction());
        assertThat(answerTo("a").content()).isEqualTo("one");
        assertThat(answerTo("b").content()).isEqualTo("two");
        assertThat(service.requests())
                .extracting(request -> request.path().substring("/2018-06-01/runtime/invocation/".length()))
                .startsWith("next", "a/response", "next", "b/response", "next");
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void gives_up_after_five_failures_in_a_row_with_growing_pauses() {
        run(new FakeFunction());
        assertThat(service.requests("next")).hasSize(5);
        assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(50 + 100 + 200 + 400));
    }

    @Test
    void failures_that_are_over_are_forgotten() {
        for (int i = 0; i < 3; i++) {
            for (int failure = 0; failure < 4; failure++) {
                service.on("next", ScriptedRuntimeApi.reply(500, ""));
            }
            service.invoking("id-" + i, Events.post("x"));
        }
        assertThat(run(new FakeFunction()).requests()).hasSize(3);
    }

    @Test
    void tells_the_function_how_long_it_has() {
        invoking("a", Events.post("x"), Duration.ofSeconds(60));
        service.invoking("b", Events.post("x"));
        assertThat(run(new FakeFunction()).requests())
                .extracting(InboundRequest::remaining)
                .containsExactly(Duration.ofSeconds(55), null);
    }

    @ParameterizedTest
    @ValueSource(ints = {-3600, 0, 3, 5})
    void an_invocation_without_time_for_an_answer_is_the_functions_to_refuse(int seconds) throws InterruptedException {
        invoking("a", Events.post("x"), Duration.ofSeconds(seconds));
        goesOn();
        FakeFunction function = run((request, response) -> {
            if (request.remaining() != null && !request.remaining().isPositive()) {
                response.start(504, Headers.NONE, -1);
                response.end();
            } else {
                FakeFunction.echo(request, response);
            }
        });
        assertThat(function.requests())
                .extracting(InboundRequest::remaining)
                .containsExactly(Duration.ofSeconds(seconds - 5), null);
        assertThat(answerTo("a").prelude()).startsWith("{\"statusCode\":504");
        assertThat(answerTo("last").content()).isEqualTo("still here");
    }

    @Test
    void a_service_that_hands_an_event_out_byte_by_byte_is_waited_for() throws InterruptedException {
        service.on("next", socket -> {
            boolean goesOn = true;
            for (char octet :
                    ScriptedRuntimeApi.invocation("a", Events.post("late")).toCharArray()) {
                goesOn = ScriptedRuntimeApi.sending(String.valueOf(octet)).play(socket);
            }
            return goesOn;
        });
        goesOn();
        run(new FakeFunction());
        assertThat(answerTo("a").content()).isEqualTo("late");
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void a_service_that_closes_behind_an_event_loses_that_answer_and_no_other() throws InterruptedException {
        String event = ScriptedRuntimeApi.invocation("a", Events.post("x"));
        service.on("next", ScriptedRuntimeApi.sendingAndClosing(event));
        goesOn();
        assertThat(run(new FakeFunction()).requests()).hasSize(2);
        assertThat(answerTo("last").content()).isEqualTo("still here");
    }

    @Test
    void a_service_that_closes_without_a_word_is_asked_again() throws InterruptedException {
        service.on("next", ScriptedRuntimeApi.closing()).on("next", ScriptedRuntimeApi.closing());
        goesOn();
        run(new FakeFunction());
        assertThat(answerTo("last").content()).isEqualTo("still here");
    }

    @Test
    void hands_the_trace_on() {
        service.on("next", ScriptedRuntimeApi.invocation("a", Events.post("x"), "Lambda-Runtime-Trace-Id: Root=1-2"));
        service.invoking("b", Events.post("x"));
        run(new FakeFunction());
        assertThat(traces).containsExactly("Root=1-2");
    }

    @Test
    void an_event_that_is_too_large_is_a_413() throws InterruptedException {
        service.invoking("a", Events.post("x".repeat(RuntimeApi.EVENT_BYTES)));
        goesOn();
        assertThat(run(new FakeFunction()).requests()).hasSize(1);
        assertThat(answerTo("a").prelude()).startsWith("{\"statusCode\":413,");
    }

    @Test
    void an_event_that_is_no_request_is_a_400() throws InterruptedException {
        service.invoking("a", "{\"version\":\"7.0\",\"rawPath\":\"/\"}").invoking("b", "not json");
        goesOn();
        assertThat(run(new FakeFunction()).requests()).hasSize(1);
        assertThat(answerTo("a").content()).isEqualTo("Only events of payload format 2.0 are understood here.\n");
        assertThat(answerTo("b").prelude()).startsWith("{\"statusCode\":400,");
    }

    @Test
    void a_body_that_cannot_be_read_is_the_functions_to_refuse() {
        service.invoking("a", Events.post("***").replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true"));
        assertThat(run(new FakeFunction()).requests().getFirst().problem()).isInstanceOf(Failure.Refused.class);
    }

    @Test
    void a_function_that_throws_before_the_first_byte_is_a_500() throws InterruptedException {
        service.invoking("a", Events.post("x"));
        goesOn();
        run((request, response) -> {
            if (request.body().length == 1) {
                throw new IllegalStateException("defect");
            }
            FakeFunction.echo(request, response);
        });
        assertThat(answerTo("a").prelude()).startsWith("{\"statusCode\":500,");
        assertThat(answerTo("a").content()).isEqualTo("internal error\n");
        assertThat(answerTo("last").content()).isEqualTo("still here");
    }

    @Test
    void a_function_that_throws_after_the_first_byte_breaks_its_answer_and_no_other() throws InterruptedException {
        service.invoking("a", Events.post("x"));
        goesOn();
        run((request, response) -> {
            response.start(200, Headers.NONE, -1);
            FakeFunction.write(response, "some");
            if (request.body().length == 1) {
                throw new StackOverflowError();
            }
            response.end();
        });
        assertThat(answerTo("a").whole()).isFalse();
        assertThat(answerTo("a").raw())
                .contains("some\r\n0\r\nLambda-Runtime-Function-Error-Type: Function.AnswerAborted");
        assertThat(answerTo("last").whole()).isTrue();
    }

    @Test
    void a_function_that_forgets_the_end_breaks_its_answer() throws InterruptedException {
        service.invoking("a", Events.post("x"));
        run((request, response) -> response.start(200, Headers.NONE, -1));
        assertThat(answerTo("a").whole()).isFalse();
    }

    @Test
    void a_function_that_says_nothing_is_a_500() throws InterruptedException {
        service.invoking("a", Events.post("x"));
        run((request, response) -> {});
        assertThat(answerTo("a").prelude()).startsWith("{\"statusCode\":500,");
    }

    @Test
    void an_answer_aborted_before_it_began_is_an_error_of_the_invocation() throws InterruptedException {
        service.invoking("a", Events.post("x"));
        goesOn();
        run((request, response) -> {
            if (request.body().length == 1) {
                response.abort();
            } else {
                FakeFunction.echo(request, response);
            }
        });
        assertThat(service.only("error").path()).endsWith("/invocation/a/error");
        assertThat(answerTo("last").content()).isEqualTo("still here");
    }

    @Test
    void an_interrupt_that_the_function_leaves_behind_harms_nobody() throws InterruptedException {
        service.invoking("a", Events.post("x"));
        goesOn();
        run((request, response) -> {
            Thread.currentThread().interrupt();
            FakeFunction.echo(request, response);
        });
        assertThat(answerTo("last").content()).isEqualTo("still here");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 413, 500})
    void a_refused_answer_ends_nothing(int status) throws InterruptedException {
        service.invoking("a", Events.post("x")).on("response", ScriptedRuntimeApi.reply(status, "no"));
        goesOn();
        run(new FakeFunction());
        assertThat(answerTo("last").content()).isEqualTo("still here");
    }

    @Test
    void a_lost_answer_is_the_functions_to_know_and_ends_nothing() throws InterruptedException {
        service.invoking("a", Events.post("x")).on("response", ScriptedRuntimeApi.after(20, ""));
        goesOn();
        byte[] piece = new byte[65536];
        FakeFunction function = run((request, response) -> {
            response.start(200, Headers.NONE, -1);
            if (request.body().length == 1) {
                while (true) {
                    response.write(piece, 0, piece.length);
                }
            }
            response.end();
        });
        assertThat(function.hooks()).containsExactly("gone");
        assertThat(answerTo("last").whole()).isTrue();
    }

    @Test
    void an_invocation_whose_answer_was_lost_is_answered_when_it_comes_again() {
        service.invoking("a", Events.post("x")).on("response", ScriptedRuntimeApi.closing());
        service.invoking("a", Events.post("x"));
        run(new FakeFunction());
        assertThat(service.requests("response")).hasSize(2);
        assertThat(service.requests("error")).isEmpty();
    }

    @Test
    void an_invocation_that_was_answered_is_not_paid_for_twice() throws InterruptedException {
        service.invoking("a", Events.post("x")).invoking("a", Events.post("x"));
        goesOn();
        assertThat(run(new FakeFunction()).requests()).hasSize(2);
        assertThat(service.only("error").raw()).contains("Function-Error-Type: Runtime.RepeatedInvocation\r\n");
        assertThat(answerTo("last").content()).isEqualTo("still here");
    }

    @Test
    void a_service_that_only_repeats_itself_is_left() {
        for (int i = 0; i < 20; i++) {
            service.invoking("a", Events.post("x"));
        }
        assertThat(run(new FakeFunction()).requests()).hasSize(1);
        assertThat(service.requests("error")).hasSize(5);
    }

    @Test
    void other_events_are_answered_whole() throws InterruptedException {
        service.invoking("a", "{\"Step\":\"createSecret\"}");
        run(new FakeFunction() {
            @Override
            public byte[] other(byte[] event) {
                return new String(event, StandardCharsets.UTF_8)
                        .replace("Step", "Done")
                        .getBytes(StandardCharsets.UTF_8);
            }
        });
        assertThat(answerTo("a").body()).isEqualTo("{\"Done\":\"createSecret\"}");
        assertThat(answerTo("a").head()).contains("Content-Length: 23\r\n").doesNotContain("streaming");
    }

    @Test
    void an_event_that_nobody_wants_is_an_error_of_the_invocation() throws InterruptedException {
        service.invoking("a", "{\"Step\":\"createSecret\"}");
        goesOn();
        run(new FakeFunction());
        assertThat(service.only("error").raw())
                .contains("Lambda-Runtime-Function-Error-Type: Function.Failed\r\n")
                .contains("This function answers HTTP requests only.");
        assertThat(answerTo("last").content()).isEqualTo("still here");
    }
}
