package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The pattern language of the vectors: plain JSON, or objects with `$m`. One instance holds the bindings of one vector.
final class Patterns {
    private static final List<String> JOINS = List.of("\n\n", "\n", "", " ");

    private final Map<String, Json> bindings;

    Patterns() {
        this(new HashMap<>());
    }

    private Patterns(Map<String, Json> bindings) {
        this.bindings = bindings;
    }

    /// Null when the value matches, else why not. A value of null is an absent one.
    @Nullable
    String mismatch(@Nullable Json pattern, @Nullable Json value) {
        return mismatch(pattern, value, "$");
    }

    boolean matches(@Nullable Json pattern, @Nullable Json value) {
        return mismatch(pattern, value) == null;
    }

    /// As `matches`, but what it binds is forgotten.
    boolean wouldMatch(@Nullable Json pattern, @Nullable Json value) {
        return new Patterns(new HashMap<>(bindings)).matches(pattern, value);
    }

    private @Nullable String mismatch(@Nullable Json pattern, @Nullable Json value, String path) {
        return switch (pattern) {
            case null -> value == null ? null : path + ": must be absent";
            case Json.Obj object when object.text("$m") != null -> matcher(object, value, path);
            case Json.Arr(List<Json> items) ->
                value instanceof Json.Arr(List<Json> values)
                        ? array(items, values, path)
                        : path + ": not an array (" + shown(value) + ")";
            case Json.Obj object ->
                value instanceof Json.Obj actual
                        ? object(object, actual, path)
                        : path + ": not an object (" + shown(value) + ")";
            default -> equal(pattern, value) ? null : path + ": " + shown(value) + " != " + shown(pattern);
        };
    }

    private @Nullable String matcher(Json.Obj m, @Nullable Json value, String path) {
        return switch (m.text("$m", "")) {
            case "any" -> value == null ? path + ": missing" : null;
            case "absent" -> value == null ? null : path + ": must be absent";
            case "opt" -> value == null ? null : mismatch(m.field("v"), value, path);
            case "nullish" -> value == null || value == Json.NULL ? null : path + ": must be null or absent";
            case "re" ->
                finds(m.text("re", ""), value) ? null : path + ": !~ " + m.text("re") + " (" + shown(value) + ")";
            case "bind" -> bind(m, value, path);
            case "json" -> json(m, value, path);
            case "oneof" -> oneOf(m.items("v"), value, path);
            case "text" -> text(m.items("parts"), value, path);
            case "num" -> number(m, value) ? null : path + ": number out of range (" + shown(value) + ")";
            case "contains" ->
                value instanceof Json.Str(String text)
                                && m.items("s").stream().allMatch(part -> text.contains(((Json.Str) part).value()))
                        ? null
                        : path + ": lacks " + shown(m.field("s")) + " (" + shown(value) + ")";
            case "subset" -> subset(m, value, path);
            case "unordered" -> unordered(m.items("v"), value, path);
            default -> throw new IllegalArgumentException("unknown matcher " + m.text("$m"));
        };
    }

    private @Nullable String bind(Json.Obj m, @Nullable Json value, String path) {
        String name = m.text("name", "");
        Json bound = bindings.get(name);
        if (bound != null) {
            return equal(bound, value) ? null : path + ": bind " + name + " differs";
        }
        String regex = m.text("re");
        if (value == null || (regex != null && !finds(regex, value))) {
            return path + ": bind !~ " + regex + " (" + shown(value) + ")";
        }
        bindings.put(name, value);
        return null;
    }

    private @Nullable String json(Json.Obj m, @Nullable Json value, String path) {
        if (!(value instanceof Json.Str(String text))) {
            return path + ": not a JSON string";
        }
        return JsonText.parse(text) instanceof JsonText.Parsed.Value(Json inner)
                ? mismatch(m.field("v"), inner, path + "<json>")
                : path + ": invalid JSON (" + text + ")";
    }

    private @Nullable String oneOf(List<Json> alternatives, @Nullable Json value, String path) {
        String first = null;
        for (Json alternative : alternatives) {
            Patterns attempt = new Patterns(new HashMap<>(bindings));
            String problem = attempt.mismatch(alternative, value, path);
            if (problem == null) {
                bindings.putAll(attempt.bindings);
                return null;
            }
            first = first == null ? problem : first;
        }
        return path + ": none of " + alternatives.size() + " alternatives (" + first + ")";
    }

    private static @Nullable String text(List<Json> parts, @Nullable Json value, String path) {
        List<String> wanted = strings(parts);
        List<String> texts = switch (value) {
            case Json.Str(String text) -> List.of(text);
            case Json.Arr(List<Json> items)
            when items.stream().allMatch(item -> item instanceof Json.Obj o && o.text("text") != null) ->
                items.stream().map(item -> ((Json.Obj) item).text("text", "")).toList();
            case null, default -> null;
        };
        if (texts == null) {
            return path + ": not text (" + shown(value) + ")";
        }
        boolean joined = texts.size() == 1
                && JOINS.stream().anyMatch(join -> String.join(join, wanted).equals(texts.getFirst()));
        return texts.equals(wanted) || joined ? null : path + ": text differs (" + shown(value) + ")";
    }

    private static boolean number(Json.Obj m, @Nullable Json value) {
        return value instanceof Json.Num number
                && number.asDouble() >= decimal(m.field("min")).doubleValue()
                && number.asDouble() <= decimal(m.field("max")).doubleValue();
    }

    private @Nullable String subset(Json.Obj m, @Nullable Json value, String path) {
        if (!(value instanceof Json.Obj actual)) {
            return path + ": not an object (" + shown(value) + ")";
        }
        Json.Obj wanted = m.object("v");
        for (Map.Entry<String, Json> field :
                (wanted == null ? Json.Obj.EMPTY : wanted).fields().entrySet()) {
            String problem = mismatch(field.getValue(), actual.field(field.getKey()), path + "." + field.getKey());
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String unordered(List<Json> wanted, @Nullable Json value, String path) {
        if (!(value instanceof Json.Arr(List<Json> values)) || values.size() != wanted.size()) {
            return path + ": length";
        }
        Set<Integer> used = new HashSet<>();
        for (Json pattern : wanted) {
            int found = -1;
            for (int i = 0; i < values.size() && found < 0; i++) {
                found = !used.contains(i) && wouldMatch(pattern, values.get(i)) ? i : -1;
            }
            if (found < 0) {
                return path + ": unmatched item";
            }
            used.add(found);
        }
        return null;
    }

    private @Nullable String array(List<Json> patterns, List<Json> values, String path) {
        int i = 0;
        for (Json pattern : patterns) {
            Json optional = pattern instanceof Json.Obj object ? object.field("$optional") : null;
            if (optional != null) {
                if (i < values.size() && wouldMatch(optional, values.get(i))) {
                    mismatch(optional, values.get(i), path);
                    i++;
                }
                continue;
            }
            if (i >= values.size()) {
                return path + "[" + i + "]: missing";
            }
            String problem = mismatch(pattern, values.get(i), path + "[" + i + "]");
            if (problem != null) {
                return problem;
            }
            i++;
        }
        return i == values.size() ? null : path + ": " + (values.size() - i) + " extra items: " + shown(values.get(i));
    }

    private @Nullable String object(Json.Obj pattern, Json.Obj value, String path) {
        for (Map.Entry<String, Json> field : pattern.fields().entrySet()) {
            String problem = mismatch(field.getValue(), value.field(field.getKey()), path + "." + field.getKey());
            if (problem != null) {
                return problem;
            }
        }
        for (String key : value.fields().keySet()) {
            if (!pattern.has(key)) {
                return path + "." + key + ": unexpected key";
            }
        }
        return null;
    }

    /// Whether the value is a string in which the expression is found; a dot is any character.
    static boolean finds(String regex, @Nullable Json value) {
        return value instanceof Json.Str(String text) && finds(regex, text);
    }

    static boolean finds(String regex, String text) {
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).find();
    }

    /// Deep equality; numbers by value, keys in any order.
    static boolean equal(@Nullable Json one, @Nullable Json other) {
        return switch (one) {
            case null -> other == null;
            case Json.Num number -> other instanceof Json.Num && decimal(number).compareTo(decimal(other)) == 0;
            case Json.Arr(List<Json> items) ->
                other instanceof Json.Arr(List<Json> others)
                        && items.size() == others.size()
                        && allEqual(items, others);
            case Json.Obj object ->
                other instanceof Json.Obj second
                        && object.fields().keySet().equals(second.fields().keySet())
                        && object.fields().keySet().stream()
                                .allMatch(key -> equal(object.field(key), second.field(key)));
            default -> one.equals(other);
        };
    }

    private static boolean allEqual(List<Json> items, List<Json> others) {
        for (int i = 0; i < items.size(); i++) {
            if (!equal(items.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    static BigDecimal decimal(@Nullable Json number) {
        if (number instanceof Json.Num(String literal)) {
            return new BigDecimal(literal);
        }
        throw new IllegalArgumentException("not a number: " + shown(number));
    }

    static List<String> strings(List<Json> items) {
        return items.stream().map(item -> ((Json.Str) item).value()).toList();
    }

    /// The beginning of the value's text, for messages.
    static String shown(@Nullable Json value) {
        String text = value == null ? "absent" : JsonText.print(value);
        return text.length() <= 160 ? text : text.substring(0, 160) + "...";
    }
}
