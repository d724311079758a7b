package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the statements of a TOML text add up to. Refuses what TOML forbids: a key or a table that is there twice.
final class TomlTree {
    /// How a table came to be there, which decides what may still be put into it.
    private enum Origin {
        /// Above a header's table.
        ABOVE,
        HEADER,
        DOTTED
    }

    private static final class Table {
        private final Map<String, Object> members = new LinkedHashMap<>();
        private Origin origin;

        private Table(Origin origin) {
            this.origin = origin;
        }
    }

    private final String text;
    private final Table root = new Table(Origin.HEADER);

    private TomlTree(String text) {
        this.text = text;
    }

    static Json.Obj of(String text, List<TomlEntry> entries) {
        TomlTree tree = new TomlTree(text);
        Table open = tree.root;
        for (TomlEntry entry : entries) {
            switch (entry) {
                case TomlEntry.Header header -> open = tree.open(header);
                case TomlEntry.Pair pair -> tree.put(open, pair);
            }
        }
        return json(tree.root);
    }

    private Table open(TomlEntry.Header header) {
        Table above = root;
        for (String name : header.path().subList(0, header.path().size() - 1)) {
            above = descend(above, name, Origin.ABOVE, header);
        }
        String last = header.path().getLast();
        return header.isList() ? item(above, last, header) : table(above, last, header);
    }

    private Table table(Table above, String name, TomlEntry.Header header) {
        Object present = above.members.get(name);
        if (present instanceof Table table && table.origin == Origin.ABOVE) {
            table.origin = Origin.HEADER;
            return table;
        }
        if (present != null) {
            throw twice(header.start(), header.path());
        }
        Table table = new Table(Origin.HEADER);
        above.members.put(name, table);
        return table;
    }

    private Table item(Table above, String name, TomlEntry.Header header) {
        Object present = above.members.computeIfAbsent(name, _ -> new ArrayList<Table>());
        if (!(present instanceof ArrayList<?>)) {
            throw twice(header.start(), header.path());
        }
        List<Table> items = new ArrayList<>(tables(present));
        Table table = new Table(Origin.HEADER);
        items.add(table);
        above.members.put(name, new ArrayList<>(items));
        return table;
    }

    private Table descend(Table from, String name, Origin origin, TomlEntry entry) {
        Object present = from.members.computeIfAbsent(name, _ -> new Table(origin));
        if (present instanceof Table table && (origin == Origin.ABOVE || table.origin == Origin.DOTTED)) {
            return table;
        }
        List<Table> items = tables(present);
        if (!items.isEmpty() && origin == Origin.ABOVE) {
            return items.getLast();
        }
        throw NotEditable.at(text, entry.start(), name + " is not a table that can be added to here");
    }

    private void put(Table open, TomlEntry.Pair pair) {
        Table at = open;
        for (String name : pair.path().subList(0, pair.path().size() - 1)) {
            at = descend(at, name, Origin.DOTTED, pair);
        }
        if (at.members.putIfAbsent(pair.path().getLast(), pair.value()) != null) {
            throw twice(pair.start(), pair.path());
        }
    }

    private NotEditable twice(int offset, List<String> path) {
        return NotEditable.at(text, offset, String.join(".", path) + " is there twice");
    }

    private static List<Table> tables(@Nullable Object value) {
        return value instanceof ArrayList<?> items
                ? items.stream()
                        .filter(Table.class::isInstance)
                        .map(Table.class::cast)
                        .toList()
                : List.of();
    }

    private static Json.Obj json(Table table) {
        Map<String, Json> fields = new LinkedHashMap<>();
        table.members.forEach((name, value) -> fields.put(name, json(value)));
        return new Json.Obj(fields);
    }

    private static Json json(Object value) {
        return switch (value) {
            case Table table -> json(table);
            case Json json -> json;
            default -> Json.array(tables(value).stream().map(TomlTree::json).toList());
        };
    }

    /// Puts a value of an inline table in its place. Answers whether that place was free.
    static boolean nest(Map<String, Json> fields, List<String> path, Json value) {
        String name = path.getFirst();
        if (path.size() == 1) {
            return fields.putIfAbsent(name, value) == null;
        }
        Json present = fields.getOrDefault(name, Json.Obj.EMPTY);
        if (!(present instanceof Json.Obj object)) {
            return false;
        }
        Map<String, Json> inner = new LinkedHashMap<>(object.fields());
        boolean free = nest(inner, path.subList(1, path.size()), value);
        fields.put(name, new Json.Obj(inner));
        return free;
    }
}
