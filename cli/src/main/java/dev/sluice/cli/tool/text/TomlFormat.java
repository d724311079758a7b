package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// TOML. A new key comes behind the last one of its table, a new table at the end of the file.
final class TomlFormat implements Format {
    @Override
    public Reading read(String text) {
        try {
            return new Reading.Good(TomlTree.of(text, TomlReader.read(text)));
        } catch (NotEditable broken) {
            return new Reading.Bad(broken.line(), broken.problem());
        }
    }

    @Override
    public String put(String text, List<String> path, Json value) {
        if (value instanceof Json.Obj object && !object.isEmpty()) {
            return putAll(text, path, object);
        }
        List<TomlEntry> entries = TomlReader.read(text);
        TomlEntry.Pair present = pair(entries, path);
        if (present != null) {
            return text.substring(0, present.valueStart()) + print(value) + text.substring(present.valueEnd());
        }
        refuseInline(text, entries, path);
        String line = key(path.getLast()) + " = " + print(value);
        return path.size() == 1 ? root(text, entries, line) : member(text, entries, path, line);
    }

    private String putAll(String text, List<String> path, Json.Obj object) {
        String changed = text;
        // Values before tables: a value behind a table's header would be that table's.
        for (boolean isTable : new boolean[] {false, true}) {
            for (Map.Entry<String, Json> field : object.fields().entrySet()) {
                if (field.getValue() instanceof Json.Obj == isTable) {
                    List<String> inner = new ArrayList<>(path);
                    inner.add(field.getKey());
                    changed = put(changed, inner, field.getValue());
                }
            }
        }
        return changed;
    }

    @Override
    public String add(String text, List<String> path, Json.Obj item, boolean first) {
        throw new NotEditable(line(text, path), "lists of tables are not changed in TOML");
    }

    @Override
    public int line(String text, List<String> path) {
        int best = 0;
        int offset = 0;
        List<String> header = List.of();
        for (TomlEntry entry : TomlReader.read(text)) {
            List<String> place = switch (entry) {
                case TomlEntry.Header found -> found.path();
                case TomlEntry.Pair pair -> joined(header, pair.path());
            };
            header = entry instanceof TomlEntry.Header ? place : header;
            int common = common(place, path);
            if (common > best) {
                best = common;
                offset = entry.start();
            }
        }
        return Lines.lineOf(text, offset);
    }

    private static int common(List<String> place, List<String> path) {
        int common = 0;
        while (common < place.size()
                && common < path.size()
                && place.get(common).equals(path.get(common))) {
            common++;
        }
        return common;
    }

    private static TomlEntry.@Nullable Pair pair(List<TomlEntry> entries, List<String> path) {
        List<String> header = List.of();
        for (TomlEntry entry : entries) {
            switch (entry) {
                case TomlEntry.Header found -> header = found.path();
                case TomlEntry.Pair pair -> {
                    if (joined(header, pair.path()).equals(path)) {
                        return pair;
                    }
                }
            }
        }
        return null;
    }

    /// A table that is written on one line is not changed.
    private static void refuseInline(String text, List<TomlEntry> entries, List<String> path) {
        for (int size = 1; size < path.size(); size++) {
            TomlEntry.Pair above = pair(entries, path.subList(0, size));
            if (above != null) {
                throw NotEditable.at(
                        text,
                        above.start(),
                        String.join(".", path.subList(0, size)) + " is an inline table: write it as ["
                                + String.join(".", path.subList(0, size)) + "] first");
            }
        }
    }

    /// Behind the last key above the first header; without one, above that header and the comments on it.
    private static String root(String text, List<TomlEntry> entries, String line) {
        String end = Lines.ending(text);
        TomlEntry.Pair last = null;
        for (TomlEntry entry : entries) {
            if (entry instanceof TomlEntry.Header header) {
                if (last == null) {
                    int at = aboveComments(text, header.start());
                    return text.substring(0, at) + line + end + end + text.substring(at);
                }
                break;
            }
            last = (TomlEntry.Pair) entry;
        }
        return last == null ? Lines.ended(text) + line + end : below(text, last.valueEnd(), line);
    }

    private static int aboveComments(String text, int header) {
        int at = Lines.startOfLine(text, header);
        while (at > 0 && text.startsWith("#", Lines.startOfLine(text, at - 1))) {
            at = Lines.startOfLine(text, at - 1);
        }
        return at;
    }

    private static String member(String text, List<TomlEntry> entries, List<String> path, String line) {
        List<String> table = path.subList(0, path.size() - 1);
        int behind = -1;
        boolean isOpen = false;
        for (TomlEntry entry : entries) {
            switch (entry) {
                case TomlEntry.Header header -> {
                    isOpen = header.path().equals(table) && !header.isList();
                    behind = isOpen ? header.end() : behind;
                }
                case TomlEntry.Pair pair -> behind = isOpen ? pair.valueEnd() : behind;
            }
        }
        if (behind >= 0) {
            return below(text, behind, line);
        }
        String end = Lines.ending(text);
        String space = text.isBlank() ? "" : end;
        return Lines.ended(text) + space + "["
                + String.join(".", table.stream().map(TomlFormat::key).toList()) + "]" + end + line + end;
    }

    /// A line of its own below the one that the offset is on, in the same indentation.
    private static String below(String text, int offset, String line) {
        int next = Lines.nextLine(text, offset);
        String end = Lines.ending(text);
        boolean isEnded = next > 0 && text.charAt(next - 1) == '\n';
        return text.substring(0, next) + (isEnded ? "" : end) + line + (isEnded ? end : "") + text.substring(next);
    }

    private static List<String> joined(List<String> header, List<String> path) {
        List<String> joined = new ArrayList<>(header);
        joined.addAll(path);
        return joined;
    }

    private static String key(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> TomlReader.isBare((char) c))
                ? name
                : JsonText.print(Json.of(name));
    }

    /// JSON's texts, numbers and lists are TOML's.
    private static String print(Json value) {
        return switch (value) {
            case Json.Arr(List<Json> items) ->
                "[" + String.join(", ", items.stream().map(TomlFormat::print).toList()) + "]";
            case Json.Str _, Json.Num _, Json.Bool _ -> JsonText.print(value);
            case Json.Obj _, Json.Null _ -> throw new NotEditable(1, "there is no such value in TOML");
        };
    }
}
