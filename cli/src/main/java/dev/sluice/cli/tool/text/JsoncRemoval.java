package dev.sluice.cli.tool.text;

import java.util.List;

/// Takes a member out of an object, or an item out of an array, with the line it stood on and the comma it needed.
final class JsoncRemoval {
    private final String text;
    private final List<JsoncNode.Member> members;
    private final int index;

    private JsoncRemoval(String text, List<JsoncNode.Member> members, int index) {
        this.text = text;
        this.members = members;
        this.index = index;
    }

    static String remove(String text, List<JsoncNode.Member> members, int index) {
        return new JsoncRemoval(text, members, index).remove();
    }

    private String remove() {
        JsoncNode.Member member = members.get(index);
        int behind = member.comma() >= 0 ? member.comma() + 1 : member.value().end();
        int from = member.start();
        int to = behind;
        boolean isAloneOnItsLines = Lines.isFirstOnItsLine(text, from)
                && JsoncReader.restOfLine(text, behind) == behind
                && isLineEnd(behind);
        if (isAloneOnItsLines) {
            from = Lines.startOfLine(text, from);
            to = Lines.nextLine(text, behind);
        } else if (index > 0) {
            from = isSpaceSincePrevious() ? endOf(members.get(index - 1)) : from;
        } else if (index < members.size() - 1) {
            to = members.get(index + 1).start();
        }
        if (!isNewLast()) {
            return text.substring(0, from) + text.substring(to);
        }
        int comma = members.get(index - 1).comma();
        return text.substring(0, comma) + text.substring(Math.min(comma + 1, from), from) + text.substring(to);
    }

    /// Whether it stands on the line of the one before, with nothing but space between them.
    private boolean isSpaceSincePrevious() {
        int start = members.get(index).start();
        return !Lines.isFirstOnItsLine(text, start)
                && text.substring(endOf(members.get(index - 1)), start).isBlank();
    }

    /// Whether the member before becomes the last one, of a list whose last one has no comma.
    private boolean isNewLast() {
        return index > 0
                && index == members.size() - 1
                && members.get(index).comma() < 0
                && members.get(index - 1).comma() >= 0;
    }

    private static int endOf(JsoncNode.Member member) {
        return member.comma() >= 0 ? member.comma() + 1 : member.value().end();
    }

    private boolean isLineEnd(int at) {
        int next = at;
        while (next < text.length()
                && (text.charAt(next) == ' ' || text.charAt(next) == '\t' || text.charAt(next) == '\r')) {
            next++;
        }
        return next >= text.length() || text.charAt(next) == '\n';
    }
}
