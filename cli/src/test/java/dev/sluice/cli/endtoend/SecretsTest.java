package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.CallLog;
import dev.sluice.testkit.http.ScriptedServer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No way leads the provider's secret or the gateway's key to a client or into a log. Beside these tests every use of
/// [RunningGateway] in this package is searched for both.
class SecretsTest {
    private static Stream<Arguments> refusals() {
        return Stream.of(400, 401, 402, 403, 404, 413, 422, 429, 500, 503, 529)
                .flatMap(status -> Stream.of(Lane.values()).map(lane -> Arguments.of(lane, status)));
    }

    /// As some do: "Incorrect API key provided: ...".
    @ParameterizedTest
    @MethodSource("refusals")
    void an_error_that_repeats_the_secret_does_not_reach_client_or_log_with_it(Lane lane, int status) throws Exception {
        try (ScriptedServer provider = Provider.playing(request -> (peer, _) -> {
                    String sent =
                            request.substring(0, request.indexOf("\r\n\r\n")).replace("\r\n", " ");
                    peer.send(Provider.answer(
                            status + " Oops",
                            "application/json",
                            "{\"type\":\"error\",\"error\":{\"type\":\"some_error\",\"code\":\"some_code\",\"message\":\"key: "
                                    + sent + "\"}}"));
                });
                RunningGateway gateway = RunningGateway.before(provider.port());
                Client client = gateway.client()) {
            for (boolean stream : new boolean[] {true, false}) {
                Reply reply = client.exchange(lane.post("hi", stream));
                assertThat(reply.status()).isBetween(400, 599);
                assertThat(provider.requests().getLast()).contains(RunningGateway.SECRET);
                CallLog.Entry entry = gateway.entry(reply);
                assertThat(entry.toString()).doesNotContain(RunningGateway.SECRET, RunningGateway.KEY);
            }
        }
    }

    /// A line end that came along with a pasted secret, or what no header can hold.
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " ", "\u0000", "\u00e4", "\u20ac", "\u007f"})
    void a_secret_that_no_header_can_hold_is_not_told(String spoilt) throws Exception {
        try (ScriptedServer provider = Provider.playing(_ -> null);
                RunningGateway gateway = RunningGateway.before(provider.port(), RunningGateway.SECRET + spoilt);
                Client client = gateway.client()) {
            for (Lane lane : Lane.values()) {
                for (boolean stream : new boolean[] {true, false}) {
                    Reply reply = client.exchange(lane.post("hi", stream));
                    assertThat(reply.status()).as(reply.body()).isEqualTo(spoilt.isBlank() ? 200 : 502);
                    if (spoilt.isBlank()) {
                        assertThat(reply.body()).contains(Provider.TEXT);
                    } else {
                        assertThat(gateway.entry(reply).reason()).contains("its credential holds a character");
                    }
                }
            }
        }
    }
}
