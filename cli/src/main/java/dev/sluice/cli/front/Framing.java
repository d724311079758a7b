package dev.sluice.cli.front;

import dev.sluice.model.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides where a request's body ends and whether the connection goes on, refusing what two readers could read in two
/// ways (RFC 9112, 6.3 and 11.2).
final class Framing {
    private @Nullable String contentLength;
    private @Nullable String transferEncoding;
    private @Nullable String connection;
    private @Nullable String host;

    private Framing() {}

    static RequestHead head(String method, RequestTarget target, boolean http11, List<Headers.Field> fields)
            throws Refusal {
        Framing framing = new Framing();
        for (Headers.Field field : fields) {
            framing.take(field);
        }
        if (http11 && framing.host == null) {
            throw new Refusal(400, "no host header");
        }
        return new RequestHead(
                method,
                target.path(),
                target.query(),
                http11,
                new Headers(fields),
                framing.length(http11),
                framing.keepAlive(http11));
    }

    private void take(Headers.Field field) throws Refusal {
        switch (field.name()) {
            case "content-length" -> contentLength = once(contentLength, field);
            case "transfer-encoding" -> transferEncoding = once(transferEncoding, field);
            case "host" -> host = once(host, field);
            case "connection" -> connection = connection == null ? field.value() : connection + "," + field.value();
            case "expect" -> {
                if (!field.value().equalsIgnoreCase("100-continue")) {
                    throw new Refusal(417, "unknown expectation");
                }
            }
            default -> {}
        }
    }

    private static String once(@Nullable String before, Headers.Field field) throws Refusal {
        if (before != null) {
            throw new Refusal(400, "two " + field.name() + " headers");
        }
        return field.value();
    }

    private long length(boolean http11) throws Refusal {
        if (transferEncoding != null) {
            if (contentLength != null) {
                throw new Refusal(400, "both content-length and transfer-encoding");
            }
            if (!http11 || !transferEncoding.equalsIgnoreCase("chunked")) {
                throw new Refusal(http11 ? 501 : 400, "unknown transfer-encoding");
            }
            return RequestHead.CHUNKED;
        }
        return contentLength == null ? 0 : digits(contentLength);
    }

    private static long digits(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return RequestHead.BAD;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return RequestHead.BAD;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private boolean keepAlive(boolean http11) {
        if (connection == null) {
            return http11;
        }
        return http11 ? !names(connection, "close") : names(connection, "keep-alive") && !names(connection, "close");
    }

    /// Whether the comma-separated list holds that word.
    private static boolean names(String list, String word) {
        int from = 0;
        while (from <= list.length()) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            if (list.substring(from, to).strip().equalsIgnoreCase(word)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }
}
