package dev.sluice.protocol.anthropic;

import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonSpans.Span;
import dev.sluice.protocol.json.JsonText;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks a Messages body over: what routing needs, from the spans of its top-level values.
final class AnthropicOutline {
    private static final String SESSION_MARK = "_session_";
    /// The provider's own tool by the beginning of its type, whatever its version.
    private static final String WEB_SEARCH_TYPE = "\"web_search_20";

    private AnthropicOutline() {}

    static Outcome<Outline> of(byte[] body, RequestHead head) {
        return JsonScanner.topLevel(body).then(top -> outline(body, head, top));
    }

    private static Outcome<Outline> outline(byte[] body, RequestHead head, JsonSpans top) {
        Span model = JsonScanner.present(body, top, "model");
        Span stream = JsonScanner.present(body, top, "stream");
        Span maxTokens = JsonScanner.present(body, top, "max_tokens");
        Span messages = JsonScanner.present(body, top, "messages");
        if (model != null && JsonScanner.string(body, model) == null) {
            return wrong("model", "a string");
        }
        if (messages != null && !JsonScanner.isArray(body, messages)) {
            return wrong("messages", "an array");
        }
        if (stream != null && JsonScanner.bool(body, stream) == null) {
            return wrong("stream", "a boolean");
        }
        if (maxTokens != null && JsonScanner.whole(body, maxTokens) == null) {
            return wrong("max_tokens", "a whole number");
        }
        if (messages == null) {
            return wrong("messages", "an array");
        }
        String name = model == null ? null : JsonScanner.string(body, model);
        return Outcome.ok(new Outline(
                body,
                head,
                top,
                name == null ? "" : name,
                stream != null && Boolean.TRUE.equals(JsonScanner.bool(body, stream)),
                true,
                sessionId(body, top),
                maxTokens == null ? null : JsonScanner.whole(body, maxTokens),
                wants(body, top)));
    }

    private static Outcome<Outline> wrong(String field, String expected) {
        return Outcome.bad(Failure.Refused.field(field, field + ": " + expected + " is expected"));
    }

    private static Set<Field> wants(byte[] body, JsonSpans top) {
        Set<Field> wants = EnumSet.noneOf(Field.class);
        Span tools = JsonScanner.present(body, top, "tools");
        if (tools != null && JsonScanner.holdsItems(body, tools)) {
            wants.add(Field.TOOLS);
            if (ByteScan.indexOf(body, tools.from(), tools.to(), WEB_SEARCH_TYPE) >= 0) {
                wants.add(Field.WEB_SEARCH);
            }
        }
        Span config = JsonScanner.present(body, top, "output_config");
        if (JsonScanner.present(body, top, "output_format") != null
                || config != null && isGiven(body, config, "format")) {
            wants.add(Field.RESPONSE_FORMAT);
        }
        String thinking = text(body, top, "thinking", "type");
        boolean thinks = thinking != null && !thinking.equals("disabled");
        if (thinks || text(body, top, "output_config", "effort") != null) {
            wants.add(Field.REASONING);
        }
        return wants;
    }

    private static boolean isGiven(byte[] body, Span object, String name) {
        Span field = JsonScanner.field(body, object, name);
        return field != null && !JsonScanner.isNull(body, field);
    }

    private static @Nullable String sessionId(byte[] body, JsonSpans top) {
        String userId = text(body, top, "metadata", "user_id");
        return userId == null ? null : sessionOf(userId);
    }

    /// The session that a coding tool names in its user id: as JSON, or behind `_session_` in older versions.
    static @Nullable String sessionOf(String userId) {
        if (userId.startsWith("{")) {
            Json.Obj parts = JsonText.objectOrNull(userId);
            String session = parts == null ? null : parts.text("session_id");
            return session == null || session.isEmpty() ? null : session;
        }
        int mark = userId.lastIndexOf(SESSION_MARK);
        String session = mark < 0 ? "" : userId.substring(mark + SESSION_MARK.length());
        return session.isEmpty() ? null : session;
    }

    private static @Nullable String text(byte[] body, JsonSpans top, String object, String name) {
        Span span = JsonScanner.present(body, top, object);
        Span field = span == null ? null : JsonScanner.field(body, span, name);
        return field == null ? null : JsonScanner.string(body, field);
    }
}
