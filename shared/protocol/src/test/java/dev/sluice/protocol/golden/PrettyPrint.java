package dev.sluice.protocol.golden;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.Iterator;
import java.util.Map;

/// JSON with one field a line, so that a golden file's changes read as lines.
final class PrettyPrint {
    private PrettyPrint() {}

    static String of(byte[] json) {
        if (!(JsonText.parse(json) instanceof JsonText.Parsed.Value(Json value))) {
            throw new AssertionError("not JSON");
        }
        StringBuilder text = new StringBuilder();
        print(value, "\n", text);
        return text.append('\n').toString();
    }

    private static void print(Json json, String indent, StringBuilder text) {
        switch (json) {
            case Json.Obj object
            when !object.isEmpty() -> {
                Iterator<Map.Entry<String, Json>> fields =
                        object.fields().entrySet().iterator();
                text.append('{');
                while (fields.hasNext()) {
                    Map.Entry<String, Json> field = fields.next();
                    text.append(indent)
                            .append(' ')
                            .append(JsonText.print(Json.of(field.getKey())))
                            .append(": ");
                    print(field.getValue(), indent + " ", text);
                    text.append(fields.hasNext() ? "," : "");
                }
                text.append(indent).append('}');
            }
            case Json.Arr array
            when !array.items().isEmpty() -> {
                Iterator<Json> items = array.items().iterator();
                text.append('[');
                while (items.hasNext()) {
                    text.append(indent).append(' ');
                    print(items.next(), indent + " ", text);
                    text.append(items.hasNext() ? "," : "");
                }
                text.append(indent).append(']');
            }
            default -> text.append(JsonText.print(json));
        }
    }
}
