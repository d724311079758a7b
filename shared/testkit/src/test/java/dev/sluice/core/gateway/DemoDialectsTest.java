package dev.sluice.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.access.Access;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.demo.DemoProvider;
import dev.sluice.core.demo.DemoUpstream;
import dev.sluice.core.limits.SharedLedger;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.resilience.StoreBreaker;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.testkit.FakeLimitStore;
import dev.sluice.testkit.FakeRegistry;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream;
import dev.sluice.testkit.VirtualTime;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// With nothing configured every model name reaches the demo, in every dialect, streaming, with a tool call.
class DemoDialectsTest {
    private static final String CALL = "Use the tool read_file, please: what is in README.md?";

    private final Gateway gateway = gateway();

    private static Gateway gateway() {
        VirtualTime time = new VirtualTime();
        Codecs codecs = Dialects.codecs(new Seal(new byte[32]));
        StoreBreaker breaker = new StoreBreaker();
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        return new Gateway(new Gateway.World(
                codecs,
                new DemoUpstream(new ScriptedUpstream(time), codecs::of, time),
                new SharedLedger(new FakeLimitStore(), breaker, time, random),
                new RecentRegistry(
                        new FakeRegistry(),
                        Map.of(),
                        breaker,
                        time,
                        RecentRegistry.FRESH,
                        RecentRegistry.Listener.NONE),
                Access.open(),
                _ -> Optional.empty(),
                DemoProvider.config(),
                time,
                random,
                CallLog.NONE));
    }

    private RecordingResponse ask(ClientDialects client, String prompt, boolean stream, boolean tool) {
        String path = stream ? client.streamPath("any-name") : client.path("any-name");
        RecordingResponse response = new RecordingResponse();
        gateway.handle(
                GatewayFixture.request(
                        "POST", path, client.body("any-name", prompt, stream, tool), "host", "localhost"),
                response);
        return response;
    }

    @ParameterizedTest
    @EnumSource
    void says_hello_whole_and_streamed(ClientDialects client) {
        RecordingResponse whole = ask(client, "hi there", false, false);
        RecordingResponse streamed = ask(client, "hi there", true, false);

        assertThat(whole.status()).as(whole.body()).isEqualTo(200);
        assertThat(whole.body()).contains("Sluice's demo");
        assertThat(whole.header("content-type")).startsWith("application/json");
        assertThat(streamed.status()).as(streamed.body()).isEqualTo(200);
        assertThat(streamed.ended()).isTrue();
        assertThat(streamed.header("content-type"))
                .startsWith(client == ClientDialects.OLLAMA ? "application/x-ndjson" : "text/event-stream");
        assertThat(streamed.body()).contains(end(client));
    }

    @ParameterizedTest
    @EnumSource
    void calls_the_tool_that_is_offered(ClientDialects client) {
        assertThat(ask(client, CALL, false, true).body()).contains("read_file");
        RecordingResponse streamed = ask(client, CALL, true, true);
        assertThat(streamed.body()).contains("read_file", end(client));
    }

    /// What the last event of a complete stream holds.
    private static String end(ClientDialects client) {
        return switch (client) {
            case CHAT -> "data: [DONE]";
            case RESPONSES -> "event: response.completed";
            case ANTHROPIC -> "event: message_stop";
            case GEMINI -> "\"finishReason\":\"STOP\"";
            case OLLAMA -> "\"done\":true";
        };
    }
}
