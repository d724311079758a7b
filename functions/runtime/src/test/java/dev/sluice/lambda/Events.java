package dev.sluice.lambda;

import dev.sluice.protocol.ByteSink;
import java.util.Map;

/// Function URL events for tests.
final class Events {
    private Events() {}

    /// A POST of JSON.
    static String post(String body) {
        return event("POST", "/v1/chat/completions", "", Map.of("content-type", "application/json"), body);
    }

    static String get(String path) {
        return event("GET", path, "", Map.of(), null);
    }

    static String event(String method, String path, String query, Map<String, String> headers, String body) {
        ByteSink sink = new ByteSink(512);
        sink.ascii("{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":")
                .jsonString(path);
        sink.ascii(",\"rawQueryString\":").jsonString(query).ascii(",\"headers\":{");
        String separator = "";
        for (Map.Entry<String, String> header : headers.entrySet()) {
            sink.ascii(separator).jsonString(header.getKey()).ascii(":").jsonString(header.getValue());
            separator = ",";
        }
        sink.ascii("},\"requestContext\":{\"accountId\":\"anonymous\",\"http\":{\"method\":")
                .jsonString(method);
        sink.ascii(",\"path\":").jsonString(path);
        sink.ascii(",\"protocol\":\"HTTP/1.1\",\"sourceIp\":\"203.0.113.7\",\"userAgent\":\"test\"}}");
        if (body != null) {
            sink.ascii(",\"body\":").jsonString(body);
        }
        return sink.ascii(",\"isBase64Encoded\":false}").text();
    }
}
