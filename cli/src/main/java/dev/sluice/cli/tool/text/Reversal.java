package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes back, value by value, what was once changed in a JSON text that has been rewritten since: tools write their own
/// settings anew, in an order and a form of their own.
public final class Reversal {
    private final JsoncFormat format = new JsoncFormat();
    private String text;

    private Reversal(String text) {
        this.text = text;
    }

    /// The text without the changes; empty when one of the values has been changed again, or a text is no JSON.
    public static Optional<String> of(String original, String changed, String now) {
        Json.Obj before = read(original);
        Json.Obj after = read(changed);
        Json.Obj present = read(now);
        if (before == null || after == null || present == null) {
            return Optional.empty();
        }
        String mark = now.startsWith("\uFEFF") ? "\uFEFF" : "";
        try {
            Reversal reversal = new Reversal(now.substring(mark.length()));
            reversal.members(List.of(), before, after);
            return Optional.of(mark + reversal.text);
        } catch (NotEditable changedAgain) {
            return Optional.empty();
        }
    }

    private static Json.@Nullable Obj read(String text) {
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new JsoncFormat().read(bare) instanceof Format.Reading.Good(Json.Obj value) ? value : null;
    }

    private void members(List<String> path, Json.Obj before, Json.Obj after) {
        Set<String> names = new LinkedHashSet<>(before.fields().keySet());
        names.addAll(after.fields().keySet());
        for (String name : names) {
            List<String> place = new ArrayList<>(path);
            place.add(name);
            value(place, before.field(name), after.field(name));
        }
    }

    private void value(List<String> path, @Nullable Json before, @Nullable Json after) {
        if (after == null || after.equals(before)) {
            return;
        }
        Json now = at(path);
        if (after instanceof Json.Obj object && (isNothing(before) || before instanceof Json.Obj)) {
            members(path, before instanceof Json.Obj was ? was : Json.Obj.EMPTY, object);
            removeEmpty(path, before);
        } else if (after instanceof Json.Arr(List<Json> items) && (isNothing(before) || before instanceof Json.Arr)) {
            items(path, before instanceof Json.Arr(List<Json> were) ? were : List.of(), items);
            removeEmpty(path, before);
        } else if (after.equals(now)) {
            text = before == null ? format.remove(text, path) : format.put(text, path, before);
        } else if (now != null && !now.equals(before) || now == null && before != null) {
            throw new NotEditable(1, "changed again");
        }
    }

    private static boolean isNothing(@Nullable Json value) {
        return value == null || value == Json.NULL;
    }

    private void items(List<String> path, List<Json> before, List<Json> after) {
        for (Json item : after) {
            int index = at(path) instanceof Json.Arr(List<Json> present) ? present.indexOf(item) : -1;
            if (!before.contains(item) && index >= 0) {
                text = format.remove(text, path, index);
            }
        }
    }

    /// What was made for the values that are gone now goes, too.
    private void removeEmpty(List<String> path, @Nullable Json before) {
        Json now = at(path);
        boolean isEmpty = now instanceof Json.Obj object && object.isEmpty()
                || now instanceof Json.Arr(List<Json> items) && items.isEmpty();
        if (isNothing(before) && isEmpty) {
            text = before == null ? format.remove(text, path) : format.put(text, path, before);
        }
    }

    private @Nullable Json at(List<String> path) {
        Json at = format.read(text) instanceof Format.Reading.Good(Json.Obj value) ? value : null;
        for (String name : path) {
            at = at instanceof Json.Obj object ? object.field(name) : null;
        }
        return at;
    }
}
