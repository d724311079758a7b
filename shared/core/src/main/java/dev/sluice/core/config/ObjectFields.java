package dev.sluice.core.config;

import dev.sluice.model.Json;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Typed reads of one object of the document: what is wrong is noted, and the reading goes on with what is assumed otherwise.
final class ObjectFields {
    private final Json.Obj object;
    private final String path;
    private final Findings findings;

    private ObjectFields(Json.Obj object, String path, Findings findings) {
        this.object = object;
        this.path = path;
        this.findings = findings;
    }

    /// The fields of an object, the unknown ones noted.
    static ObjectFields of(Json.Obj object, String path, List<String> known, Findings findings) {
        for (String name : object.fields().keySet()) {
            if (!known.contains(name)) {
                // its value is not shown: it may be a secret under a name from elsewhere
                findings.say(Findings.path(path, name), "an unknown field", Findings.nearest(name, known));
            }
        }
        return new ObjectFields(object, path, findings);
    }

    /// The fields of the object at that name; without any when there is none.
    ObjectFields nested(String name, List<String> known) {
        Json value = object.field(name);
        if (value != null && !(value instanceof Json.Obj)) {
            wrong(name, "an object");
        }
        return of(value instanceof Json.Obj nested ? nested : Json.Obj.EMPTY, pathOf(name), known, findings);
    }

    /// The field's value; null when it is missing or, where `null` is as good as missing, `null`.
    @Nullable
    Json presentOrNull(String name) {
        return object.present(name);
    }

    @Nullable
    Json field(String name) {
        return object.field(name);
    }

    boolean has(String name) {
        return object.has(name);
    }

    String path() {
        return path;
    }

    String pathOf(String name) {
        return Findings.path(path, name);
    }

    Findings findings() {
        return findings;
    }

    void wrong(String name, String expected) {
        Json value = object.field(name);
        if (value == null) {
            findings.say(pathOf(name), "nothing", expected);
        } else {
            findings.wrong(pathOf(name), value, expected);
        }
    }

    boolean flag(String name, boolean otherwise) {
        Boolean value = flagOrNull(name);
        return value == null ? otherwise : value;
    }

    @Nullable
    Boolean flagOrNull(String name) {
        Json value = object.field(name);
        if (value != null && !(value instanceof Json.Bool)) {
            wrong(name, "true or false");
        }
        return object.bool(name);
    }

    /// Null: missing, or no string, which is noted.
    @Nullable
    String text(String name) {
        Json value = object.field(name);
        if (value != null && !(value instanceof Json.Str)) {
            wrong(name, "a string");
        }
        return object.text(name);
    }

    long whole(String name, long otherwise, Range range) {
        if (!object.has(name)) {
            return otherwise;
        }
        Long number = object.whole(name);
        if (number == null || !range.holds(number)) {
            wrong(name, range.text());
            return otherwise;
        }
        return number;
    }

    /// The same where `null` means that there is none.
    @Nullable
    Long wholeOrNull(String name, Range range) {
        Json value = object.present(name);
        Long number = object.whole(name);
        if (value != null && (number == null || !range.holds(number))) {
            wrong(name, range.text() + ", or null");
            return null;
        }
        return number;
    }

    Duration millis(String name, Duration otherwise, Range range) {
        return Duration.ofMillis(whole(name, otherwise.toMillis(), range));
    }

    /// One of few words; null: missing or another word, which is noted.
    <T> @Nullable T choice(String name, Map<String, T> choices) {
        String word = text(name);
        T chosen = word == null ? null : choices.get(word);
        if (word != null && chosen == null) {
            wrong(name, expectedChoice(word, List.copyOf(choices.keySet())));
        }
        return chosen;
    }

    static String expectedChoice(String word, List<String> choices) {
        String all = "one of " + String.join(", ", choices);
        return NearestName.of(word, choices)
                .map(near -> all + "; the nearest is `" + near + "`")
                .orElse(all);
    }

    /// The items of a list; none when the field is missing or no list, which is noted.
    List<Json> items(String name) {
        Json value = object.field(name);
        if (value != null && !(value instanceof Json.Arr)) {
            wrong(name, "a list");
        }
        return object.items(name);
    }

    /// Looks at one string of a list.
    interface Look {
        void at(String path, String text);
    }

    /// The strings of a list; an item of another type, an empty one or one that comes again is noted and left out.
    List<String> strings(String name, Look look) {
        Set<String> strings = new LinkedHashSet<>();
        List<Json> items = items(name);
        for (int i = 0; i < items.size(); i++) {
            String at = pathOf(name) + "[" + i + "]";
            if (!(items.get(i) instanceof Json.Str(String text)) || text.isEmpty()) {
                findings.wrong(at, items.get(i), "a string that is not empty");
            } else if (strings.add(text)) {
                look.at(at, text);
            } else {
                findings.wrong(at, items.get(i), "each entry once");
            }
        }
        return List.copyOf(strings);
    }
}
