package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionUrlTest {
    private static final String HTTP =
            "\"requestContext\":{\"http\":{\"method\":\"POST\",\"sourceIp\":\"203.0.113.7\"}}";

    private static Event decode(String event) {
        return FunctionUrl.decode(event.getBytes(StandardCharsets.UTF_8), null);
    }

    private static InboundRequest request(String event) {
        return ((Event.Http) decode(event)).request();
    }

    /// A request with those fields beside the necessary ones.
    private static InboundRequest with(String fields) {
        return request("{\"version\":\"2.0\",\"rawPath\":\"/v1/messages\"," + HTTP + "," + fields + "}");
    }

    private static String body(InboundRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @Test
    void reads_a_request() {
        String event = "{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":\"/v1/chat%2Fx\","
                + "\"rawQueryString\":\"a=1&b=%20&a=2\",\"cookies\":[\"a=b=c\",\"d=e\"],"
                + "\"headers\":{\"X-Api-Key\":\"k\",\"accept\":\"a,b\"},\"queryStringParameters\":{\"a\":\"1,2\"},"
                + "\"requestContext\":{\"accountId\":\"anonymous\",\"timeEpoch\":1583348638390,"
                + "\"http\":{\"method\":\"PUT\",\"path\":\"/v1\",\"protocol\":\"HTTP/1.1\",\"sourceIp\":\"2001:db8::1\"}},"
                + "\"body\":\"{\\\"a\\\":1}\",\"isBase64Encoded\":false}";
        assertThat(FunctionUrl.decode(event.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(9)))
                .usingRecursiveComparison()
                .isEqualTo(new Event.Http(new InboundRequest(
                        "PUT",
                        "/v1/chat%2Fx",
                        "a=1&b=%20&a=2",
                        Headers.of("x-api-key", "k", "accept", "a,b", "cookie", "a=b=c; d=e"),
                        "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                        null,
                        "2001:db8::1",
                        Duration.ofSeconds(9))));
    }

    @Test
    void what_may_be_absent_is_empty() {
        InboundRequest request = request("{\"version\":\"2.0\",\"rawPath\":\"\",\"body\":null,\"headers\":null,"
                + "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}");
        assertThat(request.path()).isEqualTo("/");
        assertThat(request.query()).isEmpty();
        assertThat(request.headers()).isEqualTo(Headers.NONE);
        assertThat(request.body()).isEmpty();
        assertThat(request.problem()).isNull();
        assertThat(request.clientAddress()).isEmpty();
        assertThat(request.remaining()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a\\nb, `a\nb`",
                "\\\"\\\\\\/\\b\\f\\r\\t, `\"\\/\b\f\r\t`",
                "\\u0041\\u00e4\\u20ac\\uD83D\\uDE00, Aä€😀",
                "ä€😀\\u0020x, `ä€😀 x`",
                "\\ud83dx, \ufffdx",
                "\\ud83d\\u0041, \ufffdA",
                "\\ude00, \ufffd",
                "\\ud83d\\n, `\ufffd\n`",
                "\\ud83d, \ufffd"
            })
    void undoes_the_escapes_of_a_body(String escaped, String text) {
        assertThat(body(with("\"body\":\"" + escaped + "\""))).isEqualTo(text);
    }

    @Test
    void reads_base64_with_and_without_escapes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        String text = Base64.getEncoder().encodeToString(all);
        assertThat(with("\"isBase64Encoded\":true,\"body\":\"" + text + "\"").body())
                .isEqualTo(all);
        assertThat(with("\"body\":\"" + text.replace("/", "\\/").replace("A", "\\u0041")
                                + "\",\"isBase64Encoded\":true")
                        .body())
                .isEqualTo(all);
        assertThat(with("\"isBase64Encoded\":true,\"body\":\"\"").body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab=c", "****", "YQ==YQ==", "ä", "Y Q="})
    void broken_base64_is_a_problem_of_the_body(String text) {
        InboundRequest request = with("\"isBase64Encoded\":true,\"body\":\"" + text + "\"");
        assertThat(request.body()).isEmpty();
        assertThat(request.problem())
                .isEqualTo(Failure.Refused.of(
                        Failure.Kind.INVALID_REQUEST, "The request body did not arrive as valid base64."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "1", "true"})
    void a_body_that_is_no_string_is_a_problem_of_the_body(String value) {
        assertThat(with("\"body\":" + value).problem())
                .isEqualTo(Failure.Refused.of(Failure.Kind.INVALID_REQUEST, "The event's 'body' is not a string."));
    }

    @Test
    void undoes_gzip() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"model\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        }
        String text = Base64.getEncoder().encodeToString(packed.toByteArray());
        String headers = "\"headers\":{\"content-encoding\":\"GZIP\"},\"isBase64Encoded\":true,\"body\":\"";
        assertThat(body(with(headers + text + "\""))).isEqualTo("{\"model\":\"x\"}");
        assertThat(with(headers + "AAAA\"").problem().kind()).isEqualTo(Failure.Kind.INVALID_REQUEST);
        assertThat(with("\"headers\":{\"content-encoding\":\"zstd\"},\"body\":\"x\"")
                        .problem()
                        .kind())
                .isEqualTo(Failure.Kind.UNSUPPORTED_MEDIA_TYPE);
        assertThat(with("\"headers\":{\"content-encoding\":\"zstd\"}").problem())
                .isNull();
    }

    @Test
    void a_decompressed_body_is_bounded() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[FunctionUrl.PLAIN_BYTES + 1]);
        }
        String text = Base64.getEncoder().encodeToString(packed.toByteArray());
        assertThat(with("\"headers\":{\"content-encoding\":\"gzip\"},\"isBase64Encoded\":true,\"body\":\"" + text
                                + "\"")
                        .problem()
                        .kind())
                .isEqualTo(Failure.Kind.TOO_LARGE);
    }

    @Test
    void reads_a_body_of_six_megabytes() {
        String six = "x".repeat(6 * 1024 * 1024);
        assertThat(request(Events.post(six)).body()).hasSize(six.length());
    }

    @Test
    void reads_a_hundred_headers() {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            headers.put("x-" + i, "v" + i);
        }
        assertThat(request(Events.event("GET", "/", "", headers, null)).headers())
                .isEqualTo(Headers.from(headers));
    }

    @Test
    void cookies_take_the_place_of_a_cookie_header() {
        assertThat(with("\"headers\":{\"cookie\":\"old\"},\"cookies\":[\"a=b=c\"]")
                        .headers())
                .isEqualTo(Headers.of("cookie", "a=b=c"));
        assertThat(with("\"headers\":{\"cookie\":\"old\"},\"cookies\":[]").headers())
                .isEqualTo(Headers.of("cookie", "old"));
    }

    @Test
    void header_values_are_bytes_as_on_the_wire() {
        assertThat(with("\"headers\":{\"x\":\"é\",\"y\":\"é€\"}").headers())
                .isEqualTo(Headers.of(
                        "x", "é", "y", new String("é€".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
    }

    @Test
    void what_no_request_line_can_hold_is_percent_encoded() {
        InboundRequest request =
                request("{\"version\":\"2.0\",\"rawPath\":\"/a b/é\\n#\",\"rawQueryString\":\"q= %20\"," + HTTP + "}");
        assertThat(request.path()).isEqualTo("/a%20b/%C3%A9%0A%23");
        assertThat(request.query()).isEqualTo("q=%20%20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":\"0\",\"id\":\"53dc\",\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\"}",
                "{\"Step\":\"createSecret\",\"SecretId\":\"arn\",\"ClientRequestToken\":\"t\"}",
                "{\"requestContext\":null}",
                "{}"
            })
    void other_events_stay_as_they_came(String event) {
        assertThat(decode(event))
                .isInstanceOfSatisfying(
                        Event.Other.class,
                        other -> assertThat(other.event())
                                .asString(StandardCharsets.UTF_8)
                                .isEqualTo(event));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{\"a\":1}}",
                "{\"a\":tru}",
                "\u0000",
                "{\"rawPath\":\"\n\"}"
            })
    void what_is_no_json_object_is_refused(String event) {
        assertThat(decode(event)).isEqualTo(new Event.Malformed(400, "The event is not one JSON object."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"httpMethod\":\"GET\",",
                "\"version\":null,",
                "\"version\":\"1.0\",",
                "\"version\":\"3.0\",",
                "\"version\":\"\","
            })
    void another_payload_format_is_refused(String version) {
        assertThat(decode("{" + version + "\"rawPath\":\"/\"," + HTTP + "}"))
                .isEqualTo(new Event.Malformed(400, "Only events of payload format 2.0 are understood here."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"version\":2.0,\"rawPath\":\"/\"," + HTTP,
                "\"version\":\"2.0\"," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":1," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\"",
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"requestContext\":[]",
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"requestContext\":{\"http\":1}",
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"\"}}",
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"G T\"}}",
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"requestContext\":{\"http\":{\"method\":\"GET\",\"sourceIp\":4}}",
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"rawQueryString\":{}," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"headers\":[]," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"headers\":{\"a\":1}," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"headers\":{\"a\":null}," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"headers\":{\"a b\":\"c\"}," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"headers\":{\"\":\"c\"}," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"headers\":{\"a\":\"b\\nc\"}," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"cookies\":{}," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"cookies\":[1]," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"cookies\":[\"\\u0000\"]," + HTTP,
                "\"version\":\"2.0\",\"rawPath\":\"/\",\"isBase64Encoded\":\"no\"," + HTTP
            })
    void a_request_with_a_missing_or_wrong_field_is_refused(String fields) {
        assertThat(decode("{" + fields + "}")).isInstanceOfSatisfying(Event.Malformed.class, malformed -> {
            assertThat(malformed.status()).isEqualTo(400);
            assertThat(malformed.message()).startsWith("The event").endsWith(".");
        });
    }
}
