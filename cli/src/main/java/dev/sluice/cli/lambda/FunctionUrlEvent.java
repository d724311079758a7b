package dev.sluice.cli.lambda;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// HTTP requests as the events that a Function URL makes of them (payload format 2.0).
final class FunctionUrlEvent {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String API = "localurl";

    private FunctionUrlEvent() {}

    /// @param port where the front listens
    static byte[] of(InboundRequest request, int port, String requestId, String traceId, Instant now) {
        String host = request.headers().first("host").orElse(API + ".lambda-url.local");
        Map<String, Json> event = new LinkedHashMap<>();
        event.put("version", Json.of("2.0"));
        event.put("routeKey", Json.of("$default"));
        event.put("rawPath", Json.of(request.path()));
        event.put("rawQueryString", Json.of(request.query()));
        List<Json> cookies = cookies(request.headers());
        if (!cookies.isEmpty()) {
            event.put("cookies", new Json.Arr(cookies));
        }
        event.put("headers", headers(request, port, traceId));
        if (!request.query().isEmpty()) {
            event.put("queryStringParameters", parameters(request.query()));
        }
        event.put("requestContext", context(request, host, requestId, now));
        boolean binary = false;
        if (request.body().length > 0) {
            String text = text(request);
            binary = text == null;
            event.put("body", Json.of(text == null ? Base64.getEncoder().encodeToString(request.body()) : text));
        }
        event.put("isBase64Encoded", Json.of(binary));
        return JsonText.bytes(new Json.Obj(event));
    }

    private static List<Json> cookies(Headers headers) {
        List<Json> cookies = new ArrayList<>();
        for (String line : headers.all("cookie")) {
            for (String cookie : line.split(";", -1)) {
                if (!cookie.isBlank()) {
                    cookies.add(Json.of(cookie.strip()));
                }
            }
        }
        return cookies;
    }

    private static Json.Obj headers(InboundRequest request, int port, String traceId) {
        Map<String, String> joined = new LinkedHashMap<>();
        for (Headers.Field field : request.headers().fields()) {
            if (isPassedOn(field)) {
                joined.merge(field.name(), field.value(), (before, more) -> before + "," + more);
            }
        }
        if (request.body().length > 0) {
            joined.put("content-length", Integer.toString(request.body().length));
        }
        joined.put("x-amzn-trace-id", traceId);
        joined.merge("x-forwarded-for", request.clientAddress(), (before, peer) -> before + ", " + peer);
        joined.put("x-forwarded-port", Integer.toString(port));
        joined.put("x-forwarded-proto", "http");
        Map<String, Json> fields = new LinkedHashMap<>();
        joined.forEach((name, value) -> fields.put(name, Json.of(value)));
        return new Json.Obj(fields);
    }

    private static boolean isPassedOn(Headers.Field field) {
        return switch (field.name()) {
            case "cookie", "expect" -> false;
            case "content-length" -> true;
            default -> !field.isOfTheConnection();
        };
    }

    private static Json.Obj parameters(String query) {
        Map<String, String> joined = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                joined.merge(decoded(name), decoded(value), (before, more) -> before + "," + more);
            }
        }
        Map<String, Json> fields = new LinkedHashMap<>();
        joined.forEach((name, value) -> fields.put(name, Json.of(value)));
        return new Json.Obj(fields);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    private static Json.Obj context(InboundRequest request, String host, String requestId, Instant now) {
        int colon = host.lastIndexOf(':');
        String domain = colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
        int dot = domain.indexOf('.');
        Json.Obj http = Json.object()
                .put("method", request.method())
                .put("path", request.path())
                .put("protocol", "HTTP/1.1")
                .put("sourceIp", request.clientAddress())
                .put("userAgent", request.headers().first("user-agent").orElse(""))
                .build();
        return Json.object()
                .put("accountId", "anonymous")
                .put("apiId", API)
                .put("domainName", domain)
                .put("domainPrefix", dot < 0 ? domain : domain.substring(0, dot))
                .put("http", http)
                .put("requestId", requestId)
                .put("routeKey", "$default")
                .put("stage", "$default")
                .put("time", TIME.format(now))
                .put("timeEpoch", now.toEpochMilli())
                .build();
    }

    /// The body as text when its type says that it is text, and it is.
    private static @Nullable String text(InboundRequest request) {
        String type = request.headers().first("content-type").orElse("");
        int semicolon = type.indexOf(';');
        String essence =
                (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        boolean plain = essence.startsWith("text/")
                || essence.equals("application/json")
                || essence.equals("application/javascript")
                || essence.equals("application/xml")
                || essence.endsWith("+json")
                || essence.endsWith("+xml");
        if (!plain || request.headers().has("content-encoding")) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(request.body()))
                    .toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }
}
