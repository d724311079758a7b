package dev.sluice.protocol.json;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks a JSON body over in one pass, without building it: is it well-formed, and where do its parts stand?
///
/// Checks all that RFC 8259 asks but the UTF-8 inside strings; refuses nesting deeper than 500. The readers of spans expect
/// spans that this class made.
public final class JsonScanner {
    private JsonScanner() {}

    /// Where the top-level values stand. Bad: the body is not one well-formed JSON object.
    public static Outcome<JsonSpans> topLevel(byte[] body) {
        JsonCursor cursor = new JsonCursor(body, 0, body.length);
        List<JsonSpans.Span> spans = cursor.fields(1);
        if (spans == null) {
            return malformed(cursor.problem(), cursor.at());
        }
        return cursor.atEnd()
                ? Outcome.ok(new JsonSpans(spans))
                : malformed("there is more after the end of the object", cursor.at());
    }

    private static Outcome<JsonSpans> malformed(String problem, int at) {
        return Outcome.bad(Failure.Refused.of(
                Failure.Kind.INVALID_REQUEST,
                "The request's body is not valid JSON: " + problem + " at byte " + at + "."));
    }

    /// The text, when the value is a string.
    public static @Nullable String string(byte[] body, JsonSpans.Span span) {
        return body[span.from()] == '"' ? JsonStrings.decode(body, span.from(), span.to()) : null;
    }

    /// The truth value, when the value is one.
    public static @Nullable Boolean bool(byte[] body, JsonSpans.Span span) {
        return switch (body[span.from()]) {
            case 't' -> Boolean.TRUE;
            case 'f' -> Boolean.FALSE;
            default -> null;
        };
    }

    /// The number, when the value is a whole one that fits a long; `1.0` and `1e3` are whole.
    public static @Nullable Long whole(byte[] body, JsonSpans.Span span) {
        byte first = body[span.from()];
        if (first != '-' && (first < '0' || first > '9')) {
            return null;
        }
        return new Json.Num(new String(body, span.from(), span.to() - span.from(), StandardCharsets.US_ASCII)).asLong();
    }

    public static boolean isNull(byte[] body, JsonSpans.Span span) {
        return body[span.from()] == 'n';
    }

    public static boolean isObject(byte[] body, JsonSpans.Span span) {
        return body[span.from()] == '{';
    }

    public static boolean isArray(byte[] body, JsonSpans.Span span) {
        return body[span.from()] == '[';
    }

    /// The last field of that name in a nested object; null when the value is no object or has no such field.
    public static JsonSpans.@Nullable Span field(byte[] body, JsonSpans.Span object, String name) {
        JsonSpans.Span found = null;
        for (JsonSpans.Span span : fields(body, object)) {
            if (span.name().equals(name)) {
                found = span;
            }
        }
        return found;
    }

    /// The fields of a nested object; none when the value is no object.
    public static List<JsonSpans.Span> fields(byte[] body, JsonSpans.Span object) {
        List<JsonSpans.Span> spans =
                isObject(body, object) ? new JsonCursor(body, object.from(), object.to()).fields(1) : null;
        return spans == null ? List.of() : spans;
    }

    /// The last top-level field of that name; null when it is missing or `null`.
    public static JsonSpans.@Nullable Span present(byte[] body, JsonSpans top, String name) {
        JsonSpans.Span span = top.field(name);
        return span == null || isNull(body, span) ? null : span;
    }

    /// Whether the value is an array with something between its brackets, which is not gone through.
    public static boolean holdsItems(byte[] body, JsonSpans.Span array) {
        if (!isArray(body, array)) {
            return false;
        }
        for (int i = array.from() + 1; i < array.to() - 1; i++) {
            if (body[i] > ' ') {
                return true;
            }
        }
        return false;
    }

    /// The items of a nested array, which have no names; none when the value is no array.
    public static List<JsonSpans.Span> items(byte[] body, JsonSpans.Span array) {
        List<JsonSpans.Span> spans =
                isArray(body, array) ? new JsonCursor(body, array.from(), array.to()).items(1) : null;
        return spans == null ? List.of() : spans;
    }
}
