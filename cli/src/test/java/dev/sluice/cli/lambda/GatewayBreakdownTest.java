package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gateway's function when its environment, its time, its provider or its client ends before the answer does.
class GatewayBreakdownTest {
    /// Room for one request with the most output that it may have.
    private static final int CAP = 1000;

    private static final int OUTPUT = 900;
    private static final String LAST_CHUNK = "\r\n0\r\n";

    private GatewayAccount account;
    private PromptedProvider provider;

    @BeforeEach
    void open() throws IOException {
        provider = new PromptedProvider(1);
        account = GatewayAccount.withTokens(CAP);
        account.configure(provider.config());
    }

    @AfterEach
    void close() {
        account.close();
        provider.close();
    }

    private static String limited(String prompt) {
        return GatewayAccount.request(
                "/v1/chat/completions",
                GatewayAccount.LIMITED,
                "{\"model\":\"m\",\"stream\":true,\"max_tokens\":" + OUTPUT
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}");
    }

    @Test
    void kill_9_in_mid_stream_cuts_the_client_and_the_reservation_comes_back_when_it_expires() throws Exception {
        try (Engine engine = account.engine(account.usual(2));
                RawClient client = engine.client()) {
            client.send(limited("stall"));
            assertThat(client.response(true).status()).isEqualTo(200);
            assertThat(client.until("stall")).doesNotContain(LAST_CHUNK);

            ProcessHandle.of(engine.await(EngineEvent.Started.class).pid())
                    .orElseThrow()
                    .destroyForcibly();

            assertThat(client.rest()).doesNotContain(LAST_CHUNK);
            assertThat(engine.await(EngineEvent.Ended.class).reason()).isEqualTo("signal: killed");
            RawClient.Response other =
                    GatewayAccount.exchange(engine, GatewayAccount.chat(GatewayAccount.KEY, "other"));
            assertThat(other.body()).contains("other").endsWith("data: [DONE]\n\n");
            assertThat(engine.all(EngineEvent.Started.class)).hasSize(2);
            RawClient.Response full = GatewayAccount.exchange(engine, limited("again"));
            assertThat(full.status()).as("what the month has is still reserved").isEqualTo(429);
        }
        assertThat(admitted(Duration.ZERO)).isInstanceOf(Ledger.Admission.Denied.class);
        assertThat(admitted(Duration.ofMinutes(3)))
                .as("the invocation's minute, and the minute of grace, are over")
                .isInstanceOf(Ledger.Admission.Granted.class);
    }

    /// What another process of the gateway says to the limited caller, that much later.
    private Ledger.Admission admitted(Duration later) {
        Caller limited = account.store.keys().list().stream()
                .map(KeyRecord::caller)
                .filter(caller -> caller.name().equals("limited"))
                .findFirst()
                .orElseThrow();
        VirtualTime time = new VirtualTime(Instant.now().plus(later));
        return new SharedLedger(account.store.limits(), new StoreBreaker(), time, new Random(1))
                .admitCaller(limited, new Ledger.Reserve(50, OUTPUT), Duration.ofSeconds(30));
    }

    /// The function keeps some seconds of each invocation for its last words.
    @Test
    void ends_a_call_itself_before_the_functions_time_is_over_and_lives_on() throws Exception {
        account.environment.put("AWS_LAMBDA_MAX_CONCURRENCY", "2"); // both wait at the same time
        try (Engine engine = account.engine(account.usual(1).with(Duration.ofSeconds(9)));
                RawClient silent = engine.client();
                RawClient stalled = engine.client()) {
            silent.send(GatewayAccount.chat(GatewayAccount.KEY, "hang"));
            stalled.send(GatewayAccount.chat(GatewayAccount.KEY, "stall"));

            RawClient.Response late = silent.response(false);
            assertThat(late.status()).as(late.body()).isEqualTo(504);
            assertThat(late.body()).startsWith("{\"error\":{");
            RawClient.Response half = stalled.response(false);
            assertThat(half.status()).isEqualTo(200);
            assertThat(half.body()).contains("stall", "\"error\":{");

            assertThat(GatewayAccount.exchange(engine, GatewayAccount.chat(GatewayAccount.KEY, "on"))
                            .body())
                    .endsWith("data: [DONE]\n\n");
            assertThat(engine.all(EngineEvent.Started.class)).hasSize(1);
        }
    }

    /// Lets the service read so many pieces of an answer, and no more.
    private record HeldReads(AtomicInteger left) implements Time {
        static final Duration PAUSE = Duration.ofHours(1);

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (!duration.equals(PAUSE)) {
                Thread.sleep(duration);
            } else if (left.getAndDecrement() <= 0) {
                new CountDownLatch(1).await();
            }
        }
    }

    /// The service takes the answers so slowly that the function cannot be done in time. The time is that of a cold
    /// environment on a machine under load: seven seconds were once over before the first byte.
    @Test
    void the_service_ends_what_is_not_done_in_time_before_and_after_the_first_byte() throws Exception {
        Engine.Choice choice =
                account.usual(1).with(Duration.ofSeconds(15)).with(Faults.NONE.withReadPause(HeldReads.PAUSE));
        Engine.Choice never = choice.with(new HeldReads(new AtomicInteger(0)));
        Engine.Choice once = choice.with(new HeldReads(new AtomicInteger(1)));
        try (Engine before = account.engine(never);
                Engine after = account.engine(once);
                RawClient unanswered = before.client();
                RawClient begun = after.client()) {
            unanswered.send(GatewayAccount.chat(GatewayAccount.KEY, "slow"));
            begun.send(GatewayAccount.chat(GatewayAccount.KEY, "slow"));

            assertThat(unanswered.response(false).status()).isEqualTo(504);
            assertThat(begun.response(true).status()).isEqualTo(200);
            assertThat(begun.rest()).doesNotContain(LAST_CHUNK, "[DONE]");
            for (Engine engine : List.of(before, after)) {
                assertThat(engine.await(EngineEvent.Ended.class).reason()).isEqualTo("timeout");
                assertThat(engine.await(EngineEvent.Answered.class)
                                .failure()
                                .orElseThrow()
                                .type())
                        .isEqualTo("Sandbox.Timeout");
            }
        }
    }

    @Test
    void a_client_that_leaves_is_invisible_and_its_stream_is_drained_settled_and_frozen_after() throws Exception {
        try (Engine engine = account.engine(account.usual(1))) {
            try (RawClient client = engine.client()) {
                client.send(limited("gate"));
                assertThat(client.response(true).status()).isEqualTo(200);
            }
            provider.openGate();

            EngineEvent.Answered answered = engine.await(EngineEvent.Answered.class);
            assertThat(answered.failure()).isEmpty();
            assertThat(answered.trailers().fields()).isEmpty();
            String line = engine.await(
                            EngineEvent.Output.class, output -> output.line().contains("\"caller\":\"limited\""))
                    .line();
            assertThat(line).contains("\"outcome\":\"ok\"", "\"inputUncached\":5", "\"output\":3");
            engine.awaitCount(EngineEvent.Frozen.class, 2); // at the start, and after the answer
            assertThat(engine.all(EngineEvent.Thawed.class)).hasSize(1);
            assertThat(engine.all(EngineEvent.Ended.class)).isEmpty();
        }
        assertThat(admitted(Duration.ZERO))
                .as("of what was reserved all but what was used is given back at once")
                .isInstanceOf(Ledger.Admission.Granted.class);
    }

    @ParameterizedTest
    @CsvSource({"reset,502", "break,200"})
    void a_provider_that_breaks_off_is_told_in_the_callers_dialect(String prompt, int status) throws Exception {
        try (Engine engine = account.engine(account.usual(1))) {
            RawClient.Response answer =
                    GatewayAccount.exchange(engine, GatewayAccount.messages(GatewayAccount.KEY, prompt));

            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains("\"type\":\"error\"").doesNotContain("message_stop");
            assertThat(engine.await(EngineEvent.Answered.class).failure()).isEmpty();
        }
    }
}
