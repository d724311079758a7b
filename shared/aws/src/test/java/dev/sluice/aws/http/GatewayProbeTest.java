package dev.sluice.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.KeyProbe;
import dev.sluice.core.ports.KeyProbe.Verdict;
import dev.sluice.testkit.http.NobodyThere;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayProbeTest {
    private static final String KEY = "slc_canary-0123456789";

    private static String answer(int status, String location) {
        return "HTTP/1.1 " + status + " Status\r\nlocation: " + location + "\r\ncontent-length: 2\r\n\r\n{}";
    }

    private static Verdict ask(ScriptedServer gateway) {
        try (GatewayProbe probe = new GatewayProbe(gateway.uri(""))) {
            return probe.ask(KEY);
        }
    }

    @Test
    void asks_for_the_list_of_models_with_the_key() throws IOException {
        try (ScriptedServer gateway = ScriptedServer.answering(answer(200, "/"))) {
            assertThat(ask(gateway)).isEqualTo(new Verdict.Accepted());
            assertThat(gateway.requests().getFirst()).startsWith("GET /v1/models HTTP/1.1\r\n");
            assertThat(gateway.requests().getFirst().toLowerCase(Locale.ROOT))
                    .contains("\r\nauthorization: bearer " + KEY + "\r\n");
        }
    }

    @Test
    void a_key_that_is_not_known_is_refused() throws IOException {
        try (ScriptedServer gateway = ScriptedServer.answering(answer(401, "/"))) {
            assertThat(ask(gateway)).isEqualTo(new Verdict.Refused());
        }
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "404", "429"})
    void any_other_answer_is_unclear(int status) throws IOException {
        try (ScriptedServer gateway = ScriptedServer.answering(answer(status, "/"))) {
            assertThat(ask(gateway)).isEqualTo(new Verdict.Unclear("it answers " + status));
        }
    }

    @Test
    void a_list_of_addresses_that_keeps_the_question_out_says_so_itself() throws IOException {
        String refusal = "HTTP/1.1 403 Forbidden\r\nx-sluice-refused: address\r\ncontent-length: 2\r\n\r\n{}";
        try (ScriptedServer gateway = ScriptedServer.answering(refusal)) {
            assertThat(ask(gateway)).isEqualTo(new Verdict.Outside());
        }
        try (ScriptedServer firewall = ScriptedServer.answering(answer(403, "/"))) {
            assertThat(ask(firewall)).isEqualTo(new Verdict.Unclear("it answers 403"));
        }
    }

    @Test
    void without_a_connection_of_its_own_it_asks_as_often_as_one_likes() throws IOException {
        try (ScriptedServer gateway = ScriptedServer.answering(answer(401, "/"))) {
            KeyProbe probe = GatewayProbe.unconnected(gateway.uri(""));
            assertThat(probe.ask(KEY)).isEqualTo(new Verdict.Refused());
            assertThat(probe.ask(KEY)).isEqualTo(new Verdict.Refused());
            assertThat(gateway.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "307", "308"})
    void the_key_follows_no_redirect(int status) throws IOException {
        try (ScriptedServer elsewhere = ScriptedServer.answering(answer(200, "/"));
                ScriptedServer gateway = ScriptedServer.answering(
                        answer(status, elsewhere.uri("/v1/models").toString()))) {
            assertThat(ask(gateway)).isEqualTo(new Verdict.Unclear("it answers " + status));
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void nobody_there_is_unclear_and_shows_no_key() throws IOException {
        try (NobodyThere nobody = new NobodyThere();
                GatewayProbe probe = new GatewayProbe(nobody.uri())) {
            assertThat(probe.ask(KEY)).isEqualTo(new Verdict.Unclear("no answer (CONNECT)"));
        }
        try (ScriptedServer cut = ScriptedServer.playing(peer -> peer.readRequest())) {
            assertThat(ask(cut).toString()).contains("no answer").doesNotContain(KEY);
        }
    }
}
