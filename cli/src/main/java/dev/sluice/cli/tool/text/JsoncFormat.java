package dev.sluice.cli.tool.text;

import dev.sluice.cli.PrettyJson;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON with comments. What is new is written as its neighbours are: their indentation, line ends and last commas.
final class JsoncFormat implements Format {
    private static final String UNIT = "  ";

    @Override
    public Reading read(String text) {
        try {
            JsoncNode root = JsoncReader.read(text);
            if (root == null) {
                return new Reading.Good(Json.Obj.EMPTY);
            }
            return root instanceof JsoncNode.Obj object
                    ? new Reading.Good(object.json())
                    : new Reading.Bad(Lines.lineOf(text, root.start()), "the file holds no object");
        } catch (NotEditable broken) {
            return new Reading.Bad(broken.line(), broken.problem());
        }
    }

    @Override
    public String put(String text, List<String> path, Json value) {
        if (!(JsoncReader.read(text) instanceof JsoncNode.Obj root)) {
            return Lines.ended(text)
                    + PrettyJson.print(nested(path, value), Lines.ending(text), UNIT)
                    + Lines.ending(text);
        }
        JsoncNode.Obj object = root;
        for (int i = 0; i < path.size(); i++) {
            JsoncNode.Member member = object.member(path.get(i));
            List<String> below = path.subList(i + 1, path.size());
            if (member == null) {
                String key = JsonText.print(Json.of(path.get(i)));
                return insert(
                        text, object, object.members(), key + ": ", below.isEmpty() ? value : nested(below, value));
            }
            if (below.isEmpty() || !(member.value() instanceof JsoncNode.Obj next)) {
                return replace(text, member.value(), below.isEmpty() ? value : nested(below, value));
            }
            object = next;
        }
        throw new IllegalArgumentException("a place has a name");
    }

    @Override
    public String add(String text, List<String> path, Json.Obj item, boolean first) {
        JsoncNode node = find(JsoncReader.read(text), path);
        if (!(node instanceof JsoncNode.Arr array)) {
            return put(text, path, Json.Arr.of(item));
        }
        if (!first || array.items().isEmpty()) {
            return insert(text, array, array.items(), "", item);
        }
        int at = array.items().getFirst().start();
        boolean isOnLine = Lines.isFirstOnItsLine(text, at);
        String start = isOnLine ? Lines.ending(text) + Lines.indent(text, at) : " ";
        String printed = isOnLine ? PrettyJson.print(item, start, unit(text)) : JsonText.print(item);
        return text.substring(0, at) + printed + "," + start + text.substring(at);
    }

    /// The text without the member at that place, which is there.
    String remove(String text, List<String> path) {
        List<String> above = path.subList(0, path.size() - 1);
        if (find(JsoncReader.read(text), above) instanceof JsoncNode.Obj object) {
            for (int i = 0; i < object.members().size(); i++) {
                if (object.members().get(i).key().equals(path.getLast())) {
                    return JsoncRemoval.remove(text, object.members(), i);
                }
            }
        }
        return text;
    }

    /// The text without that item of the array at that place.
    String remove(String text, List<String> path, int index) {
        return find(JsoncReader.read(text), path) instanceof JsoncNode.Arr array
                ? JsoncRemoval.remove(text, array.items(), index)
                : text;
    }

    @Override
    public int line(String text, List<String> path) {
        JsoncNode at = JsoncReader.read(text);
        int offset = at == null ? 0 : at.start();
        for (String name : path) {
            JsoncNode.Member member = at instanceof JsoncNode.Obj object ? object.member(name) : null;
            if (member == null) {
                break;
            }
            offset = member.start();
            at = member.value();
        }
        return Lines.lineOf(text, offset);
    }

    private static @Nullable JsoncNode find(@Nullable JsoncNode root, List<String> path) {
        JsoncNode at = root;
        for (String name : path) {
            JsoncNode.Member member = at instanceof JsoncNode.Obj object ? object.member(name) : null;
            at = member == null ? null : member.value();
        }
        return at;
    }

    private static Json nested(List<String> path, Json value) {
        Json inner = value;
        for (String name : path.reversed()) {
            inner = Json.object().put(name, inner).build();
        }
        return inner;
    }

    private static String replace(String text, JsoncNode old, Json value) {
        String start = Lines.ending(text) + Lines.indent(text, old.start());
        return text.substring(0, old.start()) + PrettyJson.print(value, start, unit(text)) + text.substring(old.end());
    }

    /// Puts a value behind the last one of an object or array.
    private static String insert(
            String text, JsoncNode parent, List<JsoncNode.Member> members, String label, Json value) {
        return members.isEmpty() ? fill(text, parent, label, value) : append(text, members.getLast(), label, value);
    }

    private static String append(String text, JsoncNode.Member last, String label, Json value) {
        boolean hasComma = last.comma() >= 0;
        int behind = hasComma ? last.comma() + 1 : last.value().end();
        String comma = hasComma ? "" : ",";
        if (!Lines.isFirstOnItsLine(text, last.start())) {
            String printed = " " + label + JsonText.print(value) + (hasComma ? "," : "");
            return text.substring(0, behind) + comma + printed + text.substring(behind);
        }
        int lineEnd = Math.max(behind, JsoncReader.restOfLine(text, behind));
        String start = Lines.ending(text) + Lines.indent(text, last.start());
        return text.substring(0, behind)
                + comma
                + text.substring(behind, lineEnd)
                + start
                + label
                + PrettyJson.print(value, start, unit(text))
                + (hasComma ? "," : "")
                + text.substring(lineEnd);
    }

    /// Into an object or array without anything but perhaps comments, which stay above what is new.
    private static String fill(String text, JsoncNode parent, String label, Json value) {
        String outer = Lines.ending(text) + Lines.indent(text, parent.start());
        String inner = outer + unit(text);
        String printed = inner + label + PrettyJson.print(value, inner, unit(text));
        int close = parent.end() - 1;
        int kept = text.substring(0, close).stripTrailing().length();
        boolean isEndOnLine = text.substring(kept, close).indexOf('\n') >= 0;
        return text.substring(0, kept) + printed + (isEndOnLine ? text.substring(kept) : outer + text.substring(close));
    }

    /// What the text indents a level by, as its first indented line shows.
    private static String unit(String text) {
        for (String line : Lines.of(text)) {
            String bare = line.stripLeading();
            if (bare.startsWith("\"") && bare.length() < line.length()) {
                return line.substring(0, line.length() - bare.length());
            }
        }
        return UNIT;
    }
}
