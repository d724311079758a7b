package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gateway's function as processes of the local engine: its own runtime, a real table, Secrets Manager on loopback,
/// the demo as provider.
class GatewayInEngineTest {
    private static final int CAP = 10;

    @TempDir
    static Path task;

    private static GatewayAccount account;

    @BeforeAll
    static void open() throws IOException {
        TaskJars.in(task);
        account = GatewayAccount.withRequests(CAP);
    }

    @AfterAll
    static void close() {
        account.close();
    }

    private static void answersInBothDialects(Engine engine) throws IOException {
        RawClient.Response chat = GatewayAccount.exchange(engine, GatewayAccount.chat(GatewayAccount.KEY, "hello"));
        assertThat(chat.status()).as(chat.body()).isEqualTo(200);
        assertThat(chat.head()).contains("content-type: text/event-stream", "x-sluice-request-id: ");
        assertThat(chat.body()).endsWith("data: [DONE]\n\n");
        RawClient.Response messages =
                GatewayAccount.exchange(engine, GatewayAccount.messages(GatewayAccount.KEY, "hello"));
        assertThat(messages.status()).as(messages.body()).isEqualTo(200);
        assertThat(messages.body()).contains("event: message_stop");
        RawClient.Response refused = GatewayAccount.exchange(engine, GatewayAccount.chat("slc_nobody", "hello"));
        assertThat(refused.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"WRAPPER,ON_DEMAND", "WRAPPER,SNAP_START", "TAKEOVER,ON_DEMAND", "TAKEOVER,SNAP_START"})
    void answers_streams_in_both_dialects_and_knows_its_callers_by_either_entry(GatewayEntry entry, InitType type)
            throws Exception {
        Engine.Choice choice = account.usual(1).with(type).withMegabytes(1024).with(Duration.ofMinutes(4));
        try (Engine engine = Engine.start(entry.command(task), task, GatewayEntry.HANDLER, choice)) {
            answersInBothDialects(engine);

            assertThat(engine.all(EngineEvent.Started.class)).hasSize(1);
            assertThat(engine.all(EngineEvent.Restored.class)).hasSize(type == InitType.SNAP_START ? 1 : 0);
            assertThat(engine.all(EngineEvent.Stepped.class)).isNotEmpty().allMatch(EngineEvent.Stepped::allowed);
            assertThat(engine.all(EngineEvent.Refused.class)).isEmpty();
        }
    }

    @Test
    void environments_share_a_callers_limit_to_the_request() throws Exception {
        try (Engine engine = account.engine(account.usual(3));
                ExecutorService clients = Executors.newFixedThreadPool(3)) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < CAP + 8; i++) {
                calls.add(() -> GatewayAccount.exchange(engine, GatewayAccount.chat(GatewayAccount.LIMITED, "hello"))
                        .status());
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : clients.invokeAll(calls)) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnly(200, 429);
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(CAP);
            assertThat(engine.all(EngineEvent.Started.class)).hasSizeGreaterThan(1);
        }
    }
}
