package dev.sluice.cli.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// One line of `pictures.txt`: a command on a terminal of that size, and what is done until its pictures are taken.
record Scenario(int columns, int rows, String command, List<Step> steps) {
    private static final Path LIST = Path.of("src/test/resources/picture/pictures.txt");

    private static final Map<String, String> KEYS = Map.of(
            "<enter>", "\r",
            "<tab>", "\t",
            "<up>", "\u001b[A",
            "<down>", "\u001b[B",
            "<right>", "\u001b[C",
            "<left>", "\u001b[D",
            "<esc>", "\u001b",
            "<space>", " ",
            "<ctrl-c>", "\u0003");

    /// What is done next.
    sealed interface Step {}

    record See(String text) implements Step {}

    record Press(String keys) implements Step {}

    record Rest() implements Step {}

    record End() implements Step {}

    /// @param isCropped without the empty lines below
    record Take(String name, String title, boolean isCropped) implements Step {}

    static List<Scenario> all() throws IOException {
        List<Scenario> all = new ArrayList<>();
        for (String line : Files.readAllLines(LIST)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                all.add(parse(line));
            }
        }
        return all;
    }

    static Scenario parse(String line) {
        List<String> parts = Arrays.stream(line.split("\\|")).map(String::strip).toList();
        int cross = parts.getFirst().indexOf('x');
        return new Scenario(
                Integer.parseInt(parts.getFirst().substring(0, cross)),
                Integer.parseInt(parts.getFirst().substring(cross + 1)),
                parts.get(1),
                parts.stream().skip(2).map(Scenario::step).toList());
    }

    /// The names of the pictures it takes.
    List<String> pictures() {
        return steps.stream()
                .filter(Take.class::isInstance)
                .map(step -> ((Take) step).name())
                .toList();
    }

    private static Step step(String text) {
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        String rest = space < 0 ? "" : text.substring(space + 1).strip();
        return switch (word) {
            case "see" -> new See(rest);
            case "press" -> new Press(keys(rest));
            case "wait" -> new Rest();
            case "end" -> new End();
            case "picture" -> take(rest, false);
            case "printed" -> take(rest, true);
            default -> throw new IllegalArgumentException("no step: " + text);
        };
    }

    private static Take take(String nameAndTitle, boolean isCropped) {
        int space = nameAndTitle.indexOf(' ');
        return new Take(
                nameAndTitle.substring(0, space),
                nameAndTitle.substring(space + 1).strip(),
                isCropped);
    }

    private static String keys(String text) {
        String typed = text;
        for (Map.Entry<String, String> key : KEYS.entrySet()) {
            typed = typed.replace(key.getKey(), key.getValue());
        }
        return typed;
    }
}
