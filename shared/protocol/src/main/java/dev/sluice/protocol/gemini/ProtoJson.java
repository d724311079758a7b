package dev.sluice.protocol.gemini;

import dev.sluice.model.Json;
import dev.sluice.protocol.translate.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The liberties of JSON for protocol buffers: a field's name in snake case is the same field, and a single object may stand
/// for a list of one. Only objects of the dialect are read so, never a client's own (arguments, results, schemas' properties).
final class ProtoJson {
    private ProtoJson() {}

    /// The object's own fields in camel case; a name given in both counts as it is in camel case.
    static Json.Obj camel(Json.Obj object) {
        if (object.fields().keySet().stream().noneMatch(name -> name.indexOf('_') >= 0)) {
            return object;
        }
        Map<String, Json> fields = new LinkedHashMap<>();
        object.fields().forEach((name, value) -> {
            String camel = camel(name);
            if (camel.equals(name) || !object.has(camel)) {
                fields.put(camel, value);
            }
        });
        return new Json.Obj(fields);
    }

    static String camel(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean raise = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isMark = c == '_' && i > 0 && i + 1 < name.length();
            if (!isMark) {
                camel.append(raise ? Character.toUpperCase(c) : c);
            }
            raise = isMark;
        }
        return camel.toString();
    }

    static Shape shape(Shape raw) {
        return new Shape(camel(raw.json()), raw.path());
    }

    static @Nullable Shape object(Shape holder, String name) {
        Shape raw = holder.object(name);
        return raw == null ? null : shape(raw);
    }

    static Shape neededObject(Shape holder, String name) {
        return shape(holder.neededObject(name));
    }

    /// The objects of a list, or the one that stands for it.
    static List<Shape> objects(Shape holder, String name) {
        Shape one = holder.json().present(name) instanceof Json.Obj ? object(holder, name) : null;
        return one != null
                ? List.of(one)
                : holder.objects(name).stream().map(ProtoJson::shape).toList();
    }
}
