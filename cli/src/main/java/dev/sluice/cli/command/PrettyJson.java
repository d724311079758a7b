package dev.sluice.cli.command;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.Collection;
import java.util.Map;

/// JSON for people: two spaces a level, scalars and short arrays of them on one line.
final class PrettyJson {
    private static final int SHORT = 100;

    private final StringBuilder text = new StringBuilder();

    private PrettyJson() {}

    static String print(Json value) {
        PrettyJson pretty = new PrettyJson();
        pretty.value(value, 0);
        return pretty.text.toString();
    }

    private void value(Json value, int level) {
        String compact = JsonText.print(value);
        switch (value) {
            case Json.Obj object when !object.isEmpty() -> object(object, level);
            case Json.Arr array when !isFlat(array) || compact.length() > SHORT -> array(array, level);
            case Json.Arr array -> flat(array);
            case Json.Obj _, Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> text.append(compact);
        }
    }

    private static boolean isFlat(Json.Arr array) {
        return array.items().stream().noneMatch(item -> item instanceof Json.Obj || item instanceof Json.Arr);
    }

    private void flat(Json.Arr array) {
        text.append('[');
        String between = "";
        for (Json item : array.items()) {
            text.append(between).append(JsonText.print(item));
            between = ", ";
        }
        text.append(']');
    }

    private void object(Json.Obj object, int level) {
        text.append('{');
        int left = object.fields().size();
        for (Map.Entry<String, Json> field : object.fields().entrySet()) {
            newLine(level + 1);
            text.append(JsonText.print(Json.of(field.getKey()))).append(": ");
            value(field.getValue(), level + 1);
            comma(--left);
        }
        newLine(level);
        text.append('}');
    }

    private void array(Json.Arr array, int level) {
        Collection<Json> items = array.items();
        text.append('[');
        int left = items.size();
        for (Json item : items) {
            newLine(level + 1);
            value(item, level + 1);
            comma(--left);
        }
        newLine(level);
        text.append(']');
    }

    private void comma(int left) {
        if (left > 0) {
            text.append(',');
        }
    }

    private void newLine(int level) {
        text.append('\n').repeat("  ", level);
    }
}
