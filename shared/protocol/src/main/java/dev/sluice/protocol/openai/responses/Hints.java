package dev.sluice.protocol.openai.responses;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Json;
import dev.sluice.protocol.translate.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What only this dialect's own providers understand and no other misses: ids of items, their status and phase, and whole
/// items that have no place in a conversation elsewhere. By the path of the object that held it.
final class Hints {
    /// Where whole items are kept, by their number.
    private static final String ITEMS = "input";

    private final Map<String, Json> byHolder = new LinkedHashMap<>();

    /// Those of a client of this dialect; of others there are none.
    static Hints of(ChatRequest request) {
        Hints hints = new Hints();
        if (request.hints().dialect() == Dialect.OPENAI_RESPONSES) {
            hints.byHolder.putAll(request.hints().fields().fields());
        }
        return hints;
    }

    Extras extras() {
        return new Extras(Dialect.OPENAI_RESPONSES, new Json.Obj(byHolder));
    }

    /// Keeps what is not read otherwise, an explicit `null` too.
    void keepRest(Shape holder, Set<String> read) {
        Map<String, Json> rest = new LinkedHashMap<>(holder.json().fields());
        rest.keySet().removeAll(read);
        if (!rest.isEmpty()) {
            byHolder.put(holder.path(), new Json.Obj(rest));
        }
    }

    void keep(String holder, String name, Json value) {
        byHolder.put(holder, at(holder).with(name, value));
    }

    void keepItem(int number, Json.Obj item) {
        keep(ITEMS, Integer.toString(number), item);
    }

    /// What stood beside the fields of that object.
    Json.Obj at(String holder) {
        return byHolder.get(holder) instanceof Json.Obj kept ? kept : Json.Obj.EMPTY;
    }

    /// The items that are kept whole, by their number and in their order.
    Map<Integer, Json.Obj> items() {
        Map<Integer, Json.Obj> items = new LinkedHashMap<>();
        at(ITEMS).fields().forEach((number, item) -> items.put(Integer.valueOf(number), (Json.Obj) item));
        return items;
    }
}
