package dev.sluice.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionUrlEventTest {
    private static final Instant NOW = Instant.parse("2026-11-21T16:05:09.123Z");

    @Test
    void writes_payload_2_0() {
        Headers headers = Headers.of(
                "Host", "me.local:8787",
                "Content-Type", "application/json; charset=utf-8",
                "Accept", "a",
                "Accept", "b",
                "Cookie", "one=1; two=a=b",
                "Cookie", "three=3",
                "Connection", "keep-alive",
                "Transfer-Encoding", "chunked",
                "X-Forwarded-For", "10.0.0.1",
                "User-Agent", "tool/1");
        InboundRequest request = request("POST", "/v1/a%20b", "x=1&y=%C3%A4&x=2&flag", headers, "{\"ä\":\"\\\"\"}");

        String event = new String(FunctionUrlEvent.of(request, 8787, "r-1", "Root=1-2-3", NOW), StandardCharsets.UTF_8);

        assertThat(event).isEqualTo("""
                        {"version":"2.0","routeKey":"$default","rawPath":"/v1/a%20b","rawQueryString":"x=1&y=%C3%A4&x=2&flag",\
                        "cookies":["one=1","two=a=b","three=3"],\
                        "headers":{"host":"me.local:8787","content-type":"application/json; charset=utf-8","accept":"a,b",\
                        "x-forwarded-for":"10.0.0.1, 127.0.0.1","user-agent":"tool/1","content-length":"11",\
                        "x-amzn-trace-id":"Root=1-2-3","x-forwarded-port":"8787","x-forwarded-proto":"http"},\
                        "queryStringParameters":{"x":"1,2","y":"ä","flag":""},\
                        "requestContext":{"accountId":"anonymous","apiId":"localurl","domainName":"me.local",\
                        "domainPrefix":"me","http":{"method":"POST","path":"/v1/a%20b","protocol":"HTTP/1.1",\
                        "sourceIp":"127.0.0.1","userAgent":"tool/1"},"requestId":"r-1","routeKey":"$default",\
                        "stage":"$default","time":"21/Nov/2026:16:05:09 +0000","timeEpoch":1795277109123},\
                        "body":"{\\"ä\\":\\"\\\\\\"\\"}","isBase64Encoded":false}""");
    }

    @Test
    void leaves_out_what_is_not_there() {
        Json.Obj event = event(request("GET", "/", "", Headers.of("host", "x"), ""));

        assertThat(event.has("body")).isFalse();
        assertThat(event.has("cookies")).isFalse();
        assertThat(event.has("queryStringParameters")).isFalse();
        assertThat(event.text("rawQueryString")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,false",
        "TEXT/csv;charset=x,false",
        "application/json,false",
        "application/problem+json,false",
        "application/xml,false",
        "application/x-www-form-urlencoded,true",
        "multipart/form-data; boundary=b,true",
        "application/octet-stream,true",
        "'',true"
    })
    void encodes_what_is_not_text(String type, boolean base64) {
        Json.Obj event = event(request("POST", "/", "", Headers.of("content-type", type), "hi"));

        assertThat(event.isTrue("isBase64Encoded")).isEqualTo(base64);
        assertThat(event.text("body")).isEqualTo(base64 ? "aGk=" : "hi");
    }

    @Test
    void encodes_compressed_bodies_and_text_that_is_none() {
        Headers zipped = Headers.of("content-type", "application/json", "content-encoding", "gzip");
        assertThat(event(request("POST", "/", "", zipped, "hi")).text("body")).isEqualTo("aGk=");

        InboundRequest broken = new InboundRequest(
                "POST",
                "/",
                "",
                Headers.of("content-type", "text/plain"),
                new byte[] {(byte) 0xff, 1},
                null,
                "127.0.0.1");
        assertThat(event(broken).text("body")).isEqualTo("/wE=");
    }

    private static Json.Obj event(InboundRequest request) {
        byte[] bytes = FunctionUrlEvent.of(request, 1, "r", "Root=1", NOW);
        Json.Obj event = JsonText.objectOrNull(bytes, 0, bytes.length);
        assertThat(event).isNotNull();
        return event;
    }

    private static InboundRequest request(String method, String path, String query, Headers headers, String body) {
        return new InboundRequest(
                method, path, query, headers, body.getBytes(StandardCharsets.UTF_8), null, "127.0.0.1");
    }
}
