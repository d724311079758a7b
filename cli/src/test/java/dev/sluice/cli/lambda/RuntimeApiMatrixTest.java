package dev.sluice.cli.lambda;

import static dev.sluice.cli.lambda.RuntimeApiFixture.get;
import static dev.sluice.cli.lambda.RuntimeApiFixture.post;
import static dev.sluice.cli.lambda.RuntimeApiFixture.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every call in every state that can be reached over HTTP.
class RuntimeApiMatrixTest {
    static final List<String> REACHABLE = List.of(
            "Started",
            "InitError",
            "RestoreReady",
            "Restoring",
            "RestoreError",
            "Ready",
            "Running",
            "InvocationResponse",
            "ResponseSent");
    static final List<String> CALLS = List.of(
            get("invocation/next"),
            get("restore/next"),
            post("invocation/i1/response", "{}"),
            post("invocation/i1/error", "{}"),
            post("init/error", "{}"),
            post("restore/error", "{}"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            state              | next | restore/next | response | error | init/error | restore/error
            Started            | 200  | 200          | 400      | 400   | 202        | 403
            InitError          | 403  | 403          | 400      | 400   | 403        | 403
            RestoreReady       | 403  | 403          | 400      | 400   | 403        | 403
            Restoring          | 200  | 403          | 400      | 400   | 202        | 202
            RestoreError       | 403  | 403          | 400      | 400   | 403        | 403
            Ready              | 200  | 403          | 400      | 400   | 403        | 403
            Running            | 200  | 403          | 202      | 202   | 403        | 403
            InvocationResponse | 403  | 403          | 403      | 403   | 403        | 403
            ResponseSent       | 200  | 403          | 403      | 403   | 403        | 403
            """)
    void answers_each_call_as_the_state_says(
            String state, int next, int restoreNext, int response, int error, int initError, int restoreError)
            throws Exception {
        List<Integer> expected = List.of(next, restoreNext, response, error, initError, restoreError);
        List<Integer> statuses = new ArrayList<>();
        for (String call : CALLS) {
            statuses.add(status(state, call));
        }
        assertThat(statuses).isEqualTo(expected);
    }

    /// What the runtime is answered, in the words of the page.
    static String cell(String state, String call) throws IOException, InterruptedException {
        int status = status(state, call);
        if (status != 200) {
            return Integer.toString(status);
        }
        return state.equals("Running") ? "200, the same event" : "200, waits";
    }

    private static int status(String state, String request) throws IOException, InterruptedException {
        try (RuntimeApiFixture api = RuntimeApiFixture.open(InitType.SNAP_START)) {
            reach(api, state);
            RuntimeState.Running running = new RuntimeState.Running();
            boolean was = api.session.state().equals(running);
            RawClient client = api.client().send(request);
            RuntimeState now = api.session.state();
            if (request.equals(get("restore/next")) && state.equals("Started")) {
                assertThat(api.told()).isEqualTo("restoreReady");
                api.session.restored();
            } else if (request.equals(get("invocation/next")) && mayWait(state) && !was) {
                assertThat(now).isNotEqualTo(running);
                api.deliver("i2");
            }
            return client.response(false).status();
        }
    }

    private static boolean mayWait(String state) {
        return switch (state) {
            case "Started", "Restoring", "Ready", "ResponseSent" -> true;
            default -> false;
        };
    }

    private static void reach(RuntimeApiFixture api, String state) throws IOException, InterruptedException {
        switch (state) {
            case "Started" -> {}
            case "InitError" -> api.client().exchange(post("init/error", "{}"));
            case "RestoreReady" -> restoreReady(api);
            case "Restoring" -> restoring(api);
            case "RestoreError" -> {
                restoring(api);
                api.client().exchange(post("restore/error", "{}"));
            }
            case "Ready" -> {
                api.client().send(get("invocation/next"));
                assertThat(api.told()).isEqualTo("ready");
            }
            case "Running" -> api.running(api.client(), "i1");
            case "InvocationResponse" -> {
                Invocation invocation = api.running(api.client(), "i1");
                api.client().send(streamed("i1", "2\r\n{}\r\n"));
                assertThat(invocation.answer().take()).isInstanceOf(AnswerPart.Begun.class);
            }
            case "ResponseSent" -> {
                RawClient runtime = api.client();
                api.running(runtime, "i1");
                runtime.exchange(post("invocation/i1/response", "{}"));
            }
            default -> throw new IllegalArgumentException(state);
        }
        assertThat(api.session.state().title()).isEqualTo(state);
    }

    private static RawClient restoreReady(RuntimeApiFixture api) throws IOException, InterruptedException {
        RawClient waiting = api.client().send(get("restore/next"));
        assertThat(api.told()).isEqualTo("restoreReady");
        return waiting;
    }

    private static void restoring(RuntimeApiFixture api) throws IOException, InterruptedException {
        RawClient waiting = restoreReady(api);
        api.session.restored();
        assertThat(waiting.response(false).body()).isEmpty();
    }

    @Test
    void says_which_transition_failed_in_the_services_words() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            api.running(runtime, "i1");

            RawClient.Response refused = runtime.exchange(post("init/error", "{}"));

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body())
                    .isEqualTo("{\"errorType\":\"InvalidStateTransition\",\"errorMessage\":\"State transition from"
                            + " Running to InitError failed for runtime. Error: State transition is not allowed\"}");
        }
    }

    @Test
    void knows_no_restore_on_demand() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            assertThat(api.client().exchange(get("restore/next")).status()).isEqualTo(404);
            assertThat(api.client().exchange(post("restore/error", "{}")).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void knows_only_its_own_paths_and_methods() throws Exception {
        try (RuntimeApiFixture api = RuntimeApiFixture.open()) {
            RawClient runtime = api.client();
            assertThat(runtime.exchange(get("elsewhere")).status()).isEqualTo(404);
            assertThat(runtime.exchange(get("invocation/i1/response")).status()).isEqualTo(405);
            assertThat(runtime.exchange(post("invocation/next", "")).status()).isEqualTo(405);
        }
    }
}
