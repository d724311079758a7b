package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a text say what is wanted, and proves afterwards that it says that and otherwise what it said before.
public final class Editor {
    private static final String MARK = "\uFEFF";

    private final Format format;
    private final String original;
    private String text;
    private Json.Obj said;

    private Editor(Format format, String text, Json.Obj said) {
        this.format = format;
        this.original = text;
        this.text = text;
        this.said = said;
    }

    /// The changed text, or why the text stays as it is.
    public sealed interface Outcome {
        record Edited(String text) implements Outcome {}

        /// @param line from 1
        record Refused(int line, String problem) implements Outcome {}
    }

    public static Outcome edit(Format format, String original, List<Edit> edits) {
        String mark = original.startsWith(MARK) ? MARK : "";
        String before = original.substring(mark.length());
        try {
            if (!(format.read(before) instanceof Format.Reading.Good(Json.Obj value))) {
                Format.Reading.Bad bad = (Format.Reading.Bad) format.read(before);
                return new Outcome.Refused(bad.line(), bad.problem());
            }
            Editor editor = new Editor(format, before, value);
            edits.forEach(editor::apply);
            return editor.proven(mark);
        } catch (NotEditable refused) {
            return new Outcome.Refused(refused.line(), refused.problem());
        }
    }

    private Outcome proven(String mark) {
        return format.read(text) instanceof Format.Reading.Good(Json.Obj now) && now.equals(said)
                ? new Outcome.Edited(mark + text)
                : new Outcome.Refused(1, "this file cannot be changed without changing what else it says");
    }

    /// A refusal names the line of the file as it is, not as it would have become.
    private void apply(Edit edit) {
        try {
            change(edit);
        } catch (NotEditable refused) {
            throw refused(edit.path(), refused.problem());
        }
    }

    private void change(Edit edit) {
        switch (edit) {
            case Edit.Put(List<String> path, Json value) -> put(path, value, false);
            case Edit.Claim(List<String> path, Json value) -> put(path, value, true);
            case Edit.Offer(List<String> path, Json value) -> offer(path, value);
            case Edit.Nothing(List<String> path) -> refuse(path);
            case Edit.Item item -> add(item);
        }
    }

    private void put(List<String> path, Json value, boolean claimed) {
        Json existing = reach(path);
        if (value.equals(existing)) {
            return;
        }
        if (value instanceof Json.Obj wanted && existing instanceof Json.Obj) {
            wanted.fields().forEach((name, member) -> put(with(path, name), member, claimed));
            return;
        }
        if (existing != null && existing != Json.NULL) {
            if (claimed) {
                throw refused(
                        path,
                        name(path) + " is already " + JsonText.print(existing)
                                + ", which is not Sluice's: take it out first if it is no longer wanted");
            }
            if (kind(existing) != kind(value)) {
                throw refused(
                        path,
                        name(path) + " is " + kind(existing).words + " where " + kind(value).words + " is needed");
            }
        }
        text = format.put(text, path, value);
        said = put(said, path, value);
    }

    private void offer(List<String> path, Json value) {
        if (reach(path) == null) {
            put(path, value, false);
        }
    }

    private void refuse(List<String> path) {
        if (reach(path) != null) {
            throw refused(path, name(path) + " is set, and would win over what Sluice writes: take it out first");
        }
    }

    private void add(Edit.Item item) {
        Json existing = reach(item.path());
        List<Json> items = new ArrayList<>();
        if (existing instanceof Json.Arr(List<Json> present)) {
            items.addAll(present);
        } else if (existing != null && existing != Json.NULL) {
            throw refused(item.path(), name(item.path()) + " is " + kind(existing).words + " where a list is needed");
        }
        String mine = item.item().text(item.key());
        if (items.stream()
                .anyMatch(other ->
                        other instanceof Json.Obj object && String.valueOf(mine).equals(object.text(item.key())))) {
            throw refused(
                    item.path(),
                    name(item.path()) + " has an item whose " + item.key() + " is \"" + mine
                            + "\" already, which is not Sluice's: take it out first");
        }
        items.add(item.first() ? 0 : items.size(), item.item());
        text = format.add(text, item.path(), item.item(), item.first());
        said = put(said, item.path(), Json.array(items));
    }

    /// What stands at that place. Refuses when something else than an object is above it.
    private @Nullable Json reach(List<String> path) {
        Json at = said;
        for (int i = 0; i < path.size(); i++) {
            if (at == Json.NULL) {
                return null;
            }
            if (!(at instanceof Json.Obj object)) {
                List<String> above = path.subList(0, i);
                throw refused(above, name(above) + " is " + kind(at).words + " where an object is needed");
            }
            at = object.field(path.get(i));
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    private NotEditable refused(List<String> path, String problem) {
        return new NotEditable(format.line(original, path), problem);
    }

    private static Json.Obj put(Json.Obj object, List<String> path, Json value) {
        Json inner = path.size() == 1
                ? value
                : put(
                        object.field(path.getFirst()) instanceof Json.Obj next ? next : Json.Obj.EMPTY,
                        path.subList(1, path.size()),
                        value);
        Map<String, Json> fields = new LinkedHashMap<>(object.fields());
        fields.put(path.getFirst(), inner);
        return new Json.Obj(fields);
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    private static String name(List<String> path) {
        return String.join(".", path);
    }

    private static Kind kind(Json value) {
        return switch (value) {
            case Json.Obj _ -> Kind.OBJECT;
            case Json.Arr _ -> Kind.LIST;
            case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Kind.VALUE;
        };
    }

    private enum Kind {
        OBJECT("an object"),
        LIST("a list"),
        VALUE("a single value");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
