package dev.sluice.cli.guide;

import dev.sluice.cli.terminal.Line;
import dev.sluice.cli.terminal.Menu;
import dev.sluice.cli.terminal.Style;
import dev.sluice.core.config.Change;
import dev.sluice.core.config.ConfigReading.ConfigError;
import java.util.ArrayList;
import java.util.List;

/// Changes, errors, command lines and printed text as lines of a screen.
final class Wording {
    private static final String INDENT = "    ";

    private Wording() {}

    /// Each change with its path, and its values below where they have no room beside it.
    static Menu.Text changes(List<Change> changes) {
        return width -> {
            List<Line> lines = new ArrayList<>();
            for (Change change : changes) {
                lines.addAll(change(change, width));
            }
            return lines;
        };
    }

    private static List<Line> change(Change change, int width) {
        return switch (change) {
            case Change.Added(String path, String value) ->
                Line.wrapped("+ " + path + "  " + value, Style.GOOD, width, INDENT);
            case Change.Removed(String path, String value) ->
                Line.wrapped("- " + path + "  " + value, Style.BAD, width, INDENT);
            case Change.Changed(String path, String before, String after) ->
                Line.wrapped("~ " + path + "  " + before + " -> " + after, Style.WARN, width, INDENT);
        };
    }

    static String problem(ConfigError error) {
        return error.path() + ": found " + error.found() + ", expected " + error.expected();
    }

    /// What a command has printed; the lines of a diff in their colours.
    static Menu.Text printed(String text) {
        return width -> {
            List<Line> lines = new ArrayList<>();
            for (String line : text.lines().toList()) {
                lines.addAll(Line.wrapped(line.replace("\t", "    "), style(line), width, INDENT));
            }
            return lines;
        };
    }

    private static Style style(String line) {
        if (line.startsWith("+++") || line.startsWith("---")) {
            return Style.STRONG;
        }
        return line.startsWith("+") ? Style.GOOD : line.startsWith("-") ? Style.BAD : Style.PLAIN;
    }

    static Menu.Text styled(String text, Style style) {
        return width -> Line.wrapped(text, style, width, "");
    }

    static Menu.Text commandLines(List<String> where, List<List<String>> commands) {
        return width -> {
            List<Line> lines = new ArrayList<>();
            commands.forEach(command ->
                    lines.addAll(Line.wrapped("  " + commandLine(where, command), Style.PLAIN, width, INDENT)));
            return lines;
        };
    }

    /// A command line as a shell takes it.
    static String commandLine(List<String> where, List<String> arguments) {
        StringBuilder line = new StringBuilder("sluice");
        arguments.forEach(argument -> line.append(' ').append(quoted(argument)));
        where.forEach(option -> line.append(' ').append(quoted(option)));
        return line.toString();
    }

    private static String quoted(String argument) {
        boolean isPlain = !argument.isEmpty()
                && argument.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || "-_./:=@,+%".indexOf(c) >= 0);
        return isPlain ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
