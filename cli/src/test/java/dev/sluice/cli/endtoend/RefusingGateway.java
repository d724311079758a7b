package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.FrontLimits;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// A gateway that is sent requests which are HTTP but no good requests, and what is expected of its answers: refused in
/// the caller's dialect, told in the log without what they said, and the next request on the same connection is served.
final class RefusingGateway implements AutoCloseable {
    static final int LIMIT = 240_000;

    /// Stands in every bad body and must not be in the log.
    static final String MARK = "the-clients-own-words";

    private final ScriptedServer provider;
    private final RunningGateway gateway;

    RefusingGateway() throws IOException {
        provider = Provider.playing(_ -> null);
        gateway =
                RunningGateway.before(provider.port(), "\"limits\": {\"maxRequestBytes\": " + LIMIT + "},", patient());
    }

    /// What a client still sends after a refusal is read however long it takes: else it is reset and never reads why.
    private static FrontLimits patient() {
        FrontLimits usual = FrontLimits.DEFAULT;
        return new FrontLimits(
                usual.idle(),
                usual.head(),
                usual.body(),
                usual.write(),
                Duration.ofSeconds(30),
                usual.requestLine(),
                usual.headers(),
                usual.fields());
    }

    Client client() throws IOException {
        return gateway.client();
    }

    String callLog() {
        return gateway.callLog();
    }

    CallLog.Entry entry(Reply reply) throws InterruptedException {
        return gateway.entry(reply);
    }

    /// What the provider was asked so far.
    List<String> asked() {
        return provider.requests();
    }

    @Override
    public void close() {
        gateway.close();
        provider.close();
    }

    void expectRefused(Reply reply, Talk talk, int status) throws InterruptedException {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        expectError(reply, talk);
        CallLog.Entry entry = gateway.entry(reply);
        assertThat(entry.outcome()).isEqualTo("refused");
        assertThat(entry.status()).isEqualTo(status);
        assertThat(entry.toString()).doesNotContain(MARK);
    }

    static void expectError(Reply reply, Talk talk) {
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        Json.Obj body = JsonText.objectOrNull(reply.body());
        assertThat(body).as(reply.body()).isNotNull();
        assertThat(talk.isError(body)).as(reply.body()).isTrue();
        assertThat(reply.body()).doesNotContain("Exception", "java.", "dev.sluice");
    }

    void expectServed(Client client, Lane lane) throws Exception {
        Reply next = client.exchange(lane.post("hi", false));
        assertThat(next.status()).as(next.body()).isEqualTo(200);
        assertThat(next.body()).contains(Provider.TEXT);
        assertThat(gateway.entry(next).outcome()).isEqualTo("ok");
    }
}
