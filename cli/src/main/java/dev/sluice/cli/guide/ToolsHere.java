package dev.sluice.cli.guide;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.known.Tools;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The coding tools, and how each stands on this machine.
record ToolsHere(List<Tool> setUp, List<Tool> found) {
    static ToolsHere of(Surroundings surroundings) {
        if (surroundings.variable("HOME").filter(home -> !home.isBlank()).isEmpty()) {
            return new ToolsHere(List.of(), List.of());
        }
        Place place = Place.of(surroundings, false);
        List<Path> folders = Stream.of(surroundings.variable("PATH").orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(ToolsHere::path)
                .toList();
        return new ToolsHere(
                Tools.all().stream()
                        .filter(tool -> ToolState.of(tool, place).record() != null)
                        .toList(),
                Tools.all().stream()
                        .filter(tool -> isFound(program(tool.start(place)), folders))
                        .toList());
    }

    /// Of the command line that starts a tool: what comes behind its variables.
    private static String program(String start) {
        String bare = start.substring(Math.max(start.lastIndexOf('"'), start.lastIndexOf('&')) + 1)
                .strip();
        return bare.split(" ", 2)[0];
    }

    private static Stream<Path> path(String folder) {
        try {
            return Stream.of(Path.of(folder));
        } catch (InvalidPathException noPath) {
            return Stream.empty();
        }
    }

    private static boolean isFound(String command, List<Path> folders) {
        return folders.stream()
                .flatMap(folder -> path(folder + File.separator + command))
                .anyMatch(Files::isExecutable);
    }

    /// Those that are there first.
    List<Tool> all() {
        List<Tool> all = new ArrayList<>(found);
        Tools.all().stream().filter(tool -> !found.contains(tool)).forEach(all::add);
        return all;
    }

    String said(Tool tool) {
        String there = found.contains(tool) ? "on this machine" : "";
        String state = setUp.contains(tool) ? "set up" : "";
        return there.isEmpty() || state.isEmpty() ? there + state : there + ", " + state;
    }
}
