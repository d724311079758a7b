package dev.sluice.lambda;

import dev.sluice.core.gateway.ContentDecoding;
import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads events of a Function URL, payload format 2.0, and tells them from all others.
public final class FunctionUrl {
    private static final String VERSION = "2.0";
    private static final String[] MARKS = {"requestContext", "rawPath", "routeKey", "httpMethod"};

    /// What a decompressed body may weigh.
    static final int PLAIN_BYTES = 32 * 1024 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private FunctionUrl() {}

    /// What the event is. The array is the decoder's from then on: a body is unescaped where it stands.
    ///
    /// @param remaining how long the invocation can wait for its answer; null: nobody said
    public static Event decode(byte[] event, @Nullable Duration remaining) {
        if (!(JsonScanner.topLevel(event) instanceof Outcome.Ok<JsonSpans>(JsonSpans top))) {
            return new Event.Malformed(400, "The event is not one JSON object.");
        }
        EventFields fields = new EventFields(event, top);
        if (!isHttp(fields)) {
            return new Event.Other(event);
        }
        try {
            return new Event.Http(request(event, fields, remaining));
        } catch (EventFields.Malformed malformed) {
            return new Event.Malformed(400, malformed.problem());
        }
    }

    private static boolean isHttp(EventFields fields) {
        for (String mark : MARKS) {
            if (fields.present(mark) != null) {
                return true;
            }
        }
        return false;
    }

    private static InboundRequest request(byte[] event, EventFields fields, @Nullable Duration remaining)
            throws EventFields.Malformed {
        if (!fields.textOrEmpty(fields.present("version"), "version").equals(VERSION)) {
            throw new EventFields.Malformed("Only events of payload format " + VERSION + " are understood here.");
        }
        String method = fields.method(fields.nested("requestContext", "http", "method"));
        String address =
                fields.textOrEmpty(fields.nested("requestContext", "http", "sourceIp"), "requestContext.http.sourceIp");
        String path = EventFields.target(fields.text(fields.present("rawPath"), "rawPath"));
        String query = EventFields.target(fields.textOrEmpty(fields.present("rawQueryString"), "rawQueryString"));
        Headers headers = fields.headers();
        boolean base64 = fields.flag("isBase64Encoded");
        Outcome<byte[]> body = body(event, fields.present("body"), base64)
                .then(bytes -> ContentDecoding.decode(
                        bytes, headers.first("content-encoding").orElse(""), PLAIN_BYTES));
        return new InboundRequest(
                method,
                path.isEmpty() ? "/" : path,
                query,
                headers,
                body instanceof Outcome.Ok<byte[]>(byte[] bytes) ? bytes : NOTHING,
                body instanceof Outcome.Bad<byte[]>(Failure problem) ? problem : null,
                address,
                remaining);
    }

    private static Outcome<byte[]> body(byte[] event, JsonSpans.@Nullable Span span, boolean base64) {
        if (span == null) {
            return Outcome.ok(NOTHING);
        }
        if (event[span.from()] != '"') {
            return unreadable("The event's 'body' is not a string.");
        }
        int from = span.from() + 1;
        int to = span.to() - 1;
        if (!base64) {
            return Outcome.ok(EventBody.text(event, from, to));
        }
        try {
            return Outcome.ok(EventBody.base64(event, from, to));
        } catch (IllegalArgumentException broken) {
            return unreadable("The request body did not arrive as valid base64.");
        }
    }

    private static Outcome<byte[]> unreadable(String message) {
        return Outcome.bad(Failure.Refused.of(Failure.Kind.INVALID_REQUEST, message));
    }
}
