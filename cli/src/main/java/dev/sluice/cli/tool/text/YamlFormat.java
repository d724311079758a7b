package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// YAML: members of block mappings, and items of the lists in the outermost one. A library says where everything stands; what
/// is written is a splice.
final class YamlFormat implements Format {
    /// Words that some reader takes for something else than a text.
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "~");

    @Override
    public Reading read(String text) {
        try {
            return new Reading.Good(
                    root(text) instanceof MappingNode mapping ? mapping(text, mapping) : Json.Obj.EMPTY);
        } catch (NotEditable broken) {
            return new Reading.Bad(broken.line(), broken.problem());
        }
    }

    @Override
    public String put(String text, List<String> path, Json value) {
        MappingNode at = root(text);
        if (at == null) {
            return append(text, at, nested(path, value, "", Lines.ending(text)));
        }
        for (int i = 0; i < path.size(); i++) {
            NodeTuple present = member(at, path.get(i));
            List<String> left = path.subList(i, path.size());
            if (present == null) {
                return i == 0
                        ? append(text, at, nested(left, value, "", Lines.ending(text)))
                        : insert(text, at, left, value);
            }
            if (left.size() == 1) {
                return replace(text, path.get(i), present, value);
            }
            at = inner(text, path.get(i), present);
        }
        throw new IllegalArgumentException("a place has a name");
    }

    private static MappingNode inner(String text, String name, NodeTuple present) {
        if (present.getValueNode() instanceof MappingNode mapping
                && mapping.getFlowStyle() == FlowStyle.BLOCK
                && !mapping.getValue().isEmpty()) {
            return mapping;
        }
        int start = offset(text, present.getKeyNode().getStartMark().orElseThrow());
        throw NotEditable.at(text, start, name + " has no line for each of its members: write it like that first");
    }

    /// As the first member of a mapping, which shows how far its members are indented.
    private static String insert(String text, MappingNode mapping, List<String> path, Json value) {
        int first = offset(
                text, mapping.getValue().getFirst().getKeyNode().getStartMark().orElseThrow());
        if (!Lines.isFirstOnItsLine(text, first)) {
            throw NotEditable.at(text, first, path.getFirst() + " has no line of its own to go to");
        }
        int start = Lines.startOfLine(text, first);
        String end = Lines.ending(text);
        return text.substring(0, start)
                + nested(path, value, Lines.indent(text, first), end)
                + end
                + text.substring(start);
    }

    private static String nested(List<String> path, Json value, String indent, String end) {
        StringBuilder lines = new StringBuilder();
        String deeper = indent;
        for (String name : path.subList(0, path.size() - 1)) {
            lines.append(deeper).append(name).append(':').append(end);
            deeper += "  ";
        }
        return lines.append(deeper)
                .append(path.getLast())
                .append(": ")
                .append(scalar(value))
                .toString();
    }

    private static String replace(String text, String name, NodeTuple present, Json value) {
        Node old = present.getValueNode();
        int start = offset(text, old.getStartMark().orElseThrow());
        int end = offset(text, old.getEndMark().orElseThrow());
        if (!(old instanceof ScalarNode) || text.substring(start, end).indexOf('\n') >= 0) {
            throw NotEditable.at(text, start, name + " is written over several lines: put it on one first");
        }
        if (start < end) {
            return text.substring(0, start) + scalar(value) + text.substring(end);
        }
        int at = offset(text, present.getKeyNode().getEndMark().orElseThrow()) + 1;
        return text.substring(0, at) + " " + scalar(value) + text.substring(at);
    }

    @Override
    public String add(String text, List<String> path, Json.Obj item, boolean first) {
        MappingNode root = root(text);
        NodeTuple present = root == null ? null : member(root, path.getFirst());
        String end = Lines.ending(text);
        if (present == null) {
            return append(
                    text,
                    root,
                    path.getFirst() + ":" + end + lines(item, "  ", end).stripTrailing());
        }
        if (!(present.getValueNode() instanceof SequenceNode list)
                || list.getFlowStyle() != FlowStyle.BLOCK
                || list.getValue().isEmpty()
                || !first) {
            throw NotEditable.at(
                    text,
                    offset(text, present.getKeyNode().getStartMark().orElseThrow()),
                    path.getFirst() + " is not a list with a line for each item: write it as one first");
        }
        int at = offset(text, list.getStartMark().orElseThrow());
        int start = Lines.startOfLine(text, at);
        return text.substring(0, start) + lines(item, text.substring(start, at), end) + text.substring(start);
    }

    @Override
    public int line(String text, List<String> path) {
        Node at = root(text);
        int line = 1;
        for (String name : path) {
            NodeTuple present = at instanceof MappingNode mapping ? member(mapping, name) : null;
            if (present == null) {
                break;
            }
            line = line(present.getKeyNode());
            at = present.getValueNode();
        }
        return line;
    }

    /// As a new last line, without what it would be part of.
    private static String append(String text, @Nullable MappingNode root, String lines) {
        if (root != null && root.getFlowStyle() == FlowStyle.FLOW) {
            throw new NotEditable(1, "the file is written in braces: write a line for each member first");
        }
        return Lines.ended(text) + lines + Lines.ending(text);
    }

    private static String lines(Json.Obj item, String indent, String end) {
        StringBuilder lines = new StringBuilder();
        String start = indent + "- ";
        for (Map.Entry<String, Json> field : item.fields().entrySet()) {
            lines.append(start).append(field.getKey()).append(':');
            if (field.getValue() instanceof Json.Obj inner) {
                inner.fields()
                        .forEach((name, value) -> lines.append(end)
                                .append(indent)
                                .append("    ")
                                .append(name)
                                .append(": ")
                                .append(scalar(value)));
            } else {
                lines.append(' ').append(scalar(field.getValue()));
            }
            lines.append(end);
            start = indent + "  ";
        }
        return lines.toString();
    }

    private static String scalar(Json value) {
        return switch (value) {
            case Json.Str(String text) -> isPlain(text) ? text : JsonText.print(value);
            case Json.Arr(List<Json> items) ->
                "[" + String.join(", ", items.stream().map(YamlFormat::scalar).toList()) + "]";
            case Json.Num _, Json.Bool _, Json.Null _, Json.Obj _ -> JsonText.print(value);
        };
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty()
                && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '/')
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_./:@-".indexOf(c) >= 0))
                && !text.endsWith(":")
                && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
    }

    private static @Nullable MappingNode root(String text) {
        try {
            Node only = null;
            for (Node node : new Compose(LoadSettings.builder().build()).composeAllFromString(text)) {
                if (only != null) {
                    throw new NotEditable(line(node), "there is a second document in the file");
                }
                only = node;
            }
            if (only == null || only.getTag().equals(Tag.NULL)) {
                return null;
            }
            return only instanceof MappingNode mapping ? mapping : refuse(only, "the file holds no members with names");
        } catch (MarkedYamlEngineException broken) {
            throw new NotEditable(
                    broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
                    broken.getProblem() == null ? "this is not YAML" : String.valueOf(broken.getProblem()));
        } catch (YamlEngineException broken) {
            throw new NotEditable(1, "this is not YAML");
        }
    }

    private static MappingNode refuse(Node node, String problem) {
        throw new NotEditable(line(node), problem);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static int offset(String text, Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private static @Nullable NodeTuple member(MappingNode mapping, String name) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Json.Obj mapping(String text, MappingNode mapping) {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar
                    ? scalar.getValue()
                    : text.substring(
                            offset(text, tuple.getKeyNode().getStartMark().orElseThrow()),
                            offset(text, tuple.getKeyNode().getEndMark().orElseThrow()));
            if (fields.put(key, json(text, tuple.getValueNode())) != null && !key.equals("<<")) {
                throw new NotEditable(line(tuple.getKeyNode()), key + " is there twice");
            }
        }
        return new Json.Obj(fields);
    }

    private static Json json(String text, Node node) {
        return switch (node) {
            case MappingNode mapping when !mapping.isRecursive() -> mapping(text, mapping);
            case SequenceNode list
            when !list.isRecursive() -> {
                List<Json> items = new ArrayList<>();
                list.getValue().forEach(item -> items.add(json(text, item)));
                yield Json.array(items);
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> Json.of("an alias of itself");
        };
    }

    private static Json scalar(ScalarNode scalar) {
        String value = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return new Json.Num(value);
        }
        if (tag.equals(Tag.BOOL)) {
            return Json.of(value.equalsIgnoreCase("true"));
        }
        return tag.equals(Tag.NULL) ? Json.NULL : Json.of(value);
    }
}
