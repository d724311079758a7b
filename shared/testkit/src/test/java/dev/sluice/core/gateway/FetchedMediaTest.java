package dev.sluice.core.gateway;

import static dev.sluice.testkit.ScriptedUpstream.broken;
import static dev.sluice.testkit.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.Upstream;
import dev.sluice.core.ports.Upstream.Breakage;
import dev.sluice.model.Headers;
import dev.sluice.testkit.RecordingResponse;
import dev.sluice.testkit.ScriptedUpstream.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `fetchRemoteMedia` behind the whole request path: what a client links to reaches providers that take no links.
class FetchedMediaTest {
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\nrest".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] PDF = "%PDF-1.7 rest".getBytes(StandardCharsets.ISO_8859_1);
    private static final String MEDIA = "media.test";
    private static final String ON = "\"policies\": {\"fetchRemoteMedia\": true},";
    private static final String BEDROCK =
            "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"hello\"}]}},"
                    + "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":5,\"outputTokens\":2,\"totalTokens\":7}}";
    private static final String CHAT =
            "{\"id\":\"x\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"hello\"},\"finish_reason\":\"stop\"}]}";
    private static final String IMAGE =
            "{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://media.test/a.png?sig=1\"}}";
    private static final String DOCUMENT =
            "{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://media.test/a.pdf\"}}";

    private final GatewayFixture g = gateway("bedrock-converse", ON);

    private static GatewayFixture gateway(String dialect, String policies) {
        return new GatewayFixture("{\"version\": 1, \"retries\": {\"attempts\": 2}, " + policies
                + "\"providers\": [{\"id\": \"p\", \"credential\": \"c\", \"auth\": {\"type\": \"bearer\"},"
                + " \"endpoints\": {\"" + dialect + "\": \"https://p.test\"}, \"models\": [\"*\"]}]}");
    }

    private static Upstream.Answer file(GatewayFixture g, byte[] bytes) {
        int half = bytes.length / 2;
        return new Upstream.Answer.Streaming(
                200,
                Headers.of("content-type", "text/html", "content-length", "1"),
                g.upstream.body(List.of(
                        new Step.SendBytes(Arrays.copyOf(bytes, half)),
                        new Step.SendBytes(Arrays.copyOfRange(bytes, half, bytes.length)))));
    }

    private static Upstream.Answer redirect(String location) {
        return new Upstream.Answer.Complete(302, Headers.of("location", location), new byte[0]);
    }

    private static String messages(String... content) {
        return "{\"model\":\"p/m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":["
                + String.join(",", content) + ",{\"type\":\"text\",\"text\":\"hi\"}]}]}";
    }

    private static String chat(String url) {
        return "{\"model\":\"p/m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url + "\"}}]}]}";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private List<String> asked() {
        return asked(g);
    }

    private static List<String> asked(GatewayFixture g) {
        return g.upstream.calls().stream().map(call -> call.uri().toString()).toList();
    }

    @Test
    void bedrock_gets_linked_pictures_and_documents_inline_also_those_of_results() {
        g.upstream.then(file(g, PNG)).then(file(g, PDF)).then(json(200, BEDROCK));
        String result = "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":[" + IMAGE + "]}";
        String body = "{\"model\":\"p/m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                + "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"see\",\"input\":{}}]},"
                + "{\"role\":\"user\",\"content\":[" + result + "," + DOCUMENT + "]}],"
                + "\"tools\":[{\"name\":\"see\",\"input_schema\":{\"type\":\"object\"}}]}";

        RecordingResponse client = g.messages(body);

        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("x-sluice-degraded")).isEmpty();
        assertThat(asked())
                .containsExactly(
                        "https://media.test/a.png?sig=1",
                        "https://media.test/a.pdf",
                        "https://p.test/model/m/converse");
        assertThat(g.upstream.lastBody())
                .contains("{\"format\":\"png\",\"source\":{\"bytes\":\"" + base64(PNG) + "\"}}")
                .contains("\"format\":\"pdf\"", "{\"bytes\":\"" + base64(PDF) + "\"}")
                .doesNotContain("media.test");
    }

    @Test
    void gemini_gets_them_inline() {
        GatewayFixture gemini = gateway("gemini", ON);
        gemini.upstream
                .at(MEDIA, file(gemini, PNG))
                .always(json(
                        200,
                        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"hello\"}]},"
                                + "\"finishReason\":\"STOP\"}]}"));

        assertThat(gemini.chat(chat("https://media.test/a")).status()).isEqualTo(200);
        assertThat(gemini.upstream.lastBody())
                .contains("\"mimeType\":\"image/png\"", "\"data\":\"" + base64(PNG) + "\"")
                .doesNotContain("fileData");
    }

    @Test
    void ollama_gets_pictures_inline() {
        GatewayFixture ollama = gateway("ollama-chat", ON);
        ollama.upstream
                .at(MEDIA, file(ollama, PNG))
                .always(json(
                        200,
                        "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"hello\"},\"done\":true,"
                                + "\"done_reason\":\"stop\"}"));

        assertThat(ollama.chat(chat("https://media.test/a")).status()).isEqualTo(200);
        assertThat(ollama.upstream.lastBody()).contains("\"images\":[\"" + base64(PNG) + "\"]");
    }

    @Test
    void chat_gets_documents_inline_and_pictures_by_their_address() {
        GatewayFixture chat = gateway("openai-chat", ON);
        chat.upstream.at(MEDIA, file(chat, PDF)).always(json(200, CHAT));

        assertThat(chat.messages(messages(IMAGE, DOCUMENT)).status()).isEqualTo(200);
        assertThat(asked(chat)).containsExactly("https://media.test/a.pdf", "https://p.test/chat/completions");
        assertThat(chat.upstream.lastBody())
                .contains("\"file_data\":\"data:application/pdf;base64," + base64(PDF) + "\"")
                .contains("\"url\":\"https://media.test/a.png?sig=1\"");
    }

    @Test
    void nothing_of_the_callers_and_no_credential_goes_to_the_address() {
        g.upstream.at(MEDIA, file(g, PNG)).always(json(200, BEDROCK));

        g.post(
                "/v1/messages",
                messages(IMAGE),
                "x-api-key",
                GatewayFixture.KEY,
                "anthropic-version",
                "2023-06-01",
                "cookie",
                "a=b",
                "user-agent",
                "tool/1");

        Upstream.Call fetch = g.upstream.calls().getFirst();
        assertThat(fetch.method()).isEqualTo("GET");
        assertThat(fetch.body()).isEmpty();
        assertThat(fetch.allowPrivateNetwork()).isFalse();
        assertThat(fetch.headers().fields()).extracting(Headers.Field::name).containsExactly("accept");
    }

    @Test
    void without_the_policy_nothing_is_fetched() {
        GatewayFixture off = gateway("bedrock-converse", "");

        RecordingResponse client = off.messages(messages(IMAGE));

        assertThat(client.status()).isEqualTo(400);
        assertThat(off.upstream.calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, false, 400", "false, true, 200"})
    void the_nearest_level_decides(boolean outside, boolean inside, int status) {
        GatewayFixture own = new GatewayFixture("{\"version\": 1, \"policies\": {\"fetchRemoteMedia\": " + outside
                + "}, \"providers\": [{\"id\": \"p\", \"credential\": \"c\", \"auth\": {\"type\": \"bearer\"},"
                + " \"policies\": {\"fetchRemoteMedia\": " + inside
                + "}, \"endpoints\": {\"bedrock-converse\": \"https://p.test\"}, \"models\": [\"*\"]}]}");
        own.upstream.at(MEDIA, file(own, PNG)).always(json(200, BEDROCK));

        assertThat(own.messages(messages(IMAGE)).status()).isEqualTo(status);
    }

    @Test
    void a_provider_of_the_clients_own_dialect_gets_what_the_client_sent() {
        GatewayFixture same = gateway("openai-chat", ON);
        same.upstream.always(json(200, CHAT));

        same.chat(chat("https://media.test/a"));

        assertThat(asked(same)).containsExactly("https://p.test/chat/completions");
    }

    @Test
    void each_address_is_asked_once_over_all_places_and_attempts() {
        g.upstream.then(file(g, PNG)).then(json(500, "{\"message\":\"no\"}")).then(json(200, BEDROCK));

        assertThat(g.messages(messages(IMAGE, IMAGE)).status()).isEqualTo(200);
        assertThat(asked())
                .containsExactly(
                        "https://media.test/a.png?sig=1",
                        "https://p.test/model/m/converse",
                        "https://p.test/model/m/converse");
    }

    @Test
    void three_redirects_are_followed_and_a_fourth_is_not() {
        g.upstream
                .then(redirect("/b"))
                .then(redirect("https://other.test/c"))
                .then(redirect("d"))
                .then(file(g, PNG))
                .then(json(200, BEDROCK));

        assertThat(g.messages(messages(IMAGE)).status()).isEqualTo(200);
        assertThat(asked())
                .startsWith(
                        "https://media.test/a.png?sig=1",
                        "https://media.test/b",
                        "https://other.test/c",
                        "https://other.test/d");
        g.upstream.always(redirect("/again"));

        assertRefused(g.messages(messages(IMAGE)), "it is redirected more than 3 times");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://media.test/a",
                "//user:secret@media.test/a",
                "https://user@media.test/a",
                "file:///etc/passwd",
                "gopher://media.test/",
                "https:///a",
                "https://127.1/a",
                "https://a b/",
                "https://\\uff11.test/"
            })
    void a_redirect_to_no_complete_https_address_is_not_followed(String location) {
        g.upstream.then(redirect(location));

        assertRefused(g.messages(messages(IMAGE)), "only complete https addresses are fetched");
        assertThat(g.upstream.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://media.test/a", "https://user:pass@media.test/a", "https:///a", "https://[::1/a"})
    void nor_is_a_link_to_one(String url) {
        assertRefused(
                g.messages(messages(IMAGE.replace("https://media.test/a.png?sig=1", url))),
                "only complete https addresses are fetched");
        assertThat(g.upstream.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Breakage.class)
    void what_cannot_be_had_is_a_400_naming_the_field(Breakage breakage) {
        g.upstream.then(broken(breakage));

        assertRefused(g.messages(messages(IMAGE)), "The linked image cannot be fetched: ");
        assertThat(g.upstream.calls()).hasSize(1);
    }

    @Test
    void what_is_no_picture_is_refused_whatever_its_server_calls_it() {
        g.upstream.then(file(g, "<html>".getBytes(StandardCharsets.US_ASCII)));
        assertRefused(g.messages(messages(IMAGE)), "it is neither a picture (PNG, JPEG, GIF, WebP) nor a PDF");

        g.upstream.then(file(g, PDF));
        assertRefused(g.messages(messages(IMAGE)), "The link leads to no image but to application/pdf.");

        g.upstream.then(new Upstream.Answer.Complete(404, Headers.NONE, PNG));
        assertRefused(g.messages(messages(IMAGE)), "its server answered with status 404");
    }

    @Test
    void one_byte_too_many_is_refused() {
        byte[] largest = Arrays.copyOf(PNG, 5 * 1024 * 1024);
        g.upstream.then(file(g, largest)).then(json(200, BEDROCK));
        assertThat(g.messages(messages(IMAGE)).status()).isEqualTo(200);

        g.upstream.then(file(g, Arrays.copyOf(PNG, largest.length + 1)));
        assertRefused(g.messages(messages(IMAGE)), "it is larger than is fetched");
    }

    @Test
    void all_of_a_request_together_are_bounded_too() {
        String[] images = new String[5];
        for (int i = 0; i < images.length; i++) {
            images[i] = IMAGE.replace("sig=1", "sig=" + i);
            g.upstream.then(file(g, Arrays.copyOf(PNG, 4 * 1024 * 1024 + 1)));
        }

        RecordingResponse client = g.messages(messages(images));

        assertThat(client.status()).isEqualTo(400);
        assertThat(client.body()).contains("it is larger than is fetched");
    }

    @Test
    void a_request_may_have_twenty_links() {
        String[] images = new String[21];
        for (int i = 0; i < images.length; i++) {
            images[i] = IMAGE.replace("sig=1", "sig=" + i);
            g.upstream.then(file(g, PNG));
        }

        assertThat(g.messages(messages(images)).body()).contains("a request may have 20 of them");
        assertThat(g.upstream.calls()).hasSize(20);
    }

    @Test
    void a_server_that_drips_or_is_silent_is_waited_for_ten_seconds() {
        long before = g.time.nanos();
        g.upstream.then(new Upstream.Answer.Streaming(
                200,
                Headers.NONE,
                g.upstream.body(List.of(
                        new Step.SendBytes(PNG),
                        new Step.Silence(Duration.ofSeconds(9)),
                        new Step.SendBytes(PNG),
                        new Step.Silence(Duration.ofMinutes(5)),
                        new Step.SendBytes(PNG)))));

        assertRefused(g.messages(messages(IMAGE)), "it took too long");
        assertThat(Duration.ofNanos(g.time.nanos() - before)).isEqualTo(Duration.ofSeconds(10));
        long again = g.time.nanos();
        g.upstream.then(Duration.ofMinutes(1), file(g, PNG));

        assertRefused(g.messages(messages(IMAGE)), "it took too long");
        assertThat(Duration.ofNanos(g.time.nanos() - again)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void where_one_target_cannot_have_it_the_next_may_take_the_link() {
        GatewayFixture two = new GatewayFixture("{\"version\": 1, " + ON + " \"providers\": ["
                + "{\"id\": \"p\", \"credential\": \"c\", \"auth\": {\"type\": \"bearer\"},"
                + " \"endpoints\": {\"bedrock-converse\": \"https://p.test\"}, \"models\": [\"m\"]},"
                + "{\"id\": \"q\", \"credential\": \"c\", \"endpoints\": {\"anthropic\": \"https://q.test\"},"
                + " \"models\": [\"m\"]}], \"modelAliases\": {\"both\": {\"strategy\": \"ordered\","
                + " \"targets\": [{\"ref\": \"p/m\"}, {\"ref\": \"q/m\"}]}}}");
        two.upstream
                .at(MEDIA, broken(Breakage.CONNECT))
                .always(json(
                        200,
                        "{\"id\":\"x\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
                                + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));

        assertThat(two.messages(messages(IMAGE).replace("p/m", "both")).status())
                .isEqualTo(200);
        assertThat(asked(two)).containsExactly("https://media.test/a.png?sig=1", "https://q.test/v1/messages");
    }

    private static void assertRefused(RecordingResponse client, String reason) {
        assertThat(client.status()).isEqualTo(400);
        assertThat(client.body()).contains("messages[0].content[0]", reason).doesNotContain("media.test");
    }
}
