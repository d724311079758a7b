package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lambda.ScriptedRuntimeApi.Request;
import dev.sluice.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LambdaRuntimeTest {
    private final VirtualTime time = new VirtualTime();
    private final Map<String, String> environment = new HashMap<>();
    private ScriptedRuntimeApi service;

    @BeforeEach
    void open() throws IOException {
        service = new ScriptedRuntimeApi();
        environment.put("AWS_LAMBDA_RUNTIME_API", service.address());
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    private void snapStart() {
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    }

    private int serve(LambdaFunction function) {
        return new LambdaRuntime(environment, time).serve(() -> function);
    }

    private List<String> paths() {
        return service.requests().stream()
                .map(Request::path)
                .map(path -> path.substring("/2018-06-01/runtime/".length()))
                .distinct()
                .toList();
    }

    @Test
    void on_demand_knows_no_hooks() {
        service.invoking("a", Events.post("hello"));
        FakeFunction function = new FakeFunction();
        assertThat(serve(function)).isEqualTo(1);
        assertThat(function.hooks()).isEmpty();
        assertThat(paths()).containsExactly("invocation/next", "invocation/a/response");
        assertThat(service.only("response").content()).isEqualTo("hello");
    }

    @Test
    void primes_on_demand_when_asked_to() {
        environment.put("SLUICE_PRIME", "true");
        FakeFunction function = new FakeFunction();
        serve(function);
        assertThat(function.hooks()).containsExactly("prime");
    }

    @Test
    void goes_through_a_snapshot() {
        snapStart();
        service.on("restore/next", ScriptedRuntimeApi.reply(200, ""));
        service.invoking("a", Events.post("hello"));
        FakeFunction function = new FakeFunction();
        assertThat(serve(function)).isEqualTo(1);
        assertThat(function.hooks()).containsExactly("prime", "before", "after");
        assertThat(paths()).containsExactly("restore/next", "invocation/next", "invocation/a/response");
        assertThat(service.requests("restore/next")).hasSize(1);
        assertThat(service.only("restore/next").connection()).isZero();
        assertThat(service.only("response").connection()).isEqualTo(1);
    }

    @Test
    void no_cached_address_outlives_a_snapshot() {
        snapStart();
        service.on("restore/next", ScriptedRuntimeApi.reply(500, ""));
        serve(new FakeFunction());
        assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(1200));
    }

    @Test
    void a_function_that_cannot_be_primed_starts_cold() {
        snapStart();
        service.on("restore/next", ScriptedRuntimeApi.reply(200, ""));
        service.invoking("a", Events.post("hello"));
        serve(new FakeFunction() {
            @Override
            public void prime() {
                throw new IllegalStateException("no network here");
            }
        });
        assertThat(service.only("response").content()).isEqualTo("hello");
    }

    @Test
    void a_function_that_cannot_be_built_is_told_and_ends_the_process() {
        int code = new LambdaRuntime(environment, time).serve(() -> {
            throw new ExceptionInInitializerError("no table");
        });
        assertThat(code).isEqualTo(1);
        assertThat(paths()).containsExactly("init/error");
        assertThat(service.requests().getFirst().raw())
                .contains("Lambda-Runtime-Function-Error-Type: Function.InitFailed\r\n")
                .contains("no table");
    }

    @Test
    void a_failed_hook_before_the_snapshot_ends_the_process() {
        snapStart();
        int code = serve(new FakeFunction() {
            @Override
            public void beforeSnapshot() {
                throw new IllegalStateException("a socket is open");
            }
        });
        assertThat(code).isEqualTo(64);
        assertThat(paths()).containsExactly("init/error");
        assertThat(service.requests().getFirst().raw())
                .contains("Lambda-Runtime-Function-Error-Type: Runtime.BeforeCheckpointError\r\n");
    }

    @Test
    void a_failed_hook_after_the_restore_ends_the_process() {
        snapStart();
        service.on("restore/next", ScriptedRuntimeApi.reply(200, ""));
        int code = serve(new FakeFunction() {
            @Override
            public void afterRestore() {
                throw new IllegalStateException("no credentials");
            }
        });
        assertThat(code).isEqualTo(64);
        assertThat(paths()).containsExactly("restore/next", "restore/error");
        assertThat(service.requests().getLast().raw())
                .contains("Lambda-Runtime-Function-Error-Type: Runtime.AfterRestoreError\r\n");
    }

    @Test
    void a_service_that_knows_no_snapshots_ends_the_process() {
        snapStart();
        service.on("restore/next", ScriptedRuntimeApi.reply(404, "page not found"));
        FakeFunction function = new FakeFunction();
        assertThat(serve(function)).isEqualTo(64);
        assertThat(function.hooks()).containsExactly("prime", "before");
        assertThat(paths()).containsExactly("restore/next", "init/error");
    }

    @Test
    void a_connection_cut_while_frozen_ends_the_process() {
        snapStart();
        service.on("restore/next", ScriptedRuntimeApi.closing());
        assertThat(serve(new FakeFunction())).isEqualTo(64);
        assertThat(service.requests("restore/next")).hasSize(1);
    }

    @Test
    void runs_as_many_workers_as_the_service_wants() throws InterruptedException {
        environment.put("AWS_LAMBDA_MAX_CONCURRENCY", "3");
        for (String id : List.of("a", "b", "c")) {
            service.invoking(id, Events.post("x"));
        }
        CyclicBarrier together = new CyclicBarrier(3); // who is answered waits for the others
        FakeFunction function = new FakeFunction((request, response) -> {
            FakeFunction.meet(together);
            FakeFunction.echo(request, response);
        });
        assertThat(serve(function)).isEqualTo(1);
        assertThat(service.await("response", 3)).hasSize(3);
        assertThat(service.connections()).isEqualTo(3);
    }

    @Test
    void a_concurrency_that_is_no_number_is_one() {
        environment.put("AWS_LAMBDA_MAX_CONCURRENCY", "many");
        serve(new FakeFunction());
        assertThat(service.connections()).isEqualTo(1);
    }

    @Test
    void outside_of_lambda_nothing_starts() {
        environment.remove("AWS_LAMBDA_RUNTIME_API");
        assertThat(new LambdaRuntime(environment, time).serve(() -> {
                    throw new AssertionError("built");
                }))
                .isEqualTo(1);
    }
}
