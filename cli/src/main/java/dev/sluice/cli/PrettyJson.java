package dev.sluice.cli;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.Collection;
import java.util.Map;

/// JSON for people: a line for each member, scalars and short arrays of them on one line.
public final class PrettyJson {
    private static final int SHORT = 100;

    private final StringBuilder text = new StringBuilder();
    private final String lineStart;
    private final String unit;

    private PrettyJson(String lineStart, String unit) {
        this.lineStart = lineStart;
        this.unit = unit;
    }

    public static String print(Json value) {
        return print(value, "\n", "  ");
    }

    /// As part of another text.
    ///
    /// @param lineStart a line end and the white space that the value's last line begins with
    /// @param unit what each level is indented by
    public static String print(Json value, String lineStart, String unit) {
        PrettyJson pretty = new PrettyJson(lineStart, unit);
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
        text.append(lineStart).repeat(unit, level);
    }
}
