package dev.sluice.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.front.FrontLimits;
import dev.sluice.core.ports.CallLog;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests that are HTTP but no good requests: refused in the caller's dialect, told in the log without what they said,
/// and the next request on the same connection is served.
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final int LIMIT = 240_000;

    /// Stands in every bad body and must not be in the log.
    private static final String MARK = "the-clients-own-words";

    private ScriptedServer provider;
    private RunningGateway gateway;

    @BeforeAll
    void start() throws IOException {
        provider = Provider.playing(_ -> null);
        gateway = RunningGateway.before(
                provider.port(), "\"limits\": {\"maxRequestBytes\": " + LIMIT + "},", FrontLimits.DEFAULT);
    }

    @AfterAll
    void stop() {
        gateway.close();
        provider.close();
    }

    /// Bodies that are refused on both lanes; `MODEL` stands for a model of the lane.
    private static Stream<String> noRequests() {
        return Stream.of(
                "",
                " ",
                MARK,
                "\"" + MARK + "\"",
                "[\"" + MARK + "\"]",
                "null",
                "{\"model\":\"MODEL\",\"x\":\"" + MARK + "\"",
                "{\"model\":\"MODEL\",\"messages\":[],}" + MARK,
                "{\"model\":5,\"messages\":[{\"role\":\"user\",\"content\":\"" + MARK + "\"}],\"max_tokens\":5}",
                "{\"model\":null,\"messages\":[{\"role\":\"user\",\"content\":\"" + MARK + "\"}],\"max_tokens\":5}",
                "{\"model\":[\"MODEL\"],\"messages\":[{\"role\":\"user\",\"content\":\"" + MARK
                        + "\"}],\"max_tokens\":5}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"" + MARK + "\"}],\"model\":\"\",\"max_tokens\":5}",
                "{\"model\":\"MODEL\",\"max_tokens\":5}",
                "{\"model\":\"MODEL\",\"messages\":\"" + MARK + "\",\"max_tokens\":5}",
                "{\"model\":\"MODEL\",\"messages\":{\"" + MARK + "\":1},\"max_tokens\":5}",
                "{\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"" + MARK
                        + "\"}],\"stream\":\"yes\",\"max_tokens\":5}",
                "{\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"" + MARK
                        + "\"}],\"stream\":1,\"max_tokens\":5}",
                // a raw control character in a string
                "{\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"" + MARK
                        + "\u0000\"}],\"max_tokens\":5}",
                "\u0000" + MARK,
                // deep nesting, closed and open
                "{\"model\":\"MODEL\",\"messages\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"max_tokens\":5}",
                "{\"model\":\"MODEL\",\"messages\":" + "[".repeat(200_000),
                "{\"a\":".repeat(40_000),
                // two documents
                "{\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"" + MARK
                        + "\"}],\"max_tokens\":5}{}");
    }

    private static Stream<Arguments> refusedBodies() {
        return noRequests().flatMap(body -> Stream.of(Lane.values()).map(lane -> Arguments.of(lane, body)));
    }

    @ParameterizedTest
    @MethodSource("refusedBodies")
    void a_body_that_is_no_request_is_a_400(Lane lane, String body) throws Exception {
        int asked = provider.requests().size();
        try (Client client = gateway.client()) {
            Reply reply = client.exchange(lane.client().post(body.replace("MODEL", lane.model())));
            expectRefused(reply, lane.client(), 400);
            expectServed(client, lane);
        }
        assertThat(provider.requests()).hasSize(asked + 1);
    }

    private static Stream<Arguments> nestedWrongTypes() {
        Stream<String> common = Stream.of(
                "\"messages\":[5]",
                "\"messages\":[\"hi\"]",
                "\"messages\":[null]",
                "\"messages\":[[]]",
                "\"messages\":[{}]",
                "\"messages\":[{\"role\":5,\"content\":\"hi\"}]",
                "\"messages\":[{\"role\":\"user\",\"content\":7}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[7]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":5}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":5}]}]",
                "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":\"x\"",
                "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[5]",
                "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"temperature\":\"warm\"");
        Stream<Arguments> both = common.flatMap(fields -> Stream.of(Lane.CHAT_TO_MESSAGES, Lane.MESSAGES_TO_CHAT)
                .map(lane -> Arguments.of(lane, fields + ",\"max_tokens\":5")));
        String hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],";
        return Stream.concat(
                both,
                Stream.of(
                        Arguments.of(Lane.CHAT_TO_MESSAGES, hi + "\"max_tokens\":\"many\""),
                        Arguments.of(Lane.MESSAGES_TO_CHAT, hi + "\"max_tokens\":\"many\""),
                        Arguments.of(Lane.CHAT_TO_MESSAGES, hi + "\"max_tokens\":1e999999999"),
                        Arguments.of(Lane.MESSAGES_TO_CHAT, hi + "\"max_tokens\":1e999999999"),
                        Arguments.of(Lane.MESSAGES_TO_CHAT, hi + "\"max_tokens\":99999999999999999999999"),
                        Arguments.of(Lane.CHAT_TO_MESSAGES, hi + "\"max_tokens\":99999999999999999999999"),
                        Arguments.of(Lane.CHAT_TO_MESSAGES, hi + "\"tools\":[{\"type\":\"function\",\"function\":5}]"),
                        Arguments.of(
                                Lane.CHAT_TO_MESSAGES,
                                "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":5}]}]")));
    }

    @ParameterizedTest
    @MethodSource("nestedWrongTypes")
    void wrong_types_further_in_are_a_400_where_the_request_is_translated(Lane lane, String fields) throws Exception {
        int asked = provider.requests().size();
        try (Client client = gateway.client()) {
            Reply reply = client.exchange(lane.client().post("{\"model\":\"" + lane.model() + "\"," + fields + "}"));
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            expectError(reply, lane.client());
            expectServed(client, lane);
        }
        assertThat(provider.requests()).hasSize(asked + 1);
    }

    /// What may be odd in a request that is none the less answered, by the provider or here, but never by a defect.
    private static Stream<Arguments> oddBodies() {
        String hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        return Stream.of(
                        hi + ",\"max_tokens\":5,\"temperature\":1e-999999999",
                        hi + ",\"max_tokens\":5,\"temperature\":" + "9".repeat(5000),
                        hi + ",\"max_tokens\":5,\"top_p\":1e999999999",
                        hi + ",\"max_tokens\":-1",
                        hi + ",\"max_tokens\":5,\"seed\":" + "9".repeat(100_000),
                        hi + ",\"max_tokens\":5," + hi,
                        hi + ",\"max_tokens\":5,\"max_tokens\":6",
                        hi + ",\"max_tokens\":5,\"metadata\":" + "[".repeat(900) + "]".repeat(900),
                        "\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"\\u0000\\ud800 x\"}]",
                        "\"max_tokens\":5,\"messages\":[]",
                        "\"max_tokens\":5,\"messages\":[{\"role\":\"nobody\",\"content\":\"hi\"}]")
                .flatMap(fields -> Stream.of(Lane.values()).map(lane -> Arguments.of(lane, fields)));
    }

    @ParameterizedTest
    @MethodSource("oddBodies")
    void an_odd_request_is_answered_or_refused_but_breaks_nothing(Lane lane, String fields) throws Exception {
        try (Client client = gateway.client()) {
            Reply reply = client.exchange(lane.client().post("{\"model\":\"" + lane.model() + "\"," + fields + "}"));
            assertThat(reply.status()).as(reply.body()).isIn(200, 400, 502);
            if (reply.status() != 200) {
                expectError(reply, lane.client());
            }
            assertThat(gateway.entry(reply).status()).isEqualTo(reply.status());
            expectServed(client, lane);
        }
    }

    /// The provider must not read another model than the one that was checked and routed.
    @ParameterizedTest
    @EnumSource(Lane.class)
    void a_model_named_twice_reaches_no_provider_under_the_name_that_was_not_checked(Lane lane) throws Exception {
        try (Client client = gateway.client()) {
            for (String body : new String[] {
                lane.client().request(lane.model(), "hi", false).replaceFirst("\\{", "{\"model\":\"smuggled\","),
                lane.client()
                        .request("smuggled", "hi", false)
                        .replaceFirst("\\{", "{\"model\":\"" + lane.model() + "\","),
            }) {
                int asked = provider.requests().size();
                Reply reply = client.exchange(lane.client().post(body));
                assertThat(reply.status()).as(reply.body()).isIn(200, 400, 404);
                assertThat(provider.requests()
                                .subList(asked, provider.requests().size()))
                        .allSatisfy(request -> assertThat(request).doesNotContain("smuggled"));
            }
            expectServed(client, lane);
        }
    }

    /// On the identity lane bytes pass as they are: the provider is the judge of what stands inside of strings.
    @ParameterizedTest
    @EnumSource(Lane.class)
    void invalid_utf_8_is_a_400_where_the_request_is_translated_and_the_providers_own_elsewhere(Lane lane)
            throws Exception {
        String text = MARK + "\u00c3(\u00ff";
        byte[] body = lane.client().request(lane.model(), text, false).getBytes(StandardCharsets.ISO_8859_1);
        try (Client client = gateway.client()) {
            client.send(lane.client().headWithout("POST") + "content-length: " + body.length + "\r\n\r\n");
            Reply reply = client.send(body).reply();
            if (lane.isIdentity()) {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(provider.requests().getLast()).contains(text);
            } else {
                expectRefused(reply, lane.client(), 400);
            }
            expectServed(client, lane);
        }
        assertThat(gateway.callLog()).doesNotContain(MARK);
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void an_unknown_model_is_a_404(Talk talk) throws Exception {
        try (Client client = gateway.client()) {
            Reply reply = client.exchange(talk.post(talk.request("chat/nothing-like-it", MARK, true)));
            expectRefused(reply, talk, 404);
            expectServed(client, Lane.CHAT_TO_CHAT);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void no_key_and_a_wrong_key_are_a_401(Talk talk) throws Exception {
        String body = talk.request("chat/m", MARK, false);
        String bare = "POST " + talk.path() + " HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
        String end = "content-length: " + body.length() + "\r\n\r\n" + body;
        try (Client client = gateway.client()) {
            expectRefused(client.exchange(bare + end), talk, 401);
            Reply wrong = client.exchange(bare + talk.keyHeader("slc_wrong-key-9876543210") + end);
            expectRefused(wrong, talk, 401);
            assertThat(wrong.head() + wrong.body()).doesNotContain("slc_wrong-key");
            expectServed(client, Lane.MESSAGES_TO_MESSAGES);
        }
        assertThat(gateway.callLog()).doesNotContain("slc_wrong-key");
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void another_method_is_a_405_that_names_the_right_ones(Talk talk) throws Exception {
        try (Client client = gateway.client()) {
            for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH", "FOO"}) {
                Reply reply = client.exchange(talk.head(method, MARK) + MARK);
                expectRefused(reply, talk, 405);
                assertThat(reply.header("allow")).contains("POST");
            }
            expectServed(client, Lane.CHAT_TO_MESSAGES);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void an_unknown_path_is_a_404_in_the_nearest_dialect(Talk talk) throws Exception {
        try (Client client = gateway.client()) {
            Reply reply =
                    client.exchange(talk.head("POST", MARK).replace(talk.path(), talk.path() + "/nowhere") + MARK);
            expectRefused(reply, talk, 404);
            expectServed(client, Lane.MESSAGES_TO_CHAT);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void another_media_type_is_a_415(Talk talk) throws Exception {
        String request = talk.post(talk.request("chat/m", MARK, false));
        try (Client client = gateway.client()) {
            for (String type : new String[] {"text/plain", "multipart/form-data; boundary=x", "application/xml"}) {
                expectRefused(client.exchange(request.replace("application/json", type)), talk, 415);
            }
            expectServed(client, Lane.CHAT_TO_CHAT);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void another_content_encoding_is_a_415_and_damaged_gzip_a_400(Talk talk) throws Exception {
        String body = talk.request("chat/m", MARK, false);
        String head = talk.headWithout("POST") + "content-length: " + body.length() + "\r\ncontent-encoding: ";
        try (Client client = gateway.client()) {
            for (String encoding : new String[] {"br", "zstd", "gzip, gzip"}) {
                expectRefused(client.exchange(head + encoding + "\r\n\r\n" + body), talk, 415);
            }
            expectRefused(client.exchange(head + "gzip\r\n\r\n" + body), talk, 400);
            expectServed(client, Lane.CHAT_TO_CHAT);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void a_body_over_the_limit_is_a_413_however_it_comes(Talk talk) throws Exception {
        String large = talk.request("chat/m", MARK + "x".repeat(LIMIT), false);
        byte[] bomb = gzip(talk.request("chat/m", MARK + "x".repeat(50 * LIMIT), false));
        String chunked = talk.headWithout("POST") + "transfer-encoding: chunked\r\n\r\n";
        try (Client client = gateway.client()) {
            expectRefused(client.exchange(talk.post(large)), talk, 413);
            client.send(
                    talk.headWithout("POST") + "content-encoding: gzip\r\ncontent-length: " + bomb.length + "\r\n\r\n");
            expectRefused(client.send(bomb).reply(), talk, 413);
            expectServed(client, Lane.CHAT_TO_CHAT);
            expectRefused(client.exchange(chunked + Provider.chunk(large)), talk, 413);
            assertThat(client.isClosed()).isTrue();
        }
        try (Client client = gateway.client()) {
            client.send(chunked);
            for (int sent = 0; sent < LIMIT; sent += 10_000) {
                client.send(Provider.chunk("x".repeat(10_000)));
            }
            expectRefused(client.send(Provider.chunk("x".repeat(10_000))).reply(), talk, 413);
            assertThat(client.isClosed()).isTrue();
        }
        try (Client client = gateway.client()) {
            String announced = talk.headWithout("POST") + "content-length: 999999999999\r\n\r\n{";
            expectRefused(client.exchange(announced), talk, 413);
            assertThat(client.finishSending().isClosed()).isTrue();
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }

    /// A good request that came in the most awkward pieces.
    @Test
    void a_request_in_one_byte_pieces_is_served() throws Exception {
        String body = Talk.CHAT.request("chat/m", "hi", true);
        StringBuilder request = new StringBuilder(Talk.CHAT.headWithout("POST") + "transfer-encoding: chunked\r\n\r\n");
        body.chars().forEach(c -> request.append("1\r\n").append((char) c).append("\r\n"));
        try (Client client = gateway.client()) {
            for (char c : request.append("0\r\n\r\n").toString().toCharArray()) {
                client.send(String.valueOf(c));
            }
            Reply reply = client.reply();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(Talk.CHAT.textOf(reply.body())).isEqualTo(Provider.TEXT);
        }
    }

    private void expectRefused(Reply reply, Talk talk, int status) throws InterruptedException {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        expectError(reply, talk);
        CallLog.Entry entry = gateway.entry(reply);
        assertThat(entry.outcome()).isEqualTo("refused");
        assertThat(entry.status()).isEqualTo(status);
        assertThat(entry.toString()).doesNotContain(MARK);
    }

    private static void expectError(Reply reply, Talk talk) {
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        Json.Obj body = JsonText.objectOrNull(reply.body());
        assertThat(body).as(reply.body()).isNotNull();
        assertThat(talk.isError(body)).as(reply.body()).isTrue();
        assertThat(reply.body()).doesNotContain("Exception", "java.", "dev.sluice");
    }

    private void expectServed(Client client, Lane lane) throws Exception {
        Reply next = client.exchange(lane.post("hi", false));
        assertThat(next.status()).as(next.body()).isEqualTo(200);
        assertThat(next.body()).contains(Provider.TEXT);
        assertThat(gateway.entry(next).outcome()).isEqualTo("ok");
    }
}
