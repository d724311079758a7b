package dev.sluice.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.model.Policies;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentitySpliceTest {
    private static final String SEALED = "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"gw1.a.b\"}";
    private static final String HIDDEN = "{\"type\":\"redacted_thinking\",\"data\":\"gw1.a.b\"}";
    private static final String OWN = "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"SIG\"}";

    private static EncodedRequest splice(String body, String model, RequestHead head) {
        TargetProfile target = new TargetProfile(Dialect.ANTHROPIC, model, Messages.CAPS, Policies.DEFAULT);
        return Messages.CODEC.requests().splice(Messages.outline(body, head), target);
    }

    private static String spliced(String messages) {
        EncodedRequest request = splice("{ \"model\":\"m\", \"messages\": [" + messages + "] }", "m", Messages.head());
        String body = new String(request.body(), StandardCharsets.UTF_8);
        return body.substring("{ \"model\":\"m\", \"messages\": [".length(), body.length() - "] }".length());
    }

    @Test
    void replaces_only_the_model() {
        String body =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\\u00e9 \\\"model\\\":\\\"m\\\"\"}],\n \"model\" : \"m\", \"top_p\":1.0}";
        byte[] out = splice(body, "other", Messages.head()).body();

        assertThat(new String(out, StandardCharsets.UTF_8))
                .isEqualTo(body.replace("\"model\" : \"m\"", "\"model\" : \"other\""));
    }

    @Test
    void takes_foreign_reasoning_out_and_nothing_else() {
        String text = "{ \"type\":\"text\",\"text\":\"\\\"gw1.\" }";

        assertThat(spliced(turn(SEALED + " , " + OWN + "," + text))).isEqualTo(turn(OWN + "," + text));
        assertThat(spliced(turn(OWN + "," + SEALED + ",\n" + text))).isEqualTo(turn(OWN + "," + text));
        assertThat(spliced(turn(OWN + "," + text + " , " + SEALED + "," + HIDDEN)))
                .isEqualTo(turn(OWN + "," + text));
    }

    @Test
    void a_turn_of_foreign_reasoning_only_goes_whole() {
        String user = "{\"role\":\"user\",\"content\":\"x\"}";

        assertThat(spliced(user + "," + turn(SEALED + "," + HIDDEN) + "," + user))
                .isEqualTo(user + "," + user);
    }

    @Test
    void another_provider_s_source_does_not_reach_one_that_never_issued_it() {
        String own = "{\"type\":\"web_search_result_location\",\"encrypted_index\":\"Eo8\"}";
        String foreign = "{\"type\":\"web_search_result_location\",\"encrypted_index\":\"gw1.\",\"url\":\"u\"}";

        assertThat(spliced(turn(cited(own + "," + foreign)))).isEqualTo(turn(cited(own)));
        assertThat(spliced(turn(cited(foreign)))).isEqualTo(turn(cited("")));
    }

    private static String cited(String sources) {
        return "{\"type\":\"text\",\"text\":\"x\",\"citations\":[" + sources + "]}";
    }

    private static String turn(String blocks) {
        return "{\"role\":\"assistant\",\"content\":[" + blocks + "]}";
    }

    @Test
    void path_version_and_betas_are_the_clients() {
        RequestHead head = new RequestHead(
                "/v1/messages/count_tokens",
                Map.of("beta", "true"),
                Headers.of("anthropic-version", "2026-10-21", "anthropic-beta", "a,b", "x-api-key", "secret"));
        EncodedRequest request = splice("{\"model\":\"m\",\"messages\":[]}", "m", head);

        assertThat(request.path()).isEqualTo("/v1/messages/count_tokens?beta=true");
        assertThat(request.headers()).isEqualTo(Headers.of("anthropic-version", "2026-10-21", "anthropic-beta", "a,b"));
    }

    @Test
    void credentials_are_never_forwarded() {
        Headers client = Headers.of(
                "X-Api-Key",
                "k",
                "Authorization",
                "a",
                "Cookie",
                "c",
                "Host",
                "h",
                "X-Forwarded-For",
                "f",
                "Te",
                "t",
                "Content-Length",
                "1",
                "Accept-Encoding",
                "br",
                "x-app",
                "cli",
                "X-Stainless-Lang",
                "js",
                "X-Claude-Code-Session-Id",
                "s",
                "anthropic-beta",
                "b");

        assertThat(Messages.CODEC.forwarded(client))
                .isEqualTo(Headers.of(
                        "x-app",
                        "cli",
                        "x-stainless-lang",
                        "js",
                        "x-claude-code-session-id",
                        "s",
                        "anthropic-beta",
                        "b"));
    }

    @Test
    void the_keys_of_a_session_go_on() {
        Headers client =
                Headers.of("x-session-id", "1", "x-session-affinity", "2", "session-id", "3", "session_id", "4");

        assertThat(Messages.CODEC.forwarded(client)).isEqualTo(client);
    }
}
