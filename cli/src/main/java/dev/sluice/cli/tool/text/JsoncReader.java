package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads JSON as editors and coding tools take it: with comments and with commas behind the last member.
final class JsoncReader {
    private static final int DEEPEST = 200;

    private final String text;
    private int at;

    private JsoncReader(String text) {
        this.text = text;
    }

    /// The one value of the text; null when there is none but white space and comments.
    static @Nullable JsoncNode read(String text) {
        JsoncReader reader = new JsoncReader(text);
        reader.skip();
        if (reader.atEnd()) {
            return null;
        }
        JsoncNode value = reader.value(0);
        reader.skip();
        if (!reader.atEnd()) {
            throw reader.problem("there is text behind the end of the value");
        }
        return value;
    }

    /// Behind white space and comments, as far as they stand on the line of the offset.
    static int restOfLine(String text, int from) {
        int at = from;
        int end = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t') {
                at++;
            } else if (text.startsWith("//", at)) {
                int close = text.indexOf('\n', at);
                end = close < 0 ? text.length() : close > at && text.charAt(close - 1) == '\r' ? close - 1 : close;
                return end;
            } else if (text.startsWith("/*", at) && text.indexOf("*/", at + 2) >= 0) {
                at = text.indexOf("*/", at + 2) + 2;
                end = at;
            } else {
                return end;
            }
        }
        return end;
    }

    private JsoncNode value(int depth) {
        if (depth > DEEPEST) {
            throw problem("it is nested too deeply");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> {
                int start = at;
                Json.Str string = string();
                yield new JsoncNode.Leaf(start, at, string);
            }
            default -> literal();
        };
    }

    private JsoncNode object(int depth) {
        int start = at++;
        List<JsoncNode.Member> members = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        skip();
        while (peek() != '}') {
            int keyStart = at;
            if (peek() != '"') {
                throw problem("a name in double quotes is missing here");
            }
            String key = string().value();
            if (!keys.add(key)) {
                throw NotEditable.at(text, keyStart, "\"" + key + "\" is there twice");
            }
            skip();
            expect(':', "a colon is missing here");
            skip();
            members.add(member(key, keyStart, depth, '}'));
        }
        at++;
        return new JsoncNode.Obj(start, at, members);
    }

    private JsoncNode array(int depth) {
        int start = at++;
        List<JsoncNode.Member> items = new ArrayList<>();
        skip();
        while (peek() != ']') {
            items.add(member("", at, depth, ']'));
        }
        at++;
        return new JsoncNode.Arr(start, at, items);
    }

    /// A value with the comma behind it, as far as the next member or the end of what it is in.
    private JsoncNode.Member member(String key, int start, int depth, char close) {
        JsoncNode value = value(depth + 1);
        skip();
        int comma = -1;
        if (peek() == ',') {
            comma = at++;
            skip();
        } else if (peek() != close) {
            throw problem("a comma or " + close + " is missing here");
        }
        return new JsoncNode.Member(key, start, value, comma);
    }

    private Json.Str string() {
        int start = at++;
        while (peek() != '"') {
            if (peek() == '\n') {
                throw NotEditable.at(text, start, "this text does not end on its line");
            }
            at += peek() == '\\' ? 2 : 1;
        }
        at++;
        if (JsonText.parse(text.substring(start, at)) instanceof JsonText.Parsed.Value(Json.Str value)) {
            return value;
        }
        throw NotEditable.at(text, start, "this is not a text in JSON");
    }

    private JsoncNode literal() {
        int start = at;
        while (!atEnd() && ",:]}[{\" \t\r\n/".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (JsonText.parse(text.substring(start, at)) instanceof JsonText.Parsed.Value(Json value)) {
            return new JsoncNode.Leaf(start, at, value);
        }
        throw NotEditable.at(text, start, "a value is missing here");
    }

    private void skip() {
        while (!atEnd()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
            } else if (text.startsWith("//", at)) {
                at = Lines.nextLine(text, at);
            } else if (text.startsWith("/*", at)) {
                int close = text.indexOf("*/", at + 2);
                if (close < 0) {
                    throw problem("this comment does not end");
                }
                at = close + 2;
            } else {
                return;
            }
        }
    }

    private void expect(char wanted, String problem) {
        if (peek() != wanted) {
            throw problem(problem);
        }
        at++;
    }

    private char peek() {
        if (atEnd()) {
            throw NotEditable.at(text, text.length(), "it breaks off here");
        }
        return text.charAt(at);
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    private NotEditable problem(String problem) {
        return NotEditable.at(text, at, problem);
    }
}
