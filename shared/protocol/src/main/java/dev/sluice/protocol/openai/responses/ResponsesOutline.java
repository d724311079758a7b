package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonSpans.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks a body over: what routing needs, from the spans of its top-level values.
final class ResponsesOutline {
    /// What may stand for the input: the provider has it.
    private static final List<String> INSTEAD = List.of("previous_response_id", "conversation", "prompt");

    private static final String WEB_SEARCH = "web_search";

    private final byte[] body;
    private final JsonSpans top;

    private ResponsesOutline(byte[] body, JsonSpans top) {
        this.body = body;
        this.top = top;
    }

    static Outcome<Outline> of(byte[] body, RequestHead head) {
        return JsonScanner.topLevel(body).then(top -> new ResponsesOutline(body, top).outline(head));
    }

    private Outcome<Outline> outline(RequestHead head) {
        Span model = present("model");
        if (model != null && JsonScanner.string(body, model) == null) {
            return wrong("model", "a string");
        }
        Span input = present("input");
        boolean isInput = input == null
                ? INSTEAD.stream().anyMatch(name -> present(name) != null)
                : JsonScanner.isArray(body, input) || JsonScanner.string(body, input) != null;
        if (!isInput) {
            return wrong("input", "a string or an array");
        }
        Span stream = present("stream");
        if (stream != null && JsonScanner.bool(body, stream) == null) {
            return wrong("stream", "a boolean");
        }
        Span most = present("max_output_tokens");
        if (most != null && JsonScanner.whole(body, most) == null) {
            return wrong("max_output_tokens", "a whole number");
        }
        Span tools = present("tools");
        if (tools != null && !JsonScanner.isArray(body, tools)) {
            return wrong("tools", "an array");
        }
        String name = string(model);
        return Outcome.ok(new Outline(
                body,
                head,
                top,
                name == null ? "" : name,
                stream != null && Boolean.TRUE.equals(JsonScanner.bool(body, stream)),
                true,
                string(present("prompt_cache_key")),
                most == null ? null : JsonScanner.whole(body, most),
                wants(tools)));
    }

    private @Nullable Span present(String name) {
        return JsonScanner.present(body, top, name);
    }

    private @Nullable String string(@Nullable Span span) {
        return span == null ? null : JsonScanner.string(body, span);
    }

    private static Outcome<Outline> wrong(String field, String expected) {
        return Outcome.bad(Failure.Refused.field(field, "'" + field + "' must be " + expected + "."));
    }

    private Set<Field> wants(@Nullable Span tools) {
        Set<Field> wants = EnumSet.noneOf(Field.class);
        if (tools != null && JsonScanner.holdsItems(body, tools)) {
            wants.add(Field.TOOLS);
            if (searchesWeb(tools)) {
                wants.add(Field.WEB_SEARCH);
            }
        }
        String effort = string(inside("reasoning", "effort"));
        if (effort != null ? !effort.equals("none") : string(inside("reasoning", "summary")) != null) {
            wants.add(Field.REASONING);
        }
        Span format = inside("text", "format");
        String type = format == null ? null : string(JsonScanner.field(body, format, "type"));
        if (type != null && !type.equals("text")) {
            wants.add(Field.RESPONSE_FORMAT);
        }
        return wants;
    }

    /// Tools are the longest part of many bodies: they are gone through only where the name stands among them.
    private boolean searchesWeb(Span tools) {
        if (ByteScan.indexOf(body, tools.from(), tools.to(), "\"" + WEB_SEARCH) < 0) {
            return false;
        }
        return JsonScanner.items(body, tools).stream().anyMatch(tool -> {
            String type = string(JsonScanner.field(body, tool, "type"));
            return type != null && type.startsWith(WEB_SEARCH);
        });
    }

    private @Nullable Span inside(String object, String name) {
        Span span = present(object);
        return span == null ? null : JsonScanner.field(body, span, name);
    }
}
