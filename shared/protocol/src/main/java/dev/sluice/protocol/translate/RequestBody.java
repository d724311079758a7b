package dev.sluice.protocol.translate;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonSplice;
import dev.sluice.protocol.json.JsonText;
import java.util.Set;
import java.util.function.Function;

/// A client's body on its way to a request: what every dialect does with it before it knows its fields.
public final class RequestBody {
    private RequestBody() {}

    /// The request that a body is. Bad: it is no JSON object, or the reader finds a wrong shape.
    public static Outcome<ChatRequest> read(Outline outline, Function<Json.Obj, ChatRequest> reader) {
        return switch (JsonText.parse(outline.body())) {
            case JsonText.Parsed.Value(Json.Obj body) -> WrongShape.caught(() -> reader.apply(body));
            case JsonText.Parsed.Value _ -> Outcome.bad(notAnObject());
            case JsonText.Parsed.Malformed(String problem) -> Outcome.bad(wrong("is not JSON: " + problem + "."));
        };
    }

    public static Failure notAnObject() {
        return wrong("must be a JSON object.");
    }

    private static Failure wrong(String problem) {
        return Failure.Refused.of(Failure.Kind.INVALID_REQUEST, "The request's body " + problem);
    }

    /// Those top-level fields alone; of an array only whether it holds anything. Throws `WrongShape`.
    public static Json.Obj small(byte[] body, JsonSpans top, Set<String> names) {
        Json.Builder fields = Json.object();
        for (JsonSpans.Span span : top.spans()) {
            if (names.contains(span.name())) {
                fields.put(span.name(), JsonScanner.isArray(body, span) ? hollow(body, span) : value(body, span));
            }
        }
        return fields.build();
    }

    private static Json hollow(byte[] body, JsonSpans.Span array) {
        return JsonScanner.holdsItems(body, array) ? Json.Arr.of(Json.NULL) : Json.Arr.of();
    }

    private static Json value(byte[] body, JsonSpans.Span span) {
        return switch (JsonText.parse(body, span.from(), span.to())) {
            case JsonText.Parsed.Value(Json json) -> json;
            case JsonText.Parsed.Malformed(String problem) ->
                throw WrongShape.at(span.name(), "'" + span.name() + "' is not JSON: " + problem + ".");
        };
    }

    /// The body as it came, but for the name of the model, where that is another one.
    public static JsonSplice renamed(Outline outline, TargetProfile target) {
        JsonSplice splice = JsonSplice.of(outline.body(), outline.top());
        if (!outline.model().equals(target.model())) {
            splice.set("model", JsonText.print(Json.of(target.model())));
        }
        return splice;
    }
}
