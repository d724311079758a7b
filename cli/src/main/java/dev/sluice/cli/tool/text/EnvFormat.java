package dev.sluice.cli.tool.text;

import dev.sluice.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Files of `NAME=value` lines, as tools read them from `.env`: comments with `#`, an optional `export`, quoted values.
final class EnvFormat implements Format {
    @Override
    public Reading read(String text) {
        Map<String, Json> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : Lines.of(text)) {
            number++;
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#")) {
                continue;
            }
            int equals = bare.indexOf('=');
            String name = equals < 0 ? "" : name(bare.substring(0, equals));
            if (!isName(name)) {
                return new Reading.Bad(number, "this line is not NAME=value");
            }
            String value = bare.substring(equals + 1).strip();
            if (isOpenQuote(value)) {
                return new Reading.Bad(number, "the quoted value of " + name + " does not end on its line");
            }
            if (values.put(name, Json.of(unquoted(value))) != null) {
                return new Reading.Bad(number, name + " is set twice");
            }
        }
        return new Reading.Good(new Json.Obj(values));
    }

    @Override
    public String put(String text, List<String> path, Json value) {
        String name = path.getFirst();
        if (path.size() > 1 || !(value instanceof Json.Str(String wanted))) {
            throw new NotEditable(1, name + ": only texts fit into NAME=value lines");
        }
        String written = name + "=" + quoted(wanted);
        StringBuilder changed = new StringBuilder();
        boolean found = false;
        for (String line : Lines.of(text)) {
            int equals = line.indexOf('=');
            if (equals >= 0
                    && !line.strip().startsWith("#")
                    && name(line.substring(0, equals)).equals(name)) {
                String body = line.stripTrailing();
                changed.append(line, 0, equals + 1).append(quoted(wanted)).append(line.substring(body.length()));
                found = true;
            } else {
                changed.append(line);
            }
        }
        return found ? changed.toString() : Lines.ended(text) + written + Lines.ending(text);
    }

    @Override
    public String add(String text, List<String> path, Json.Obj item, boolean first) {
        throw new NotEditable(1, "NAME=value lines hold no lists");
    }

    @Override
    public int line(String text, List<String> path) {
        int number = 0;
        for (String line : Lines.of(text)) {
            number++;
            int equals = line.indexOf('=');
            if (equals >= 0
                    && !path.isEmpty()
                    && name(line.substring(0, equals)).equals(path.getFirst())) {
                return number;
            }
        }
        return 1;
    }

    private static String name(String left) {
        String name = left.strip();
        return name.startsWith("export ") ? name.substring("export ".length()).strip() : name;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !Character.isDigit(name.charAt(0))
                && name.chars().allMatch(c -> c == '_' || c == '.' || c == '-' || Character.isLetterOrDigit(c));
    }

    private static boolean isOpenQuote(String value) {
        return !value.isEmpty()
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.indexOf(value.charAt(0), 1) < 0;
    }

    private static String unquoted(String value) {
        return value.length() > 1 && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                ? value.substring(1, value.indexOf(value.charAt(0), 1))
                : value;
    }

    private static String quoted(String value) {
        boolean isPlain = value.chars()
                .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_./:@%+=,-[]".indexOf(c) >= 0));
        if (isPlain && !value.isEmpty()) {
            return value;
        }
        if (value.indexOf('\'') >= 0 || value.indexOf('\n') >= 0) {
            throw new NotEditable(1, "a value with a quote or a line end does not fit into a NAME=value line");
        }
        return "'" + value + "'";
    }
}
