package dev.sluice.lambda;

import dev.sluice.model.Headers;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Reads the small parts of a Function URL's event as strictly as a server reads them off the wire.
final class EventFields {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final byte[] event;
    private final JsonSpans top;

    /// One sentence for the client.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String problem;

        Malformed(String problem) {
            super(problem, null, false, false);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }

    EventFields(byte[] event, JsonSpans top) {
        this.event = event;
        this.top = top;
    }

    /// The value there; null when it is absent or null.
    JsonSpans.@Nullable Span present(String name) {
        return present(top.field(name));
    }

    private JsonSpans.@Nullable Span present(JsonSpans.@Nullable Span span) {
        return span == null || JsonScanner.isNull(event, span) ? null : span;
    }

    String text(JsonSpans.@Nullable Span span, String name) throws Malformed {
        String text = span == null ? null : JsonScanner.string(event, span);
        if (text == null) {
            throw new Malformed("The event has no '" + name + "' that is a string.");
        }
        return text;
    }

    String textOrEmpty(JsonSpans.@Nullable Span span, String name) throws Malformed {
        return span == null ? "" : text(span, name);
    }

    boolean flag(String name) throws Malformed {
        JsonSpans.Span span = present(name);
        Boolean flag = span == null ? Boolean.FALSE : JsonScanner.bool(event, span);
        if (flag == null) {
            throw new Malformed("The event's '" + name + "' is not a truth value.");
        }
        return flag;
    }

    /// A field of an object that is itself a field of one; null when any of the three is absent.
    JsonSpans.@Nullable Span nested(String outer, String inner, String name) {
        JsonSpans.Span first = present(outer);
        JsonSpans.Span second = first == null ? null : present(JsonScanner.field(event, first, inner));
        return second == null ? null : present(JsonScanner.field(event, second, name));
    }

    String method(JsonSpans.@Nullable Span span) throws Malformed {
        String method = text(span, "requestContext.http.method");
        if (!isToken(method)) {
            throw new Malformed("The event's method is not an HTTP method.");
        }
        return method;
    }

    /// A path or a query. What no request line can hold is percent-encoded, should the service have decoded it.
    static String target(String text) {
        boolean plain = text.chars().allMatch(EventFields::isPlainTarget);
        if (plain) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlainTarget(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(octet >> 4 & 0xf, 16)))
                        .append(Character.toUpperCase(Character.forDigit(octet & 0xf, 16)));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlainTarget(int c) {
        return c > ' ' && c < 0x7f && c != '#';
    }

    /// All headers; the cookies, which the service takes out of them, are one header again.
    Headers headers() throws Malformed {
        List<Headers.Field> fields = new ArrayList<>(32);
        JsonSpans.Span object = present("headers");
        if (object != null && !JsonScanner.isObject(event, object)) {
            throw new Malformed("The event's 'headers' are not an object.");
        }
        if (object != null) {
            for (JsonSpans.Span span : JsonScanner.fields(event, object)) {
                fields.add(field(span));
            }
        }
        Headers headers = new Headers(fields);
        String cookies = cookies();
        return cookies.isEmpty() ? headers : headers.with("cookie", cookies);
    }

    private Headers.Field field(JsonSpans.Span span) throws Malformed {
        if (!isToken(span.name())) {
            throw new Malformed("The event has a header whose name is none.");
        }
        return new Headers.Field(span.name(), value(text(span, "headers." + span.name())));
    }

    private String cookies() throws Malformed {
        JsonSpans.Span array = present("cookies");
        if (array == null) {
            return "";
        }
        if (!JsonScanner.isArray(event, array)) {
            throw new Malformed("The event's 'cookies' are not an array.");
        }
        StringJoiner joined = new StringJoiner("; ");
        for (JsonSpans.Span span : JsonScanner.items(event, array)) {
            joined.add(value(text(span, "cookies")));
        }
        return joined.toString();
    }

    /// As it would come off the wire: one character for each byte, no control characters.
    private static String value(String text) throws Malformed {
        boolean wide = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                throw new Malformed("The event has a control character in a header.");
            }
            wide |= c > 0xff;
        }
        return wide ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1) : text;
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || TOKEN_MARKS.indexOf(c) >= 0);
    }
}
