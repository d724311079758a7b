package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the statements of a TOML 1.0 text. Dates and times are kept as the text they are written in.
final class TomlReader {
    private static final int DEEPEST = 100;

    private final TomlText text;

    private TomlReader(String text) {
        this.text = new TomlText(text);
    }

    static List<TomlEntry> read(String text) {
        TomlReader reader = new TomlReader(text);
        List<TomlEntry> entries = new ArrayList<>();
        reader.text.skipLines();
        while (!reader.text.atEnd()) {
            entries.add(reader.text.peek() == '[' ? reader.header() : reader.pair());
            reader.text.endLine();
            reader.text.skipLines();
        }
        return entries;
    }

    private TomlEntry.Header header() {
        int start = text.at();
        boolean isList = text.startsWith("[[");
        text.skip(isList ? 2 : 1);
        text.skipSpaces();
        List<String> path = keys();
        text.expect(']', "] is missing here");
        if (isList) {
            text.expect(']', "]] is missing here");
        }
        return new TomlEntry.Header(path, isList, start, text.at());
    }

    private TomlEntry.Pair pair() {
        int start = text.at();
        List<String> path = keys();
        text.expect('=', "= is missing here");
        text.skipSpaces();
        int valueStart = text.at();
        Json value = value(0);
        return new TomlEntry.Pair(path, start, valueStart, text.at(), value);
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        while (true) {
            keys.add(key());
            text.skipSpaces();
            if (text.peek() != '.') {
                return keys;
            }
            text.skip(1);
            text.skipSpaces();
        }
    }

    private String key() {
        char c = text.peek();
        if (c == '"' || c == '\'') {
            return text.string();
        }
        int start = text.at();
        while (!text.atEnd() && isBare(text.peek())) {
            text.skip(1);
        }
        if (text.at() == start) {
            throw text.problem("a key is missing here");
        }
        return text.since(start);
    }

    static boolean isBare(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private Json value(int depth) {
        if (depth > DEEPEST) {
            throw text.problem("it is nested too deeply");
        }
        return switch (text.peek()) {
            case '"', '\'' -> Json.of(text.string());
            case '[' -> array(depth);
            case '{' -> table(depth);
            default -> literal();
        };
    }

    private Json array(int depth) {
        text.skip(1);
        List<Json> items = new ArrayList<>();
        text.skipLines();
        while (text.peek() != ']') {
            items.add(value(depth + 1));
            text.skipLines();
            if (text.peek() == ',') {
                text.skip(1);
                text.skipLines();
            } else if (text.peek() != ']') {
                throw text.problem("a comma or ] is missing here");
            }
        }
        text.skip(1);
        return Json.array(items);
    }

    private Json table(int depth) {
        text.skip(1);
        Map<String, Json> fields = new LinkedHashMap<>();
        text.skipSpaces();
        while (text.peek() != '}') {
            List<String> path = keys();
            text.expect('=', "= is missing here");
            text.skipSpaces();
            int at = text.at();
            if (!TomlTree.nest(fields, path, value(depth + 1))) {
                throw text.problemAt(at, String.join(".", path) + " is there twice");
            }
            text.skipSpaces();
            if (text.peek() == ',') {
                text.skip(1);
                text.skipSpaces();
            } else if (text.peek() != '}') {
                throw text.problem("a comma or } is missing here");
            }
        }
        text.skip(1);
        return new Json.Obj(fields);
    }

    /// Numbers, truth values, dates and times.
    private Json literal() {
        int start = text.at();
        while (!text.atEnd()
                && (isBare(text.peek()) || "+.:".indexOf(text.peek()) >= 0 || text.isTimeBehindDate(start))) {
            text.skip(1);
        }
        String literal = text.since(start);
        if (literal.equals("true") || literal.equals("false")) {
            return Json.of(literal.equals("true"));
        }
        boolean isNumber = !literal.isEmpty()
                && (literal.chars().anyMatch(Character::isDigit) && "+-0123456789".indexOf(literal.charAt(0)) >= 0
                        || literal.endsWith("inf")
                        || literal.endsWith("nan"));
        if (!isNumber) {
            throw text.problemAt(start, "a value is missing here");
        }
        return new Json.Num(literal);
    }
}
