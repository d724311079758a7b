package dev.sluice.cli.endtoend;

import static dev.sluice.cli.endtoend.RefusingGateway.LIMIT;
import static dev.sluice.cli.endtoend.RefusingGateway.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests whose key, method, path, model, form or size is wrong, whatever their body says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestTest {
    private RefusingGateway gateway;

    @BeforeAll
    void start() throws IOException {
        gateway = new RefusingGateway();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void an_unknown_model_is_a_404(Talk talk) throws Exception {
        try (Client client = gateway.client()) {
            Reply reply = client.exchange(talk.post(talk.request("chat/nothing-like-it", MARK, true)));
            gateway.expectRefused(reply, talk, 404);
            gateway.expectServed(client, Lane.CHAT_TO_CHAT);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void no_key_and_a_wrong_key_are_a_401(Talk talk) throws Exception {
        String body = talk.request("chat/m", MARK, false);
        String bare = "POST " + talk.path() + " HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
        String end = "content-length: " + body.length() + "\r\n\r\n" + body;
        try (Client client = gateway.client()) {
            gateway.expectRefused(client.exchange(bare + end), talk, 401);
            Reply wrong = client.exchange(bare + talk.keyHeader("slc_wrong-key-9876543210") + end);
            gateway.expectRefused(wrong, talk, 401);
            assertThat(wrong.head() + wrong.body()).doesNotContain("slc_wrong-key");
            gateway.expectServed(client, Lane.MESSAGES_TO_MESSAGES);
        }
        assertThat(gateway.callLog()).doesNotContain("slc_wrong-key");
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void another_method_is_a_405_that_names_the_right_ones(Talk talk) throws Exception {
        try (Client client = gateway.client()) {
            for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH", "FOO"}) {
                Reply reply = client.exchange(talk.head(method, MARK) + MARK);
                gateway.expectRefused(reply, talk, 405);
                assertThat(reply.header("allow")).contains("POST");
            }
            gateway.expectServed(client, Lane.CHAT_TO_MESSAGES);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void an_unknown_path_is_a_404_in_the_nearest_dialect(Talk talk) throws Exception {
        try (Client client = gateway.client()) {
            Reply reply =
                    client.exchange(talk.head("POST", MARK).replace(talk.path(), talk.path() + "/nowhere") + MARK);
            gateway.expectRefused(reply, talk, 404);
            gateway.expectServed(client, Lane.MESSAGES_TO_CHAT);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void another_media_type_is_a_415(Talk talk) throws Exception {
        String request = talk.post(talk.request("chat/m", MARK, false));
        try (Client client = gateway.client()) {
            for (String type : new String[] {"text/plain", "multipart/form-data; boundary=x", "application/xml"}) {
                gateway.expectRefused(client.exchange(request.replace("application/json", type)), talk, 415);
            }
            gateway.expectServed(client, Lane.CHAT_TO_CHAT);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void another_content_encoding_is_a_415_and_damaged_gzip_a_400(Talk talk) throws Exception {
        String body = talk.request("chat/m", MARK, false);
        String head = talk.headWithout("POST") + "content-length: " + body.length() + "\r\ncontent-encoding: ";
        try (Client client = gateway.client()) {
            for (String encoding : new String[] {"br", "zstd", "gzip, gzip"}) {
                gateway.expectRefused(client.exchange(head + encoding + "\r\n\r\n" + body), talk, 415);
            }
            gateway.expectRefused(client.exchange(head + "gzip\r\n\r\n" + body), talk, 400);
            gateway.expectServed(client, Lane.CHAT_TO_CHAT);
        }
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void a_body_over_the_limit_is_a_413_however_it_comes(Talk talk) throws Exception {
        String large = talk.request("chat/m", MARK + "x".repeat(LIMIT), false);
        byte[] bomb = gzip(talk.request("chat/m", MARK + "x".repeat(50 * LIMIT), false));
        String chunked = talk.headWithout("POST") + "transfer-encoding: chunked\r\n\r\n";
        try (Client client = gateway.client()) {
            gateway.expectRefused(client.exchange(talk.post(large)), talk, 413);
            client.send(
                    talk.headWithout("POST") + "content-encoding: gzip\r\ncontent-length: " + bomb.length + "\r\n\r\n");
            gateway.expectRefused(client.send(bomb).reply(), talk, 413);
            gateway.expectServed(client, Lane.CHAT_TO_CHAT);
            gateway.expectRefused(client.exchange(chunked + Provider.chunk(large)), talk, 413);
            assertThat(client.isClosed()).isTrue();
        }
        try (Client client = gateway.client()) {
            client.send(chunked);
            for (int sent = 0; sent < LIMIT; sent += 10_000) {
                client.send(Provider.chunk("x".repeat(10_000)));
            }
            gateway.expectRefused(
                    client.send(Provider.chunk("x".repeat(10_000))).reply(), talk, 413);
            assertThat(client.isClosed()).isTrue();
        }
        try (Client client = gateway.client()) {
            String announced = talk.headWithout("POST") + "content-length: 999999999999\r\n\r\n{";
            gateway.expectRefused(client.exchange(announced), talk, 413);
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
}
