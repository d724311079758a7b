package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each misbehaviour of a provider on each lane, streamed and plain: the client sees its dialect's error, never an end
/// that looks clean, and the next request is served.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadUpstreamTest {
    private static final String NAMES = "misbehaviour-";

    private ScriptedServer provider;
    private RunningGateway gateway;

    @BeforeAll
    void start() throws IOException {
        provider = Provider.playing(request -> Arrays.stream(Misbehaviour.values())
                .filter(one -> request.contains(NAMES + one + "\""))
                .findFirst()
                .map(Misbehaviour::play)
                .orElse(null));
        gateway = RunningGateway.before(provider.port());
    }

    @AfterAll
    void stop() {
        gateway.close();
        provider.close();
    }

    private static Stream<Arguments> all() {
        return Stream.of(Misbehaviour.values())
                .flatMap(one -> Stream.of(Lane.values())
                        .filter(one::concerns)
                        .flatMap(lane -> Stream.of(true, false).map(stream -> Arguments.of(one, lane, stream))));
    }

    @ParameterizedTest(name = "{0} {1} streaming={2}")
    @MethodSource("all")
    void ends_as_the_dialect_has_it(Misbehaviour misbehaviour, Lane lane, boolean stream) throws Exception {
        try (Client client = gateway.client()) {
            Reply reply = client.exchange(lane.post(NAMES + misbehaviour, stream));
            assertThat(reply.whole()).isTrue();
            assertThat(reply.head() + reply.body())
                    .doesNotContain(Provider.LEAK, "<html", "Exception", "java.", "dev.sluice", "afterwards");
            CallLog.Entry entry = gateway.entry(reply);
            switch (misbehaviour.seen()) {
                case ANSWERED -> {
                    expectAnswer(reply, lane, stream);
                    assertThat(entry.outcome()).isEqualTo("ok");
                    assertThat(entry.usage().output()).isEqualTo(2);
                }
                case REFUSED -> {
                    expectError(reply, lane);
                    assertThat(entry.outcome()).isEqualTo("failed");
                }
                case BROKEN_OFF, FAILED -> {
                    boolean mayBeRefused = misbehaviour.seen() == Misbehaviour.Seen.FAILED;
                    if (stream && !(mayBeRefused && reply.status() >= 500)) {
                        expectBrokenOff(reply, lane);
                        assertThat(entry.outcome()).isEqualTo("truncated");
                    } else {
                        expectError(reply, lane);
                        assertThat(entry.outcome()).isEqualTo("failed");
                    }
                }
            }
            Reply next = client.exchange(lane.post("please", stream));
            expectAnswer(next, lane, stream);
        }
    }

    private static void expectAnswer(Reply reply, Lane lane, boolean stream) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.isStream()).isEqualTo(stream);
        if (stream) {
            String events = reply.body().replace("\r\n", "\n");
            assertThat(lane.client().textOf(events)).isEqualTo(Provider.TEXT);
            assertThat(events.replace(": x\n\n", "")).endsWith(lane.client().terminal());
        } else {
            assertThat(JsonText.objectOrNull(reply.body())).as(reply.body()).isNotNull();
            assertThat(reply.body()).contains("\"" + Provider.TEXT + "\"");
        }
    }

    private static void expectError(Reply reply, Lane lane) {
        assertThat(reply.status()).as(reply.body()).isBetween(500, 599);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        Json.Obj error = JsonText.objectOrNull(reply.body());
        assertThat(error).as(reply.body()).isNotNull();
        assertThat(lane.client().isError(error)).as(reply.body()).isTrue();
    }

    private static void expectBrokenOff(Reply reply, Lane lane) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.isStream()).isTrue();
        List<String> events = List.of(reply.body().split("\n\n"));
        Talk talk = lane.client();
        assertThat(events).allSatisfy(event -> assertThat(event).matches(talk::isWellFormed, "a whole event"));
        String last = events.getLast();
        Json.Obj error = JsonText.objectOrNull(last.substring(last.indexOf("{")));
        assertThat(error).as(reply.body()).isNotNull();
        assertThat(talk.isError(error)).as(reply.body()).isTrue();
        assertThat(reply.body())
                .endsWith("\n\n")
                .contains("begun")
                .doesNotContain("[DONE]", "message_stop", "\"stop\"", "end_turn");
    }
}
