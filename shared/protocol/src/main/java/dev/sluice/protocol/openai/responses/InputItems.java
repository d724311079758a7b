package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The input of a kept conversation as `GET /v1/responses/{id}/input_items` lists it, page by page. Pure.
///
/// Items that came without an id are listed with one made of the answer's and of their place.
public final class InputItems {
    private static final int USUAL = 20;
    private static final int MOST = 100;

    private InputItems() {}

    /// The page that the query names. Bad: the query names none.
    ///
    /// @param query `limit` (1 to 100), `order` (`asc` or `desc`) and `after`, decoded
    public static Outcome<Json.Obj> page(KeptResponse kept, Map<String, String> query) {
        Optional<Integer> limit = limit(query.get("limit"));
        if (limit.isEmpty()) {
            return wrong("limit", "a whole number from 1 to " + MOST);
        }
        String order = query.getOrDefault("order", "desc");
        if (!order.equals("asc") && !order.equals("desc")) {
            return wrong("order", "asc or desc");
        }
        List<Json.Obj> items = listed(kept);
        if (order.equals("desc")) {
            Collections.reverse(items);
        }
        int from = from(items, query.get("after"));
        if (from < 0) {
            return wrong("after", "the id of an item of this list");
        }
        int to = Math.min(items.size(), from + limit.get());
        return Outcome.ok(page(items.subList(from, to), to < items.size()));
    }

    private static Json.Obj page(List<Json.Obj> items, boolean hasMore) {
        return Json.object()
                .put("object", "list")
                .put("data", Json.array(items))
                .put("first_id", Json.orNull(items.isEmpty() ? null : id(items.getFirst())))
                .put("last_id", Json.orNull(items.isEmpty() ? null : id(items.getLast())))
                .put("has_more", hasMore)
                .build();
    }

    private static String id(Json.Obj item) {
        return item.text("id", "");
    }

    /// Empty: it is no such number.
    private static Optional<Integer> limit(@Nullable String text) {
        if (text == null) {
            return Optional.of(USUAL);
        }
        boolean isNumber = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = isNumber ? Integer.parseInt(text) : 0;
        return number >= 1 && number <= MOST ? Optional.of(number) : Optional.empty();
    }

    /// The place after the item of that id; negative when there is none.
    private static int from(List<Json.Obj> items, @Nullable String after) {
        if (after == null) {
            return 0;
        }
        for (int i = 0; i < items.size(); i++) {
            if (id(items.get(i)).equals(after)) {
                return i + 1;
            }
        }
        return -1;
    }

    private static List<Json.Obj> listed(KeptResponse kept) {
        String token = kept.id().substring(kept.id().indexOf('_') + 1);
        List<Json.Obj> items = new ArrayList<>();
        for (Json item : kept.input()) {
            if (item instanceof Json.Obj object) {
                items.add(listed(object, token + "_in_" + items.size()));
            }
        }
        return items;
    }

    private static Json.Obj listed(Json.Obj item, String token) {
        String type = item.text("type", "message");
        Json.Builder whole = Json.object()
                .put("id", item.text("id", prefix(type) + "_" + token))
                .put("type", type);
        if (type.equals("message")) {
            whole.put("status", item.text("status", "completed"));
        }
        if (item.present("content") instanceof Json.Str(String text) && type.equals("message")) {
            boolean isOurs = "assistant".equals(item.text("role"));
            Json part = Json.object()
                    .put("type", isOurs ? "output_text" : "input_text")
                    .put("text", text)
                    .build();
            return whole.putAll(item.without("id", "type", "status", "content"))
                    .put("content", Json.Arr.of(part))
                    .build();
        }
        return whole.putAll(item.without("id", "type")).build();
    }

    private static String prefix(String type) {
        return switch (type) {
            case "message" -> "msg";
            case "reasoning" -> "rs";
            case "function_call" -> "fc";
            case "function_call_output" -> "fco";
            case "custom_tool_call" -> "ctc";
            case "custom_tool_call_output" -> "ctco";
            default -> "item";
        };
    }

    private static Outcome<Json.Obj> wrong(String field, String expected) {
        return Outcome.bad(Failure.Refused.field(field, "'" + field + "' must be " + expected + "."));
    }
}
