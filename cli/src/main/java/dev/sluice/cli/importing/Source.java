package dev.sluice.cli.importing;

import dev.sluice.core.config.Shown;
import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One object of a foreign file, which remembers what was taken from it, so that nothing is left out in silence.
final class Source {
    private static final List<String> SECRET_NAMES =
            List.of("key", "token", "secret", "password", "credential", "cookie");
    private static final int LONGEST = 60;

    private final Json.Obj object;
    private final String path;
    private final List<Lost> losses;
    private final Set<String> taken = new HashSet<>();

    Source(Json.Obj object, String path, List<Lost> losses) {
        this.object = object;
        this.path = path;
        this.losses = losses;
    }

    String path() {
        return path;
    }

    boolean has(String name) {
        return object.present(name) != null;
    }

    /// The first of these names that has a value, taken; null: none has.
    @Nullable
    Json take(String... names) {
        for (String name : names) {
            taken.add(name);
            Json value = object.present(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /// The string of the first of these names that has a value; another type is lost.
    @Nullable
    String text(String... names) {
        return switch (take(names)) {
            case null -> null;
            case Json.Str(String text) -> text.isBlank() ? null : text.strip();
            case Json other -> {
                lose(nameOf(names), other, "it is not a text");
                yield null;
            }
        };
    }

    @Nullable
    Long whole(String... names) {
        Json value = take(names);
        if (value == null) {
            return null;
        }
        Long whole = value instanceof Json.Num number ? number.asLong() : null;
        if (whole == null) {
            lose(nameOf(names), value, "it is not a whole number");
        }
        return whole;
    }

    @Nullable
    Boolean flag(String name) {
        Json value = take(name);
        if (value != null && !(value instanceof Json.Bool)) {
            lose(name, value, "it is not true or false");
        }
        return value instanceof Json.Bool ? (Boolean) (value == Json.TRUE) : null;
    }

    /// The object at that name; null: there is none.
    @Nullable
    Source object(String... names) {
        return switch (take(names)) {
            case null -> null;
            case Json.Obj found -> new Source(found, pathOf(nameOf(names)), losses);
            case Json other -> {
                lose(nameOf(names), other, "it is not an object");
                yield null;
            }
        };
    }

    /// The objects of a list; what is none is lost.
    List<Source> objects(String... names) {
        List<Source> objects = new ArrayList<>();
        List<Json> items = items(names);
        for (int i = 0; i < items.size(); i++) {
            String at = nameOf(names) + "[" + i + "]";
            if (items.get(i) instanceof Json.Obj item) {
                objects.add(new Source(item, pathOf(at), losses));
            } else {
                lose(at, items.get(i), "it is not an object");
            }
        }
        return objects;
    }

    /// The strings of a list; what is none is lost.
    List<String> strings(String... names) {
        List<String> strings = new ArrayList<>();
        List<Json> items = items(names);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Json.Str(String text) && !text.isBlank()) {
                strings.add(text.strip());
            } else {
                lose(nameOf(names) + "[" + i + "]", items.get(i), "it is not a text");
            }
        }
        return strings;
    }

    List<Json> items(String... names) {
        return switch (take(names)) {
            case null -> List.of();
            case Json.Arr(List<Json> items) -> items;
            case Json other -> {
                lose(nameOf(names), other, "it is not a list");
                yield List.of();
            }
        };
    }

    /// The fields with their values, all taken.
    Map<String, Json> all() {
        taken.addAll(object.fields().keySet());
        return new LinkedHashMap<>(object.fields());
    }

    /// Notes that a field is not carried over, when it is there.
    void drop(String name, String why) {
        Json value = take(name);
        if (value != null) {
            lose(name, value, why);
        }
    }

    void lose(String name, Json value, String why) {
        losses.add(new Lost(pathOf(name), shown(name, value), why));
    }

    /// Notes the whole object.
    void lose(String why) {
        taken.addAll(object.fields().keySet());
        losses.add(new Lost(path, Shown.of(object), why));
    }

    /// Notes all that nobody took.
    void rest(String why) {
        object.fields().forEach((name, value) -> {
            if (!taken.contains(name) && value != Json.NULL) {
                lose(name, value, why);
            }
        });
    }

    Source at(Json.Obj item, String name) {
        return new Source(item, pathOf(name), losses);
    }

    String pathOf(String name) {
        String safe = Shown.looksSecret(name) ? "…" : Shown.cut(name, LONGEST);
        return path.isEmpty() ? safe : path + (safe.startsWith("[") ? "" : ".") + safe;
    }

    private String nameOf(String... names) {
        for (String name : names) {
            if (has(name)) {
                return name;
            }
        }
        return names[0];
    }

    private static String shown(String name, Json value) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean isSecret = value instanceof Json.Str(String text)
                && (SECRET_NAMES.stream().anyMatch(lower::contains) || holdsPassword(text));
        return isSecret ? "(not shown)" : Shown.of(value);
    }

    /// As in `postgresql://user:password@host/`.
    private static boolean holdsPassword(String text) {
        int scheme = text.indexOf("://");
        return scheme > 0 && text.indexOf('@', scheme) > 0;
    }
}
