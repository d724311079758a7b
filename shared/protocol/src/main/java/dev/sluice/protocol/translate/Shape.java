package dev.sluice.protocol.translate;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object of the client's body and its path: fields are read by type, a wrong type is refused by its path. An
/// explicit `null` counts as absent.
public record Shape(Json.Obj json, String path) {
    public static Shape of(Json value, String path) {
        if (value instanceof Json.Obj object) {
            return new Shape(object, path);
        }
        throw WrongShape.at(path, "'" + path + "' must be an object.");
    }

    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public @Nullable String text(String name) {
        Json value = json.present(name);
        return switch (value) {
            case null -> null;
            case Json.Str(String text) -> text;
            default -> throw wrong(name, "a string");
        };
    }

    public String neededText(String name) {
        String text = text(name);
        if (text == null) {
            throw wrong(name, "a string");
        }
        return text;
    }

    public Json.@Nullable Num number(String name) {
        Json value = json.present(name);
        return switch (value) {
            case null -> null;
            case Json.Num number -> number;
            default -> throw wrong(name, "a number");
        };
    }

    public @Nullable Long whole(String name) {
        Json.Num number = number(name);
        if (number == null) {
            return null;
        }
        Long whole = number.asLong();
        if (whole == null) {
            throw wrong(name, "a whole number");
        }
        return whole;
    }

    public @Nullable Boolean bool(String name) {
        Json value = json.present(name);
        return switch (value) {
            case null -> null;
            case Json.Bool bool -> bool == Json.Bool.TRUE;
            default -> throw wrong(name, "a boolean");
        };
    }

    public @Nullable Shape object(String name) {
        Json value = json.present(name);
        return value == null ? null : of(value, at(name));
    }

    public Shape neededObject(String name) {
        Shape object = object(name);
        if (object == null) {
            throw wrong(name, "an object");
        }
        return object;
    }

    /// The array's items; empty when it is absent.
    public List<Json> array(String name) {
        Json value = json.present(name);
        return switch (value) {
            case null -> List.of();
            case Json.Arr(List<Json> items) -> items;
            default -> throw wrong(name, "an array");
        };
    }

    /// The array's items, each of which must be an object.
    public List<Shape> objects(String name) {
        List<Json> items = array(name);
        List<Shape> shapes = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            shapes.add(of(items.get(i), at(name) + "[" + i + "]"));
        }
        return shapes;
    }

    /// The array's items, each of which must be a string.
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Json item : array(name)) {
            if (!(item instanceof Json.Str(String text))) {
                throw wrong(name, "an array of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    /// What is neither known nor empty: kept for the dialect it came in.
    public Json.Obj rest(Set<String> known) {
        Map<String, Json> rest = new LinkedHashMap<>();
        json.fields().forEach((name, value) -> {
            boolean says = value != Json.NULL && !(value instanceof Json.Arr(List<Json> items) && items.isEmpty());
            if (says && !known.contains(name)) {
                rest.put(name, value);
            }
        });
        return new Json.Obj(rest);
    }

    public WrongShape wrong(String name, String expected) {
        return WrongShape.at(at(name), "'" + at(name) + "' must be " + expected + ".");
    }
}
