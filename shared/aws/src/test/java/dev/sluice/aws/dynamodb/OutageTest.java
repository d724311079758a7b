package dev.sluice.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.aws.dynamodb.TroubledTable.Trouble;
import dev.sluice.core.limits.StateItem;
import dev.sluice.core.ports.LimitStore.Reply;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream;
import dev.sluice.testkit.VirtualTime;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What requests see, and what is counted, while the table is away, late, throttled or failing in parts.
class OutageTest {
    private static final String CONFIG = """
            {"version": 1,
             "providers": [
               {"id": "bound", "endpoints": {"openai-chat": "https://bound.test/v1"}, "credential": "c", "models": ["m"],
                "rateLimits": [{"id": "day", "name": "day", "models": ["all"], "requests": 100000,
                                "window": {"unit": "day", "size": 1}}]}]}
            """;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();

    @Test
    void stopped_and_started_again_step_by_step(@TempDir Path directory) {
        try (LocalDynamoDb dynamo = LocalDynamoDb.in(directory);
                Tables.Fresh table = prepared(Tables.settings(dynamo.endpoint()));
                SharedGateway gateway = gateway(table.settings())) {
            serves(gateway, 5, "");

            dynamo.stop();
            serves(gateway, 3, "local-limits");
            assertThat(gateway.breaker.isOpen()).isTrue();
            serves(gateway, 4, "local-limits");
            assertThat(gateway.calls()).as("nothing is asked, so nothing waits").isEmpty();
            for (int second = 0; second < 3; second++) {
                time.advance(SECOND);
                serves(gateway, 1, "local-limits");
                assertThat(gateway.calls()).as("one probe a second").hasSize(1);
                serves(gateway, 1, "local-limits");
                assertThat(gateway.calls()).isEmpty();
            }

            dynamo.start();
            time.advance(SECOND);
            serves(gateway, 20, "");
            assertThat(gateway.breaker.isOpen()).isFalse();
            assertThat(counted(table)).as("each request once").isEqualTo(5 + 3 + 4 + 6 + 20);
        }
    }

    @Test
    void stopped_under_load_and_started_again(@TempDir Path directory) throws InterruptedException {
        try (LocalDynamoDb dynamo = LocalDynamoDb.in(directory);
                Tables.Fresh table = prepared(Tables.settings(dynamo.endpoint()));
                SharedGateway gateway = gateway(table.settings())) {
            int requests = 960;
            CountDownLatch third = new CountDownLatch(requests / 3);
            Thread stopping = Thread.startVirtualThread(() -> {
                awaits(third);
                dynamo.stop();
                dynamo.start();
            });
            List<Integer> statuses = Together.call(requests, i -> () -> {
                int status = gateway.chat("bound/m").status();
                third.countDown();
                time.advance(Duration.ofMillis(20));
                return status;
            });
            stopping.join();
            assertThat(statuses).containsOnly(200);
            time.advance(SECOND);
            serves(gateway, 20, "");
            assertThat(counted(table)).as("none twice").isLessThanOrEqualTo(requests + 20);
        }
    }

    @Test
    void a_table_that_carries_out_and_answers_late_counts_nothing_twice() throws IOException {
        try (Tables.Fresh table = prepared(Tables.settings(LocalDynamoDb.sharedEndpoint()));
                TroubledTable troubled = new TroubledTable(table.settings().endpoint());
                SharedGateway gateway = gateway(table.settings().withEndpoint(troubled.endpoint()))) {
            serves(gateway, 2, "");
            troubled.has(Trouble.LATE);
            gateway.patience(TableSettings.PATIENCE);
            serves(gateway, 5, "local-limits");
            assertThat(gateway.breaker.isOpen()).isTrue();
            assertThat(gateway.calls()).isEmpty();
            troubled.has(Trouble.NONE);
            gateway.patience(Duration.ofHours(1));
            time.advance(SECOND);
            serves(gateway, 10, "");
            assertThat(counted(table)).isLessThanOrEqualTo(2 + 5 + 10);
        }
    }

    @Test
    void a_throttled_table_is_told_later_what_it_did_not_do() throws IOException {
        try (Tables.Fresh table = prepared(Tables.settings(LocalDynamoDb.sharedEndpoint()));
                TroubledTable troubled = new TroubledTable(table.settings().endpoint());
                SharedGateway gateway = gateway(table.settings().withEndpoint(troubled.endpoint()))) {
            serves(gateway, 2, "");
            troubled.has(Trouble.THROTTLED);
            serves(gateway, 5, "local-limits");
            troubled.has(Trouble.NONE);
            time.advance(SECOND);
            serves(gateway, 10, "");
            assertThat(counted(table)).isEqualTo(2 + 5 + 10);
        }
    }

    @Test
    void a_table_that_fails_in_parts_serves_everyone_and_counts_nobody_twice() throws IOException {
        try (Tables.Fresh table = prepared(Tables.settings(LocalDynamoDb.sharedEndpoint()));
                TroubledTable troubled = new TroubledTable(table.settings().endpoint());
                SharedGateway gateway = gateway(table.settings().withEndpoint(troubled.endpoint()))) {
            serves(gateway, 1, "");
            troubled.has(Trouble.RESETS);
            for (int i = 0; i < 20; i++) {
                assertThat(gateway.chat("bound/m").status()).isEqualTo(200);
                time.advance(SECOND);
            }
            troubled.has(Trouble.NONE);
            time.advance(SECOND);
            serves(gateway, 10, "");
            assertThat(counted(table)).isLessThanOrEqualTo(1 + 20 + 10);
        }
    }

    @Test
    void keys_and_configuration_serve_for_fifteen_minutes_and_then_nobody_is_refused_his_key() throws IOException {
        try (Tables.Fresh table = prepared(Tables.settings(LocalDynamoDb.sharedEndpoint()));
                TroubledTable troubled = new TroubledTable(table.settings().endpoint());
                SharedGateway gateway = gateway(table.settings().withEndpoint(troubled.endpoint()))) {
            serves(gateway, 1, "");
            troubled.has(Trouble.THROTTLED);
            time.advance(Duration.ofMinutes(14));
            assertThat(gateway.chat("bound/m").header("x-sluice-state")).contains("stale-config", "local-limits");
            time.advance(Duration.ofMinutes(2));
            RecordingResponse tooOld = gateway.chat("bound/m");
            assertThat(tooOld.status()).isEqualTo(503);
            assertThat(tooOld.header("retry-after")).isNotEmpty();
            troubled.has(Trouble.NONE);
            time.advance(SECOND);
            serves(gateway, 1, "");
        }
    }

    private Tables.Fresh prepared(TableSettings settings) {
        Tables.Fresh table = Tables.fresh(settings.withPatience(null));
        SharedGateway.prepare(table.store(), CONFIG, time, List.of());
        return table;
    }

    private SharedGateway gateway(TableSettings settings) {
        SharedGateway gateway = new SharedGateway(settings, time);
        gateway.upstream.always(ScriptedUpstream.json(200, SharedGateway.ANSWER));
        return gateway;
    }

    private static void serves(SharedGateway gateway, int times, String state) {
        for (int i = 0; i < times; i++) {
            RecordingResponse response = gateway.chat("bound/m");
            assertThat(response.status()).as(response.body()).isEqualTo(200);
            assertThat(response.header("x-sluice-state")).as("request %s", i).isEqualTo(state);
        }
    }

    private static long counted(Tables.Fresh table) {
        return table.store().limits().read("provider#bound") instanceof Reply.Done(StateItem item)
                ? item.numbers().entrySet().stream()
                        .filter(counter -> counter.getKey().startsWith("q/"))
                        .mapToLong(counter -> counter.getValue())
                        .sum()
                : -1;
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
