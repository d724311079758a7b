package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The little path language of assertions: `$ .key [n] [-1] [*] ..key`.
final class Paths {
    private static final Pattern STEP =
            Pattern.compile("\\.\\.([A-Za-z0-9_$-]+)|\\.([A-Za-z0-9_$-]+)|\\[(\\*|-?\\d+)]");

    private Paths() {}

    static List<Json> all(Json root, String path) {
        List<Json> current = List.of(root);
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            List<Json> next = new ArrayList<>();
            for (Json value : current) {
                if (step.group(1) != null) {
                    walk(value, step.group(1), next);
                } else if (step.group(2) != null) {
                    addIfThere(value instanceof Json.Obj object ? object.field(step.group(2)) : null, next);
                } else if (value instanceof Json.Arr(List<Json> items)) {
                    index(items, step.group(3), next);
                }
            }
            current = next;
        }
        return current;
    }

    static @Nullable Json first(Json root, String path) {
        List<Json> found = all(root, path);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static void index(List<Json> items, String index, List<Json> out) {
        if (index.equals("*")) {
            out.addAll(items);
            return;
        }
        int i = Integer.parseInt(index);
        int at = i < 0 ? items.size() + i : i;
        if (at >= 0 && at < items.size()) {
            out.add(items.get(at));
        }
    }

    private static void walk(Json value, String key, List<Json> out) {
        if (value instanceof Json.Obj object) {
            addIfThere(object.field(key), out);
            object.fields().values().forEach(inner -> walk(inner, key, out));
        } else if (value instanceof Json.Arr(List<Json> items)) {
            items.forEach(inner -> walk(inner, key, out));
        }
    }

    private static void addIfThere(@Nullable Json value, List<Json> out) {
        if (value != null) {
            out.add(value);
        }
    }
}
