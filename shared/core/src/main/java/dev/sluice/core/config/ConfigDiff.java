package dev.sluice.core.config;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares two configuration documents, entry by entry.
///
/// In lists, objects are matched by `id` (targets of aliases by `ref`) and strings by themselves, so that an entry put in
/// front does not change all that follow.
public final class ConfigDiff {
    private static final int LONGEST = 80;

    private final List<Change> changes = new ArrayList<>();

    private ConfigDiff() {}

    /// What became of the earlier document in the later one, in the order of the later one, what went away before what came.
    /// A text that is no JSON object, as the empty one, counts as an empty object.
    public static List<Change> between(String earlier, String later) {
        ConfigDiff diff = new ConfigDiff();
        diff.objects("", objectOf(earlier), objectOf(later));
        return List.copyOf(diff.changes);
    }

    private static Json.Obj objectOf(String document) {
        Json.Obj object = JsonText.objectOrNull(document);
        return object == null ? Json.Obj.EMPTY : object;
    }

    private void values(String path, Json before, Json after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof Json.Obj one && after instanceof Json.Obj other) {
            objects(path, one, other);
        } else if (before instanceof Json.Arr one && after instanceof Json.Arr other) {
            lists(path, one, other);
        } else {
            changes.add(new Change.Changed(path, shown(before), shown(after)));
        }
    }

    private void objects(String path, Json.Obj before, Json.Obj after) {
        entries(before.fields(), after.fields(), name -> Findings.path(path, name));
    }

    private void lists(String path, Json.Arr before, Json.Arr after) {
        Map<String, Json> one = byKey(before);
        Map<String, Json> other = byKey(after);
        if (one == null || other == null) {
            changes.add(new Change.Changed(path, shown(before), shown(after)));
            return;
        }
        int known = changes.size();
        entries(one, other, key -> path + "[" + shortKey(key) + "]");
        if (changes.size() == known) {
            changes.add(new Change.Changed(path, order(one), order(other)));
        }
    }

    private interface Naming {
        String path(String name);
    }

    private void entries(Map<String, Json> before, Map<String, Json> after, Naming naming) {
        before.forEach((name, value) -> {
            if (!after.containsKey(name)) {
                changes.add(new Change.Removed(naming.path(name), shown(value)));
            }
        });
        after.forEach((name, value) -> {
            Json earlier = before.get(name);
            if (earlier == null) {
                changes.add(new Change.Added(naming.path(name), shown(value)));
            } else {
                values(naming.path(name), earlier, value);
            }
        });
    }

    /// The entries by what names each; null when one has no name, or not one of its own.
    private static @Nullable Map<String, Json> byKey(Json.Arr list) {
        Map<String, Json> entries = new LinkedHashMap<>();
        for (Json item : list.items()) {
            String key = switch (item) {
                case Json.Str(String text) -> text;
                case Json.Obj object -> object.has("id") ? object.text("id") : object.text("ref");
                case Json.Num _, Json.Bool _, Json.Null _, Json.Arr _ -> null;
            };
            if (key == null || entries.put(key, item) != null) {
                return null;
            }
        }
        return entries;
    }

    private static String shortKey(String key) {
        return Shown.looksSecret(key) ? "…" : Shown.cut(key, LONGEST);
    }

    private static String order(Map<String, Json> entries) {
        List<String> keys = entries.keySet().stream().map(ConfigDiff::shortKey).toList();
        return Shown.cut("in the order " + String.join(", ", keys), LONGEST);
    }

    private static String shown(Json value) {
        return Shown.cut(JsonText.print(withoutSecrets(value)), LONGEST);
    }

    private static Json withoutSecrets(Json value) {
        return switch (value) {
            case Json.Str(String text) -> Shown.looksSecret(text) ? Json.of("(not shown)") : value;
            case Json.Arr(List<Json> items) ->
                Json.array(items.stream().map(ConfigDiff::withoutSecrets).toList());
            case Json.Obj(Map<String, Json> fields) -> {
                Json.Builder copy = Json.object();
                fields.forEach((name, field) -> copy.put(name, withoutSecrets(field)));
                yield copy.build();
            }
            case Json.Num _, Json.Bool _, Json.Null _ -> value;
        };
    }
}
