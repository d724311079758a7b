package dev.sluice.cli.tool;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Whose settings are meant: a person's, or those of one project of theirs.
///
/// @param home `$HOME`
/// @param project the folder, when only its settings are meant
/// @param mac whether this is macOS, where some tools keep their settings elsewhere
public record Place(Path home, Optional<Path> project, Map<String, String> environment, boolean mac) {
    public static Place of(Surroundings surroundings, boolean project) {
        Path home = surroundings
                .variable("HOME")
                .filter(value -> !value.isBlank())
                .map(value -> Path.of(value).toAbsolutePath())
                .orElseThrow(() -> CommandFailure.usage("HOME is not set: nothing says whose settings are meant"));
        Optional<Path> folder = project ? Optional.of(Path.of("").toAbsolutePath()) : Optional.empty();
        boolean mac = System.getProperty("os.name", "").startsWith("Mac");
        return new Place(home, folder, surroundings.environment(), mac);
    }

    /// The folder that a variable names, or the one of that name in the person's home.
    public Path folder(String variable, String otherwise) {
        String given = environment.get(variable);
        return given == null || given.isBlank()
                ? home.resolve(otherwise)
                : Path.of(given).toAbsolutePath();
    }

    /// `~/.config`, or where the person has put it.
    public Path config() {
        return folder("XDG_CONFIG_HOME", ".config");
    }

    /// In the project's folder when there is one, else the person's own.
    public Path either(String inProject, Path own) {
        return project.map(folder -> folder.resolve(inProject)).orElse(own);
    }

    public Path sluice() {
        return home.resolve(".sluice");
    }

    /// A file of Sluice's own, for that tool in this place, which holds the key.
    public Path key(String tool, String suffix) {
        return sluice().resolve("keys")
                .resolve(tool + project.map(folder -> "-" + short12(folder)).orElse("") + suffix);
    }

    /// Where what was there before is kept.
    public Path undo(String tool) {
        return sluice().resolve("undo")
                .resolve(tool)
                .resolve(project.map(folder -> "project-" + short12(folder)).orElse("user"));
    }

    public String scope() {
        return project.map(folder -> "project " + folder).orElse("user");
    }

    private static String short12(Path folder) {
        return DiskFile.hash(folder.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    @Override
    public String toString() {
        return "Place[" + scope() + "]"; // the environment holds secrets
    }
}
