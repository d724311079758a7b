package dev.sluice.cli.endtoend;

import static dev.sluice.cli.endtoend.RefusingGateway.MARK;
import static dev.sluice.cli.endtoend.RefusingGateway.expectError;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies that are no request of the dialect, or an odd one: refused as such, or the provider is the judge.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadBodyTest {
    private RefusingGateway gateway;

    @BeforeAll
    void start() throws IOException {
        gateway = new RefusingGateway();
    }

    @AfterAll
    void stop() {
        gateway.close();
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
        int asked = gateway.asked().size();
        try (Client client = gateway.client()) {
            Reply reply = client.exchange(lane.client().post(body.replace("MODEL", lane.model())));
            gateway.expectRefused(reply, lane.client(), 400);
            gateway.expectServed(client, lane);
        }
        assertThat(gateway.asked()).hasSize(asked + 1);
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
        int asked = gateway.asked().size();
        try (Client client = gateway.client()) {
            Reply reply = client.exchange(lane.client().post("{\"model\":\"" + lane.model() + "\"," + fields + "}"));
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            expectError(reply, lane.client());
            gateway.expectServed(client, lane);
        }
        assertThat(gateway.asked()).hasSize(asked + 1);
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
            gateway.expectServed(client, lane);
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
                int asked = gateway.asked().size();
                Reply reply = client.exchange(lane.client().post(body));
                assertThat(reply.status()).as(reply.body()).isIn(200, 400, 404);
                assertThat(gateway.asked().subList(asked, gateway.asked().size()))
                        .allSatisfy(request -> assertThat(request).doesNotContain("smuggled"));
            }
            gateway.expectServed(client, lane);
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
                assertThat(gateway.asked().getLast()).contains(text);
            } else {
                gateway.expectRefused(reply, lane.client(), 400);
            }
            gateway.expectServed(client, lane);
        }
        assertThat(gateway.callLog()).doesNotContain(MARK);
    }
}
