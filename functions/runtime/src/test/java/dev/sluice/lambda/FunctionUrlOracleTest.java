package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Generated events, read by the codec and by AWS's own library.
class FunctionUrlOracleTest {
    private static final PojoSerializer<APIGatewayV2HTTPEvent> ORACLE = LambdaEventSerializers.serializerFor(
            APIGatewayV2HTTPEvent.class, FunctionUrlOracleTest.class.getClassLoader());
    private static final String TOKEN = "abcxyz0189-_.";
    private static final String TARGET = "/abc019-_.~%2F:@!$&'()*+,;=";
    private static final String PRINTABLE = " \tabc019\"\\/{}[]:,='<>éÿ";
    private static final String ANY = PRINTABLE + "\n\r\b\f\u0001\u007fä€\u2028😀𝄞\uffff";

    private final Random random = new Random(20_261_121);

    @Test
    void reads_what_the_library_of_aws_reads() {
        for (int i = 0; i < 3000; i++) {
            String event = event();
            APIGatewayV2HTTPEvent expected = ORACLE.fromJson(event);
            Event read = FunctionUrl.decode(event.getBytes(StandardCharsets.UTF_8), null);
            assertThat(read).as(event).isInstanceOf(Event.Http.class);
            InboundRequest request = ((Event.Http) read).request();
            assertThat(request.problem()).as(event).isNull();
            assertThat(request.method())
                    .isEqualTo(expected.getRequestContext().getHttp().getMethod());
            assertThat(request.clientAddress())
                    .isEqualTo(expected.getRequestContext().getHttp().getSourceIp());
            assertThat(request.path()).isEqualTo(expected.getRawPath());
            assertThat(request.query()).isEqualTo(expected.getRawQueryString());
            assertThat(request.headers().without("cookie").fields())
                    .as(event)
                    .containsExactlyInAnyOrderElementsOf(
                            Headers.from(expected.getHeaders()).fields());
            assertThat(request.headers().first("cookie").orElse(""))
                    .isEqualTo(expected.getCookies() == null ? "" : String.join("; ", expected.getCookies()));
            assertThat(request.body()).as(event).isEqualTo(body(expected));
        }
    }

    private static byte[] body(APIGatewayV2HTTPEvent event) {
        if (event.getBody() == null) {
            return new byte[0];
        }
        return event.getIsBase64Encoded()
                ? Base64.getDecoder().decode(event.getBody())
                : event.getBody().getBytes(StandardCharsets.UTF_8);
    }

    private String event() {
        List<String> fields = new ArrayList<>();
        fields.add("\"version\":\"2.0\"");
        fields.add("\"routeKey\":\"$default\"");
        fields.add("\"rawPath\":" + json("/" + text(TARGET, 30)));
        fields.add("\"rawQueryString\":" + json(text(TARGET + "?", 30)));
        fields.add("\"headers\":" + headers());
        fields.add("\"requestContext\":{\"accountId\":\"a\",\"timeEpoch\":1583348638390,\"authorizer\":null,\"http\":{"
                + "\"method\":" + json(text("GETPOS", 5) + "X") + ",\"path\":\"/\",\"sourceIp\":"
                + json(random.nextInt(256) + ".0.2.1") + "}}");
        if (random.nextBoolean()) {
            fields.add("\"cookies\":" + cookies());
        }
        boolean base64 = random.nextBoolean();
        fields.add("\"isBase64Encoded\":" + base64);
        if (random.nextInt(5) > 0) {
            fields.add("\"body\":" + json(base64 ? base64() : text(ANY, 400)));
        }
        Collections.shuffle(fields, random);
        return "{" + String.join(random.nextBoolean() ? "," : " ,\r\n\t", fields) + "}";
    }

    private String base64() {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private String headers() {
        Map<String, String> headers = new TreeMap<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            headers.put("x" + text(TOKEN, 12), json(text(PRINTABLE, 40)));
        }
        List<String> fields = new ArrayList<>();
        headers.forEach((name, value) -> fields.add(json(name) + ": " + value));
        return "{" + String.join(",", fields) + "}";
    }

    private String cookies() {
        List<String> cookies = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            cookies.add(json(text(TOKEN, 9) + "=" + text(TOKEN + "=", 9)));
        }
        return "[" + String.join(",", cookies) + "]";
    }

    private String text(String characters, int most) {
        int[] codePoints = characters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return text.toString();
    }

    /// A JSON string with some of the escapes that are allowed and not needed.
    private String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && random.nextBoolean()) {
                json.append("\\n");
            } else if (c == '/' && random.nextInt(4) == 0) {
                json.append("\\/");
            } else if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || !Character.isSurrogate(c) && random.nextInt(12) == 0) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
