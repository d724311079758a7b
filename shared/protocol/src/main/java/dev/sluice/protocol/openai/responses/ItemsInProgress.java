package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The items of a provider's stream, found by their id, or by their place in the output: some servers give every item
/// the place 0, others give an item another id in every event.
final class ItemsInProgress {
    private final ToolNames names;
    private final List<Known> items = new ArrayList<>();
    private final Map<String, Known> byId = new HashMap<>();
    private final Map<Long, Known> byPlace = new HashMap<>();
    private int blocks;

    private static final class Known {
        final String type;
        final ItemInProgress item;
        boolean ended;

        Known(String type, ItemInProgress item) {
            this.type = type;
            this.item = item;
        }
    }

    ItemsInProgress(ToolNames names) {
        this.names = names;
    }

    private int next() {
        return blocks++;
    }

    boolean hasCalls() {
        return items.stream().anyMatch(known -> known.item instanceof ItemInProgress.Call);
    }

    boolean isRefused() {
        return items.stream()
                .anyMatch(known -> known.item instanceof ItemInProgress.Message message && message.isRefused());
    }

    /// An item begins. A call without its name waits for its end.
    void added(Json.Obj event, Consumer<StreamEvent> out) {
        Json.Obj item = event.object("item");
        if (item != null && isTellable(item)) {
            begin(item, event.whole("output_index"), out);
        }
    }

    private static boolean isTellable(Json.Obj item) {
        boolean isCall = CallItem.isCall(item);
        return !isCall || !item.text("name", "").isEmpty();
    }

    private Known begin(Json.Obj item, @Nullable Long place, Consumer<StreamEvent> out) {
        Known known = new Known(item.text("type", ""), ItemInProgress.begun(item, names, this::next, out));
        items.add(known);
        String id = item.text("id", "");
        if (!id.isEmpty()) {
            byId.put(id, known);
        }
        if (place != null) {
            byPlace.put(place, known);
        }
        return known;
    }

    /// An item is whole. One that is found by its place alone and is over is another one.
    void done(Json.Obj event, Consumer<StreamEvent> out) {
        Json.Obj item = event.object("item");
        if (item == null) {
            return;
        }
        Long place = event.whole("output_index");
        Known known = ofType(byId.get(item.text("id", "")), item);
        if (known == null && place != null) {
            Known there = ofType(byPlace.get(place), item);
            known = there == null || there.ended ? null : there;
        }
        end(known == null ? begin(item, place, out) : known, item, out);
    }

    private static void end(Known known, Json.Obj item, Consumer<StreamEvent> out) {
        if (!known.ended) {
            known.ended = true;
            known.item.end(item, out);
        }
    }

    private static @Nullable Known ofType(@Nullable Known known, Json.Obj item) {
        return known != null && known.type.equals(item.text("type", "")) ? known : null;
    }

    /// The item that a piece belongs to; null when it was never begun, or is of another kind.
    <T extends ItemInProgress> @Nullable T of(Json.Obj event, Class<T> kind) {
        Known known = byId.get(event.text("item_id", ""));
        Long place = event.whole("output_index");
        if (known == null && place != null) {
            known = byPlace.get(place);
        }
        return known != null && !known.ended && kind.isInstance(known.item) ? kind.cast(known.item) : null;
    }

    /// The message that a piece belongs to, begun by it if need be.
    ItemInProgress.@Nullable Message message(Json.Obj event, Consumer<StreamEvent> out) {
        boolean isKnown =
                byId.containsKey(event.text("item_id", "")) || byPlace.containsKey(event.whole("output_index"));
        if (!isKnown) {
            Json.Obj item = Json.object()
                    .put("type", "message")
                    .put("id", event.text("item_id", ""))
                    .build();
            begin(item, event.whole("output_index"), out);
        }
        return of(event, ItemInProgress.Message.class);
    }

    /// The response is over: tells what only its own output holds. There an item is known by its id, or as the n-th of
    /// its type.
    void finish(Json.Obj response, Consumer<StreamEvent> out) {
        Map<String, Integer> counts = new HashMap<>();
        for (Json each : response.items("output")) {
            if (each instanceof Json.Obj item) {
                int n = counts.merge(item.text("type", ""), 1, Integer::sum);
                Known known = ofType(byId.get(item.text("id", "")), item);
                known = known == null ? ofType(item, n) : known;
                end(known == null ? begin(item, null, out) : known, item, out);
            }
        }
        items.forEach(known -> known.item.close(out));
    }

    private @Nullable Known ofType(Json.Obj item, int n) {
        return items.stream()
                .filter(known -> ofType(known, item) != null)
                .skip(n - 1L)
                .findFirst()
                .orElse(null);
    }
}
