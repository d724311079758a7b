package dev.sluice.cli.lambda;

import dev.sluice.model.Json;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One answer of the Runtime API, in the service's words.
///
/// @param headers by name, in the service's spelling
record RuntimeReply(int status, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = new byte[0];

    static RuntimeReply accepted() {
        return json(202, Json.object().put("status", "OK").build());
    }

    static RuntimeReply empty() {
        return new RuntimeReply(200, Map.of(), NOTHING);
    }

    static RuntimeReply json(int status, Json.Obj body) {
        return new RuntimeReply(status, Map.of("Content-Type", "application/json"), JsonText.bytes(body));
    }

    static RuntimeReply error(int status, String type, String message) {
        return json(
                status,
                Json.object()
                        .put("errorType", type)
                        .put("errorMessage", message)
                        .build());
    }

    static RuntimeReply forbidden(RuntimeState from, RuntimeStep step) {
        return error(
                403,
                "InvalidStateTransition",
                "State transition from " + from.title() + " to " + step.target()
                        + " failed for runtime. Error: State transition is not allowed");
    }

    static RuntimeReply invalidId() {
        return error(400, "InvalidRequestID", "Invalid request ID");
    }

    static RuntimeReply invalidMode() {
        return error(400, "InvalidFunctionResponseMode", "Invalid function response mode");
    }

    static RuntimeReply truncated() {
        return error(400, "TruncatedHTTPRequest", "HTTP request detected as truncated");
    }

    static RuntimeReply tooLarge(long limit) {
        return error(413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (" + limit + " bytes).");
    }

    static RuntimeReply broken() {
        return error(500, "InternalServerError", "Internal Server Error");
    }

    static RuntimeReply plain(int status, String text) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        return new RuntimeReply(status, Map.of("Content-Type", "text/plain; charset=utf-8"), body);
    }

    /// As it goes over the wire, whole.
    byte[] bytes() {
        ByteSink sink = new ByteSink(512 + body.length);
        sink.ascii("HTTP/1.1 ").number(status).ascii(" ").ascii(reason()).ascii("\r\n");
        headers.forEach(
                (name, value) -> sink.ascii(name).ascii(": ").utf8(value).ascii("\r\n"));
        sink.ascii("Content-Length: ").number(body.length).ascii("\r\n\r\n");
        return sink.write(body).toByteArray();
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 202 -> "Accepted";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Request Entity Too Large";
            default -> "Internal Server Error";
        };
    }
}
