package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans.Span;
import dev.sluice.protocol.json.JsonSplice;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Requests that go on from an earlier answer or name items without sending them: what the client leaves out is put in.
///
/// The earlier request's instructions are not carried over, as the dialect has it. Pure and thread-safe.
public final class ResponsesHistory {
    private static final String PREVIOUS = "previous_response_id";
    private static final Json PROOFS = Json.of("reasoning.encrypted_content");

    private ResponsesHistory() {}

    /// The answer that the request goes on from.
    public static Optional<String> previous(Outline outline) {
        Span span = outline.top().field(PREVIOUS);
        return Optional.ofNullable(span == null ? null : JsonScanner.string(outline.body(), span));
    }

    /// Whether the client may come back to the answer: unless it says otherwise.
    public static boolean isStored(Outline outline) {
        return !Boolean.FALSE.equals(bool(outline, "store"));
    }

    /// Whether the client means to fetch the answer later.
    public static boolean isBackground(Outline outline) {
        return Boolean.TRUE.equals(bool(outline, "background"));
    }

    /// The same request, asking for the reasoning that only its issuer can read: an answer is kept with it.
    public static Outline withProofs(Outline outline) {
        Span span = outline.top().field("include");
        List<Json> include = new ArrayList<>();
        if (span != null && value(outline.body(), span) instanceof Json.Arr(List<Json> given)) {
            include.addAll(given);
        }
        include.add(PROOFS);
        byte[] body = JsonSplice.of(outline.body(), outline.top())
                .set("include", JsonText.print(new Json.Arr(include)))
                .bytes();
        return switch (ResponsesOutline.of(body, outline.head())) {
            case Outcome.Ok<Outline>(Outline asking) -> asking;
            case Outcome.Bad<Outline>(Failure failure) ->
                throw new IllegalStateException("a known request became none: " + failure.message());
        };
    }

    /// The ids of the items that the input only names.
    public static List<String> references(Outline outline) {
        return input(outline).stream()
                .map(ResponsesHistory::reference)
                .flatMap(Optional::stream)
                .toList();
    }

    /// The input as items, where a string is a user's message.
    public static List<Json> input(Outline outline) {
        Span span = outline.top().field("input");
        Json input = span == null ? null : value(outline.body(), span);
        return switch (input) {
            case Json.Arr(List<Json> items) -> items;
            case Json.Str text ->
                List.of(Json.object().put("role", "user").put("content", text).build());
            case null, default -> List.of();
        };
    }

    /// The same request with everything it is about: the earlier items in front of its own, each named item in its place,
    /// and no earlier answer any more. Bad: a named item is not among the given.
    ///
    /// @param earlier the input and the output of the answer it goes on from
    /// @param named items by their id
    public static Outcome<Outline> resumed(Outline outline, List<Json> earlier, Map<String, Json> named) {
        List<Json> items = new ArrayList<>(earlier);
        for (Json item : input(outline)) {
            Optional<String> id = reference(item);
            Json whole = id.isEmpty() ? item : named.get(id.get());
            if (whole == null) {
                return Outcome.bad(Failure.Refused.field("input", "The item '" + id.get() + "' is not stored here."));
            }
            items.add(whole);
        }
        byte[] body = JsonSplice.of(outline.body(), outline.top())
                .set("input", JsonText.print(new Json.Arr(items)))
                .remove(PREVIOUS)
                .bytes();
        return ResponsesOutline.of(body, outline.head());
    }

    private static @Nullable Boolean bool(Outline outline, String name) {
        Span span = outline.top().field(name);
        return span == null ? null : JsonScanner.bool(outline.body(), span);
    }

    private static @Nullable Json value(byte[] body, Span span) {
        return JsonText.parse(body, span.from(), span.to()) instanceof JsonText.Parsed.Value(Json json) ? json : null;
    }

    /// The id of an item that is named only.
    private static Optional<String> reference(Json item) {
        if (!(item instanceof Json.Obj object)) {
            return Optional.empty();
        }
        String type = object.text("type");
        boolean isNamed = type == null ? !object.has("role") : type.equals("item_reference");
        return Optional.ofNullable(isNamed ? object.text("id") : null);
    }
}
