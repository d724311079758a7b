package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient;
import dev.sluice.function.SeededGateway;
import dev.sluice.testkit.dynamodb.LocalDynamoDb;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The gateway's function on both sides of a snapshot.
class GatewaySnapshotTest {
    /// A start rehearses for seconds of computing time, in four processes side by side.
    private static final Duration STARTS = Duration.ofMinutes(4);

    @TempDir
    static Path task;

    private GatewayAccount account;

    @BeforeAll
    static void fill() throws IOException {
        TaskJars.in(task);
    }

    @BeforeEach
    void open() throws IOException {
        account = GatewayAccount.withRequests(1);
    }

    @AfterEach
    void close() {
        account.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void after_a_restore_nothing_goes_over_an_old_connection_or_is_signed_with_an_old_key(boolean takeover)
            throws Exception {
        try (PromptedProvider provider = new PromptedProvider(1);
                RecordingProxy table = RecordingProxy.to(LocalDynamoDb.sharedEndpoint());
                RecordingProxy secrets = RecordingProxy.to(account.secrets.endpoint())) {
            account.configure(provider.config());
            account.endpoints(table.uri(), secrets.uri());
            Engine.Choice choice = account.usual(1)
                    .snapStart()
                    .with(STARTS)
                    .withMegabytes(1024)
                    .atSnapshot(() -> {
                        table.cut();
                        secrets.cut();
                    });
            try (Engine engine = takeover ? takenOver(choice) : account.engine(choice)) {
                RawClient.Response first =
                        GatewayAccount.exchange(engine, GatewayAccount.chat(GatewayAccount.KEY, "hello"));
                RawClient.Response second =
                        GatewayAccount.exchange(engine, GatewayAccount.chat(GatewayAccount.LIMITED, "hello"));

                assertThat(first.status()).as(first.body()).isEqualTo(200);
                assertThat(second.status()).as(second.body()).isEqualTo(200);
                engine.await(EngineEvent.Restored.class);
                assertThat(engine.all(EngineEvent.Started.class)).hasSize(1);
            }
            assertThat(secrets.keysBefore()).hasSize(1).containsAll(table.keysBefore());
            assertThat(table.keysAfter()).hasSize(1).doesNotContainAnyElementsOf(secrets.keysBefore());
            assertThat(secrets.keysAfter()).isEqualTo(table.keysAfter());
            assertThat(table.connectionsAfter()).isPositive();
            assertThat(secrets.connectionsAfter()).isPositive();
        }
    }

    private static Engine takenOver(Engine.Choice choice) throws IOException {
        return Engine.start(GatewayEntry.TAKEOVER.command(task), task, GatewayEntry.HANDLER, choice);
    }

    /// In every environment chance begins the same before the snapshot, as it does in copies of one snapshot.
    @Test
    void environments_of_one_snapshot_share_no_id_and_no_random_number() throws Exception {
        assertThat(drawn(4, "after")).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void the_same_proof_fails_when_chance_does_not_begin_anew_after_the_restore() throws Exception {
        List<String> drawn = drawn(2, "never");

        assertThat(drawn).hasSizeGreaterThan((int) drawn.stream().distinct().count());
    }

    /// What each of so many environments made up in its first answer, the request's id and the answer's, and a number drawn
    /// when it was restored.
    private List<String> drawn(int environments, String reseeded) throws Exception {
        account.environment.put(SeededGateway.RESEEDED, reseeded);
        Engine.Choice choice =
                account.usual(environments).snapStart().withMegabytes(1024).with(STARTS);
        List<String> drawn = new ArrayList<>();
        try (Engine engine = account.engine(SeededGateway.class, choice).holdingDeliveries(environments);
                ExecutorService clients = Executors.newFixedThreadPool(environments)) {
            List<Callable<RawClient.Response>> calls = new ArrayList<>();
            for (int i = 0; i < environments; i++) {
                calls.add(() -> GatewayAccount.exchange(engine, GatewayAccount.messages(GatewayAccount.KEY, "hello")));
            }
            for (Future<RawClient.Response> call : clients.invokeAll(calls)) {
                RawClient.Response answer = call.get();
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                drawn.add(between(answer.head(), "x-sluice-request-id: ", "\r\n"));
                drawn.add(between(answer.body(), "\"id\":\"", "\""));
            }
            assertThat(engine.all(EngineEvent.Restored.class)).hasSize(environments);
            for (int i = 1; i <= environments; i++) {
                int number = i;
                drawn.add(engine.await(
                                EngineEvent.Output.class,
                                output -> output.environment() == number
                                        && output.line().startsWith(SeededGateway.PROBE))
                        .line());
            }
        }
        return drawn;
    }

    private static String between(String text, String before, String after) {
        assertThat(text).contains(before);
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }
}
