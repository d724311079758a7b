package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.sluice.cli.front.FrontLimits;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Usage;
import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A thousand streams at the same time through one gateway: every client gets its own answer, whole, and nothing else.
class ManyStreamsTest {
    private static final int STREAMS = 1000;
    private static final int EVENTS = 50;
    /// Client, front, HTTP client, provider.
    private static final int SOCKETS_PER_STREAM = 4;

    private static final List<Lane> LANES = List.of(Lane.values());
    private static final String NONCE = "nonce-";

    /// Until all are open a slow machine may take longer than the usual silence.
    private static final String NO_KEEP_ALIVE = "\"timeouts\": {\"keepAliveMs\": 60000},";

    /// As happened: LiteLLM #25447, new-api #5446.
    @Test
    void no_stream_gets_a_byte_of_another() throws Exception {
        int streams = affordable();
        CountDownLatch allOpen = new CountDownLatch(streams);
        try (ScriptedServer provider =
                        Provider.playing(request -> (peer, talk) -> echo(peer, talk, number(request), allOpen));
                RunningGateway gateway = RunningGateway.before(provider.port(), NO_KEEP_ALIVE, FrontLimits.DEFAULT);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                int number = i;
                replies.add(clients.submit(() -> ask(gateway, number)));
            }
            for (int i = 0; i < streams; i++) {
                Reply reply = replies.get(i).get();
                expectOwnAnswer(reply, lane(i), i);
                expectExactUsage(gateway.entry(reply), i);
            }
            assertThat(provider.connections()).isEqualTo(streams);
        }
    }

    /// A thousand, or what the limit of open files allows.
    private static int affordable() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - 100;
            return (int) Math.min(STREAMS, free / SOCKETS_PER_STREAM);
        }
        return STREAMS;
    }

    private static Lane lane(int number) {
        return LANES.get(number % LANES.size());
    }

    private static String nonce(int number) {
        return String.format(Locale.ROOT, NONCE + "%04d;", number);
    }

    private static int number(String request) {
        int at = request.indexOf(NONCE) + NONCE.length();
        return Integer.parseInt(request.substring(at, at + 4));
    }

    private static Reply ask(RunningGateway gateway, int number) throws IOException {
        try (Client client = gateway.client()) {
            return client.exchange(lane(number).post(nonce(number), true));
        }
    }

    /// Every stream has begun before any goes on: they are open at the same time.
    private static void echo(ScriptedPeer peer, Talk talk, int number, CountDownLatch allOpen)
            throws IOException, InterruptedException {
        peer.send(Provider.STREAM_HEAD + Provider.chunk(talk.opening(number + 1) + talk.content(nonce(number))));
        allOpen.countDown();
        allOpen.await();
        for (int i = 1; i < EVENTS; i++) {
            peer.send(Provider.chunk(talk.content(nonce(number))));
        }
        peer.send(Provider.chunk(talk.closing(number + 1, EVENTS + number) + talk.terminal()) + "0\r\n\r\n");
    }

    private static void expectOwnAnswer(Reply reply, Lane lane, int number) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.whole()).isTrue();
        String own = nonce(number).repeat(EVENTS);
        if (lane.isIdentity()) {
            Talk talk = lane.provider();
            assertThat(reply.body())
                    .isEqualTo(talk.opening(number + 1)
                            + talk.content(nonce(number)).repeat(EVENTS)
                            + talk.closing(number + 1, EVENTS + number)
                            + talk.terminal());
        }
        assertThat(lane.client().textOf(reply.body())).isEqualTo(own);
        assertThat(reply.body()).endsWith(lane.client().terminal());
        assertThat(reply.body().split(NONCE, -1)).hasSize(EVENTS + 1);
    }

    private static void expectExactUsage(CallLog.Entry entry, int number) {
        assertThat(entry.outcome()).isEqualTo("ok");
        Usage usage = entry.usage();
        assertThat(usage.inputUncached()).isEqualTo(number + 1);
        assertThat(usage.output()).isEqualTo(EVENTS + number);
    }
}
