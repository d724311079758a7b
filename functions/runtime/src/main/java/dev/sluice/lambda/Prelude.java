package dev.sluice.lambda;

import dev.sluice.model.Headers;
import dev.sluice.protocol.ByteSink;
import java.util.LinkedHashMap;
import java.util.Map;

/// The head of a streamed answer as a Function URL reads it: JSON with status, headers and cookies, then eight NUL bytes.
final class Prelude {
    private static final byte[] DELIMITER = new byte[8];

    private Prelude() {}

    static byte[] encode(int status, Headers headers) {
        ByteSink sink = new ByteSink(1024);
        sink.ascii("{\"statusCode\":").number(status).ascii(",\"headers\":{");
        boolean first = true;
        for (Map.Entry<String, String> field : joined(headers).entrySet()) {
            sink.ascii(first ? "" : ",").jsonString(field.getKey()).ascii(":").jsonString(clean(field.getValue()));
            first = false;
        }
        sink.ascii("}");
        cookies(headers, sink);
        return sink.ascii("}").write(DELIMITER).toByteArray();
    }

    /// One value by name: there is no way to send a header twice.
    private static Map<String, String> joined(Headers headers) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Headers.Field field : headers.fields()) {
            if (!field.isOfTheConnection() && !field.name().equals("set-cookie")) {
                fields.merge(field.name(), field.value(), (before, more) -> before + ", " + more);
            }
        }
        return fields;
    }

    private static void cookies(Headers headers, ByteSink sink) {
        String separator = ",\"cookies\":[";
        for (Headers.Field field : headers.fields()) {
            if (field.name().equals("set-cookie")) {
                sink.ascii(separator).jsonString(clean(field.value()));
                separator = ",";
            }
        }
        sink.ascii(headers.has("set-cookie") ? "]" : "");
    }

    /// A value that came from elsewhere cannot begin a line of its own.
    private static String clean(String value) {
        StringBuilder clean = null;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                clean = clean == null ? new StringBuilder(value) : clean;
                clean.setCharAt(i, '?');
            }
        }
        return clean == null ? value : clean.toString();
    }
}
