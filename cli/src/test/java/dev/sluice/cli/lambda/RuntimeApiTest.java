package dev.sluice.cli.lambda;

import static dev.sluice.cli.lambda.RuntimeApiFixture.get;
import static dev.sluice.cli.lambda.RuntimeApiFixture.post;
import static dev.sluice.cli.lambda.RuntimeApiFixture.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeApiTest {
    @Test
    void hands_an_event_over_with_all_its_headers() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client().send(get("invocation/next"));
            api.deliver("i1");

            RawClient.Response event = runtime.response(false);

            assertThat(event.status()).isEqualTo(200);
            assertThat(event.body()).isEqualTo("{\"n\":1}");
            assertThat(event.head())
                    .contains(
                            "\r\ncontent-type: application/json\r\n",
                            "\r\nlambda-runtime-aws-request-id: i1\r\n",
                            "\r\nlambda-runtime-deadline-ms: 1234567\r\n",
                            "\r\nlambda-runtime-invoked-function-arn:"
                                    + " arn:aws:lambda:us-east-1:000000000000:function:tested\r\n",
                            "\r\nlambda-runtime-trace-id: root=1-2-3;parent=4;sampled=0\r\n");
        }
    }

    @Test
    void hands_the_same_event_over_again_while_it_is_not_answered() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            api.running(runtime, "i1");

            RawClient.Response again = api.client().exchange(get("invocation/next"));

            assertThat(again.head()).contains("lambda-runtime-aws-request-id: i1");
        }
    }

    @Test
    void takes_a_buffered_answer_whole() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            Invocation invocation = api.running(runtime, "i1");

            RawClient.Response accepted =
                    runtime.exchange(post("invocation/i1/response", "{\"a\":1}", "Content-Type: application/json"));

            assertThat(accepted.status()).isEqualTo(202);
            assertThat(accepted.body()).isEqualTo("{\"status\":\"OK\"}");
            assertThat(invocation.answer().take()).isEqualTo(new AnswerPart.Begun("application/json", false));
            assertThat(bytes(invocation)).isEqualTo("{\"a\":1}");
            assertThat(invocation.answer().take()).isEqualTo(new AnswerPart.Ended(Headers.NONE));
        }
    }

    @Test
    void passes_streamed_bytes_on_before_the_answer_has_ended() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            Invocation invocation = api.running(runtime, "i1");

            runtime.send(streamed("i1", "5;name=\"value\"\r\nfirst\r\n"));
            AnswerPart begun = invocation.answer().take();
            String first = bytes(invocation);
            runtime.send("6\r\nsecond\r\n0\r\nLambda-Runtime-Function-Error-Type: Function.Bad\r\nx-more: yes\r\n\r\n");

            assertThat(begun).isInstanceOf(AnswerPart.Begun.class);
            assertThat(first).isEqualTo("first");
            assertThat(bytes(invocation)).isEqualTo("second");
            assertThat(invocation.answer().take())
                    .isEqualTo(new AnswerPart.Ended(
                            Headers.of("lambda-runtime-function-error-type", "Function.Bad", "x-more", "yes")));
            assertThat(runtime.response(false).status()).isEqualTo(202);
        }
    }

    @Test
    void takes_the_next_call_on_the_same_connection_after_a_streamed_answer() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            api.running(runtime, "i1");
            assertThat(runtime.exchange(streamed("i1", "2\r\n{}\r\n0\r\n\r\n")).status())
                    .isEqualTo(202);

            assertThat(api.running(runtime, "i2").id()).isEqualTo("i2");
        }
    }

    @ParameterizedTest
    @CsvSource({"wrong,response", "i1x,response", "'',response", "wrong,error"})
    void refuses_an_answer_to_another_invocation_and_moves_nothing(String id, String call) throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            api.running(runtime, "i1");

            RawClient.Response refused = runtime.exchange(post("invocation/" + id + "/" + call, "{}"));

            assertThat(refused.status()).isEqualTo(id.isEmpty() ? 404 : 400);
            assertThat(api.session.state()).isEqualTo(new RuntimeState.Running());
            assertThat(runtime.exchange(post("invocation/i1/response", "{}")).status())
                    .isEqualTo(202);
        }
    }

    @Test
    void refuses_an_unknown_response_mode() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            Invocation invocation = api.running(runtime, "i1");

            RawClient.Response refused = runtime.exchange(
                    post("invocation/i1/response", "{}", "Lambda-Runtime-Function-Response-Mode: buffered"));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("\"InvalidFunctionResponseMode\"");
            assertThat(failure(invocation).type()).isEqualTo("Runtime.InvalidResponseModeHeader");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,202", "1,413"})
    void bounds_a_buffered_answer(int over, int status) throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            Invocation invocation = api.running(runtime, "i1");
            String body = "x".repeat(6 * 1024 * 1024 + 100 + over);

            RawClient.Response reply = runtime.exchange(post("invocation/i1/response", body));

            assertThat(reply.status()).isEqualTo(status);
            if (over > 0) {
                assertThat(reply.body()).contains("\"RequestEntityTooLarge\"");
                assertThat(failure(invocation).type()).isEqualTo("Function.ResponseSizeTooLarge");
            }
            assertThat(api.session.state()).isEqualTo(new RuntimeState.ResponseSent());
        }
    }

    @Test
    void bounds_a_streamed_answer() throws Exception {
        EngineLimits limits = EngineLimits.DEFAULT.withStream(8);
        try (RuntimeApiFixture api = new RuntimeApiFixture(InitType.ON_DEMAND, limits, Faults.NONE)) {
            RawClient runtime = api.client();
            Invocation invocation = api.running(runtime, "i1");

            RawClient.Response reply = runtime.exchange(streamed("i1", "9\r\n123456789\r\n0\r\n\r\n"));

            assertThat(reply.status()).isEqualTo(413);
            invocation.answer().take();
            assertThat(failure(invocation).kind()).isEqualTo(InvocationFailure.Kind.TOO_LARGE);
        }
    }

    @ParameterizedTest
    @CsvSource({"'2\r\n{}\r\n'", "'5\r\n{}'", "'2\r\n{}\r\n0\r\n'", "'2\r\n{}X'", "'zz\r\n'"})
    void calls_an_upload_that_is_cut_truncated(String chunks) throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            Invocation invocation = api.running(runtime, "i1");

            runtime.send(streamed("i1", chunks));
            runtime.shutdownOutput();
            RawClient.Response reply = runtime.response(false);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).contains("\"TruncatedHTTPRequest\"");
            AnswerPart part = invocation.answer().take();
            while (!(part instanceof AnswerPart.Failed)) {
                assertThat(part).isNotInstanceOf(AnswerPart.Ended.class);
                part = invocation.answer().take();
            }
            assertThat(((AnswerPart.Failed) part).failure().type()).isEqualTo("Runtime.TruncatedResponse");
            assertThat(api.session.state()).isEqualTo(new RuntimeState.ResponseSent());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Runtime.ExitError,Runtime.ExitError",
        "Function.MyError,Function.MyError",
        "Runtime.lower,Runtime.Unknown",
        "Runtime.No1,Runtime.Unknown",
        "java.lang.RuntimeException,Function.Unknown",
        "'',Function.Unknown"
    })
    void rewrites_error_types_that_are_none(String given, String known) throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            Invocation invocation = api.running(runtime, "i1");

            runtime.exchange(post(
                    "invocation/i1/error", "{\"errorMessage\":\"m\"}", "Lambda-Runtime-Function-Error-Type: " + given));

            InvocationFailure failure = failure(invocation);
            assertThat(failure.type()).isEqualTo(known);
            assertThat(new String(failure.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"errorMessage\":\"m\"}");
        }
    }

    @Test
    void reports_a_failed_start_and_a_failed_restore() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open(InitType.SNAP_START)) {
            api.client()
                    .exchange(post(
                            "init/error", "{}", "Lambda-Runtime-Function-Error-Type: Runtime.BeforeCheckpointError"));
            assertThat(api.told()).isEqualTo("initFailed");
            assertThat(api.startFailures.getFirst().type()).isEqualTo("Runtime.BeforeCheckpointError");
        }
        try (RuntimeApiFixture api = RuntimeApiFixture.open(InitType.SNAP_START)) {
            RawClient runtime = api.client().send(get("restore/next"));
            assertThat(api.told()).isEqualTo("restoreReady");
            api.session.restored();
            runtime.response(false);
            runtime.exchange(post("restore/error", "{}"));
            assertThat(api.told()).isEqualTo("restoreFailed");
        }
    }

    @Test
    void gives_credentials_for_the_right_token_only_and_others_after_a_restore() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open(InitType.SNAP_START)) {
            RawClient runtime = api.client();
            String ask = "GET /2021-04-23/credentials HTTP/1.1\r\nHost: x\r\nAuthorization: ";
            assertThat(runtime.exchange(ask + "guess\r\n\r\n").status()).isEqualTo(404);

            String right = ask + api.credentials.authorization() + "\r\n\r\n";
            String before = runtime.exchange(right).body();
            api.credentials.rotate(api.time.now());
            String after = runtime.exchange(right).body();

            assertThat(before).contains("\"AccessKeyId\"", "\"SecretAccessKey\"", "\"Token\"", "\"Expiration\"");
            assertThat(after).isNotEqualTo(before);
        }
    }

    @Test
    void serves_several_invocations_at_a_time_when_it_may() throws Exception {
        try (RuntimeApiFixture api = new RuntimeApiFixture(InitType.ON_DEMAND, EngineLimits.DEFAULT, Faults.NONE, 2)) {
            RawClient one = api.client();
            RawClient two = api.client();
            Invocation first = api.running(one, "i1");
            Invocation second = api.running(two, "i2");
            assertThat(api.client().exchange(get("invocation/next")).status())
                    .as("the third worker of two re-reads the event of the first")
                    .isEqualTo(200);

            assertThat(two.exchange(post("invocation/i2/response", "two")).status())
                    .isEqualTo(202);
            assertThat(one.exchange(post("invocation/i1/response", "one")).status())
                    .isEqualTo(202);

            first.answer().take();
            second.answer().take();
            assertThat(bytes(first)).isEqualTo("one");
            assertThat(bytes(second)).isEqualTo("two");
        }
    }

    @Test
    void breaks_on_purpose_as_told() throws Exception {
        Faults faults = Faults.NONE.withFailedNexts(1).withForbiddenAnswers(1).withCutAfter(10);
        try (RuntimeApiFixture api = new RuntimeApiFixture(InitType.ON_DEMAND, EngineLimits.DEFAULT, faults)) {
            RawClient runtime = api.client();
            assertThat(runtime.exchange(get("invocation/next")).status()).isEqualTo(500);
            Invocation invocation = api.running(runtime, "i1");
            assertThat(runtime.exchange(streamed("i1", "0\r\n\r\n")).status()).isEqualTo(403);

            runtime.send(streamed("i1", "8\r\n12345678\r\n"));
            invocation.answer().take();
            assertThat(bytes(invocation)).isEqualTo("12345678");
            runtime.send("8\r\n12345678\r\n");

            assertThat(failure(invocation).kind()).isEqualTo(InvocationFailure.Kind.TRUNCATED);
        }
    }

    @Test
    void holds_events_back_and_reads_slowly_on_purpose_as_told() throws Exception {
        Faults faults = Faults.NONE.withNextDelay(Duration.ofMinutes(3)).withReadPause(Duration.ofMinutes(5));
        try (RuntimeApiFixture api = new RuntimeApiFixture(InitType.ON_DEMAND, EngineLimits.DEFAULT, faults)) {
            RawClient runtime = api.client();
            api.running(runtime, "i1");
            assertThat(api.time.elapsed()).isEqualTo(Duration.ofMinutes(3));

            assertThat(runtime.exchange(streamed("i1", "2\r\n{}\r\n0\r\n\r\n")).status())
                    .isEqualTo(202);
            assertThat(api.time.elapsed()).as("two reads").isEqualTo(Duration.ofMinutes(13));
        }
    }

    private static String bytes(Invocation invocation) throws InterruptedException {
        return new String(((AnswerPart.Bytes) invocation.answer().take()).bytes(), StandardCharsets.UTF_8);
    }

    private static InvocationFailure failure(Invocation invocation) throws InterruptedException {
        return ((AnswerPart.Failed) invocation.answer().take()).failure();
    }
}
