package dev.sluice.cli.store;

import dev.sluice.core.limits.StateItem;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A state item as the embedded store keeps it and the control channel tells it: `{"n": {name: number}, "t": {name: text}}`.
public final class StateItemJson {
    private StateItemJson() {}

    public static String format(StateItem item) {
        Json.Builder numbers = Json.object();
        item.numbers().forEach(numbers::put);
        Json.Builder texts = Json.object();
        item.texts().forEach(texts::put);
        return JsonText.print(
                Json.object().put("n", numbers.build()).put("t", texts.build()).build());
    }

    /// What of it can be read; the rest is left out and named.
    ///
    /// @param damaged told the name of each attribute that is left out, and `everything` when nothing can be read
    public static StateItem parse(String text, Consumer<String> damaged) {
        Json.Obj object = JsonText.objectOrNull(text);
        Json.Obj numbers = object == null ? null : object.object("n");
        Json.Obj texts = object == null ? null : object.object("t");
        if (numbers == null || texts == null) {
            damaged.accept("everything");
            return StateItem.EMPTY;
        }
        TreeMap<String, Long> readNumbers = new TreeMap<>();
        for (String name : numbers.fields().keySet()) {
            keep(readNumbers, name, numbers.whole(name), damaged);
        }
        TreeMap<String, String> readTexts = new TreeMap<>();
        for (String name : texts.fields().keySet()) {
            keep(readTexts, name, texts.text(name), damaged);
        }
        return new StateItem(readNumbers, readTexts);
    }

    private static <T> void keep(Map<String, T> read, String name, @Nullable T value, Consumer<String> damaged) {
        if (value == null) {
            damaged.accept(name);
        } else {
            read.put(name, value);
        }
    }
}
