package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Assertions `{path, op, value}` over a JSON value.
final class Assertions {
    private Assertions() {}

    /// Null when it holds, else what was found instead.
    static @Nullable String failure(Json root, Json.Obj assertion) {
        String path = assertion.text("path", "$");
        List<Json> found = Paths.all(root, path);
        Json value = assertion.field("value");
        boolean holds = holds(root, assertion.text("op", ""), found, value == null ? Json.NULL : value);
        return holds
                ? null
                : path + " " + assertion.text("op") + " " + Patterns.shown(value) + " :: "
                        + Patterns.shown(new Json.Arr(found));
    }

    private static boolean holds(Json root, String op, List<Json> found, Json value) {
        Json first = found.isEmpty() ? null : found.getFirst();
        return switch (op) {
            case "exists" -> !found.isEmpty();
            case "absent" -> found.isEmpty();
            case "eq" -> first != null && Patterns.equal(first, value);
            case "in" -> isIn(value, first);
            case "not_in" -> !isIn(value, first);
            case "re" -> Patterns.finds(text(value), first);
            case "not_re" -> !Patterns.finds(text(value), written(first));
            case "contains" -> found.stream().anyMatch(item -> contains(item, text(value)));
            case "not_contains" ->
                found.stream().noneMatch(item -> written(item).contains(text(value)));
            case "type" -> List.of(text(value).split("\\|")).contains(type(first));
            case "each_in" -> found.stream().allMatch(item -> isIn(value, item));
            case "each_re" -> found.stream().allMatch(item -> Patterns.finds(text(value), written(item)));
            case "none_re" -> found.stream().noneMatch(item -> Patterns.finds(text(value), written(item)));
            case "each_type" -> found.stream().allMatch(item -> type(item).equals(text(value)));
            case "each_len_ge" ->
                found.stream().allMatch(item -> length(item) >= number(value).intValue());
            case "distinct" -> distinct(found);
            case "len" -> length(first) == number(value).intValue();
            case "len_le" -> Math.max(0, length(first)) <= number(value).intValue();
            case "len_ge" -> length(first) >= number(value).intValue();
            case "absent_or_len_le" ->
                first == null || length(first) <= number(value).intValue();
            case "le" -> first instanceof Json.Num && number(first).compareTo(number(value)) <= 0;
            case "ge" -> first instanceof Json.Num && number(first).compareTo(number(value)) >= 0;
            default -> holdsAgainstOthers(root, op, found, value);
        };
    }

    private static boolean holdsAgainstOthers(Json root, String op, List<Json> found, Json value) {
        Json first = found.isEmpty() ? null : found.getFirst();
        return switch (op) {
            case "same_as" -> first != null && Patterns.equal(first, Paths.first(root, text(value)));
            case "ne_path" -> first != null && !Patterns.equal(first, Paths.first(root, text(value)));
            case "lt_path" -> first == null || number(first).compareTo(number(Paths.first(root, text(value)))) < 0;
            case "json_eq" ->
                first instanceof Json.Str(String text)
                        && JsonText.parse(text) instanceof JsonText.Parsed.Value(Json inner)
                        && Patterns.equal(inner, value);
            case "match" -> new Patterns().matches(value, first);
            case "match_or_absent", "in_or_match" -> isAbsentOrMatches(value, first);
            case "match_or_done" -> matchesLastBeforeDone(root, first, value);
            case "contains_item" -> found.stream().anyMatch(item -> new Patterns().matches(value, item));
            case "one_of_keys" ->
                first instanceof Json.Obj object
                        && Patterns.strings(items(value)).stream()
                                        .filter(object::has)
                                        .count()
                                == 1;
            case "strictly_increasing_from" -> isStrictlyIncreasing(found, number(value));
            case "only_last_true" ->
                found.stream().filter(item -> item == Json.TRUE).count() == 1 && found.getLast() == Json.TRUE;
            default -> StructureOps.holds(root, op, first, value);
        };
    }

    private static boolean isAbsentOrMatches(Json value, @Nullable Json first) {
        if (first == null || first == Json.NULL || new Patterns().matches(value, first)) {
            return true;
        }
        return items(value).stream().anyMatch(item -> isAbsentMark(item) || new Patterns().matches(item, first));
    }

    private static boolean matchesLastBeforeDone(Json root, @Nullable Json first, Json value) {
        Json last = first instanceof Json.Str(String text) && text.equals("[DONE]")
                ? Paths.first(root, "$[-2].data")
                : first;
        return last != null && new Patterns().matches(value, last);
    }

    private static boolean isStrictlyIncreasing(List<Json> found, BigDecimal from) {
        BigDecimal before = from.subtract(BigDecimal.ONE);
        for (Json item : found) {
            if (number(item).compareTo(before) <= 0) {
                return false;
            }
            before = number(item);
        }
        return !found.isEmpty() && number(found.getFirst()).compareTo(from) == 0;
    }

    private static boolean distinct(List<Json> found) {
        Set<String> seen = new HashSet<>();
        return found.stream().allMatch(item -> seen.add(written(item)));
    }

    private static boolean contains(Json item, String part) {
        if (item instanceof Json.Arr(List<Json> inner)
                && inner.stream().anyMatch(one -> written(one).contains(part))) {
            return true;
        }
        String escaped = JsonText.print(Json.of(part));
        String written = written(item);
        return !(item instanceof Json.Arr)
                && (written.contains(part) || written.contains(escaped.substring(1, escaped.length() - 1)));
    }

    static boolean isIn(Json list, @Nullable Json value) {
        return items(list).stream().anyMatch(item -> isAbsentMark(item) ? value == null : Patterns.equal(item, value));
    }

    private static boolean isAbsentMark(Json item) {
        return item instanceof Json.Obj object && object.has("__absent");
    }

    static String type(@Nullable Json value) {
        return switch (value) {
            case null -> "undefined";
            case Json.Null _ -> "null";
            case Json.Bool _ -> "boolean";
            case Json.Num _ -> "number";
            case Json.Str _ -> "string";
            case Json.Arr _ -> "array";
            case Json.Obj _ -> "object";
        };
    }

    /// A string as it is, anything else as JSON.
    static String written(@Nullable Json value) {
        return switch (value) {
            case null -> "undefined";
            case Json.Str(String text) -> text;
            default -> JsonText.print(value);
        };
    }

    private static int length(@Nullable Json value) {
        return switch (value) {
            case Json.Str(String text) -> text.length();
            case Json.Arr(List<Json> items) -> items.size();
            case null, default -> -1;
        };
    }

    static List<Json> items(@Nullable Json value) {
        return value instanceof Json.Arr(List<Json> items) ? items : List.of();
    }

    private static String text(Json value) {
        return value instanceof Json.Str(String text) ? text : JsonText.print(value);
    }

    private static BigDecimal number(@Nullable Json value) {
        return Patterns.decimal(value);
    }
}
