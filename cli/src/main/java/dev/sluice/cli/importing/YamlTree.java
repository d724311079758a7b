package dev.sluice.cli.importing;

import dev.sluice.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML's events to JSON, by the core schema, with its own bounds: nothing is constructed that a tag names. One per
/// document.
final class YamlTree {
    private static final int DEEPEST = 60;
    private static final int MOST_NODES = 200_000;
    private static final int LONGEST_NUMBER = 64;
    private static final String MERGE = "<<";

    private final Iterator<Event> events;
    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;

    /// What an anchor stands for, and how many nodes that is.
    private record Anchored(Json value, int nodes) {}

    /// The text is no tree that a configuration could be.
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    YamlTree(Iterator<Event> events) {
        this.events = events;
    }

    /// The first and only document.
    Json read() {
        Json document = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent node) {
                if (document != null) {
                    throw new Unreadable("there is more than one document in it");
                }
                document = node(node, 0);
            }
        }
        if (document == null) {
            throw new Unreadable("it is empty");
        }
        return document;
    }

    private Json node(NodeEvent event, int depth) {
        if (depth > DEEPEST) {
            throw new Unreadable("it is nested deeper than " + DEEPEST + " levels" + place(event));
        }
        count(1);
        int before = nodes;
        Json value = switch (event) {
            case AliasEvent alias -> known(alias);
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent _ -> sequence(depth);
            case MappingStartEvent _ -> mapping(depth);
            default -> throw new Unreadable("there is something unknown in it" + place(event));
        };
        if (!(event instanceof AliasEvent)) {
            event.getAnchor().ifPresent(name -> anchors.put(name.getValue(), new Anchored(value, nodes - before + 1)));
        }
        return value;
    }

    private Json known(AliasEvent alias) {
        Anchored anchored = anchors.get(alias.getAlias().getValue());
        if (anchored == null) {
            throw new Unreadable("an alias names no anchor before it" + place(alias));
        }
        count(anchored.nodes());
        return anchored.value();
    }

    private void count(int more) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw new Unreadable("it has more than " + MOST_NODES + " values, those that aliases repeat included");
        }
    }

    private Json sequence(int depth) {
        List<Json> items = new ArrayList<>();
        for (Event next = events.next(); next instanceof NodeEvent node; next = events.next()) {
            items.add(node(node, depth + 1));
        }
        return new Json.Arr(items);
    }

    private Json mapping(int depth) {
        Map<String, Json> fields = new LinkedHashMap<>();
        Map<String, Json> merged = new LinkedHashMap<>();
        for (Event next = events.next(); next instanceof NodeEvent key; next = events.next()) {
            if (!(key instanceof ScalarEvent scalar)) {
                throw new Unreadable("a name is no plain text" + place(key));
            }
            Event value = events.next();
            if (!(value instanceof NodeEvent node)) {
                throw new Unreadable("a name has no value" + place(key));
            }
            Json read = node(node, depth + 1);
            if (scalar.getValue().equals(MERGE) && scalar.isPlain()) {
                merge(read, merged);
            } else if (fields.put(scalar.getValue(), read) != null) {
                throw new Unreadable("a name stands twice in one object" + place(key));
            }
        }
        merged.forEach(fields::putIfAbsent);
        return new Json.Obj(fields);
    }

    /// The earlier of several wins.
    private static void merge(Json value, Map<String, Json> merged) {
        switch (value) {
            case Json.Obj(Map<String, Json> fields) -> fields.forEach(merged::putIfAbsent);
            case Json.Arr(List<Json> items) -> items.forEach(item -> merge(item, merged));
            case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> {}
        }
    }

    private Json scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        boolean isPlain =
                scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag().isEmpty();
        Tag tag = isPlain ? resolver.resolve(text, true) : Tag.STR;
        if (tag.equals(Tag.NULL)) {
            return Json.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Json.of(text.equalsIgnoreCase("true"));
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(text) : Json.of(text);
    }

    /// A number as JSON writes it, with the digits it has; what JSON has no number for stays text.
    private static Json number(String text) {
        try {
            return text.length() > LONGEST_NUMBER ? Json.of(text) : new Json.Num(new BigDecimal(text).toString());
        } catch (NumberFormatException noDecimal) {
            return Json.of(text);
        }
    }

    private static String place(Event event) {
        return event.getStartMark()
                .map(mark -> " (line " + (mark.getLine() + 1) + ")")
                .orElse("");
    }
}
