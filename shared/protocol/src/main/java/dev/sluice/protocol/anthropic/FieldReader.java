package dev.sluice.protocol.anthropic;

import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.translate.OwnExtras;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a client's body by their expected types. Remembers the first that has another, with its path;
/// keeps what nobody asked for, under its path. One per request.
final class FieldReader {
    private Failure.@Nullable Refused problem;
    private final Map<String, Json> leftovers = new LinkedHashMap<>();

    Failure.@Nullable Refused problem() {
        return problem;
    }

    /// What was left over, each under its path in the client's body.
    Extras extras() {
        return new Extras(Dialect.ANTHROPIC, new Json.Obj(leftovers));
    }

    static String path(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    static String path(String parent, int index) {
        return parent + "[" + index + "]";
    }

    void refuse(String path, String message) {
        if (problem == null) {
            problem = Failure.Refused.field(path, path + ": " + message);
        }
    }

    private void expect(String path, String expected) {
        refuse(path, expected + " is expected");
    }

    @Nullable
    String text(Json.Obj object, String name, String parent) {
        Json value = object.present(name);
        if (value == null || value instanceof Json.Str) {
            return object.text(name);
        }
        expect(path(parent, name), "a string");
        return null;
    }

    /// A string that must be there; empty when it is not, which is then the problem.
    String required(Json.Obj object, String name, String parent) {
        String value = text(object, name, parent);
        if (value == null) {
            expect(path(parent, name), "a string");
            return "";
        }
        return value;
    }

    @Nullable
    Boolean bool(Json.Obj object, String name, String parent) {
        Json value = object.present(name);
        if (value == null || value instanceof Json.Bool) {
            return object.bool(name);
        }
        expect(path(parent, name), "a boolean");
        return null;
    }

    @Nullable
    Long whole(Json.Obj object, String name, String parent) {
        Json value = object.present(name);
        Long number = object.whole(name);
        if (value != null && number == null) {
            expect(path(parent, name), "a whole number");
        }
        return number;
    }

    Json.@Nullable Num number(Json.Obj object, String name, String parent) {
        Json value = object.present(name);
        if (value == null || value instanceof Json.Num) {
            return (Json.Num) value;
        }
        expect(path(parent, name), "a number");
        return null;
    }

    Json.@Nullable Obj object(Json.Obj object, String name, String parent) {
        Json value = object.present(name);
        if (value == null || value instanceof Json.Obj) {
            return (Json.Obj) value;
        }
        expect(path(parent, name), "an object");
        return null;
    }

    /// The items of an array; none when it is missing.
    List<Json> items(Json.Obj object, String name, String parent) {
        Json value = object.present(name);
        if (value != null && !(value instanceof Json.Arr)) {
            expect(path(parent, name), "an array");
        }
        return object.items(name);
    }

    /// An item as an object; an empty one when it is none, which is then the problem.
    Json.Obj asObject(Json item, String path) {
        if (item instanceof Json.Obj object) {
            return object;
        }
        expect(path, "an object");
        return Json.Obj.EMPTY;
    }

    /// Keeps what is not among the known fields, for the dialect's own providers.
    void keepRest(Json.Obj object, String parent, List<String> known) {
        for (Map.Entry<String, Json> field : object.fields().entrySet()) {
            if (!known.contains(field.getKey())) {
                keep(path(parent, OwnExtras.quoted(field.getKey())), field.getValue());
            }
        }
    }

    void keep(String path, Json value) {
        leftovers.put(path, value);
    }
}
