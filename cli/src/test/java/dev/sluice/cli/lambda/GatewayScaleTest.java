package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.RawClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Many streams at once through several environments of the gateway's function.
class GatewayScaleTest {
    private static final int STREAMS = 50;

    /// The first row is the service's usual way: what finds no environment is throttled, and comes again. In the second all
    /// fifty are open at the same moment. The provider holds every stream until so many are open.
    @ParameterizedTest
    @CsvSource({"6,1,6", "5,10,50"})
    void fifty_streams_over_several_environments_mix_no_byte(int environments, int workers, int together)
            throws Exception {
        try (PromptedProvider provider = new PromptedProvider(together);
                GatewayAccount account = GatewayAccount.withRequests(1)) {
            account.configure(provider.config());
            account.environment.put("AWS_LAMBDA_MAX_CONCURRENCY", Integer.toString(workers));
            try (Engine engine = account.engine(account.usual(environments));
                    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                Semaphore turns = new Semaphore(environments * workers);
                List<Future<String>> answers = new ArrayList<>();
                for (int i = 0; i < STREAMS; i++) {
                    answers.add(clients.submit(patient(engine, turns, word(i))));
                }
                for (int i = 0; i < STREAMS; i++) {
                    assertThat(answers.get(i).get()).isEqualTo(PromptedProvider.stream(word(i)));
                }
                Set<Integer> used = new HashSet<>();
                engine.all(EngineEvent.Delivered.class).forEach(delivered -> used.add(delivered.environment()));
                assertThat(used).hasSize(environments);
                assertThat(engine.all(EngineEvent.Started.class)).hasSize(environments);
                assertThat(engine.all(EngineEvent.Refused.class)).isEmpty();
            }
            assertThat(provider.requests()).hasSize(STREAMS);
        }
    }

    private static String word(int number) {
        return String.format("together<%02d>", number);
    }

    /// A client that waits for its turn, and comes back when it is throttled all the same.
    private static Callable<String> patient(Engine engine, Semaphore turns, String word) {
        return () -> {
            turns.acquire();
            try {
                RawClient.Response answer =
                        GatewayAccount.exchange(engine, GatewayAccount.chat(GatewayAccount.KEY, word));
                while (answer.status() == 429) {
                    answer = GatewayAccount.exchange(engine, GatewayAccount.chat(GatewayAccount.KEY, word));
                }
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                return answer.body();
            } finally {
                turns.release();
            }
        };
    }
}
