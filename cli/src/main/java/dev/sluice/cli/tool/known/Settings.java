package dev.sluice.cli.tool.known;

import dev.sluice.cli.tool.Draft;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Wish;
import dev.sluice.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// What several tools have in common.
final class Settings {
    /// The variable that tools which read no file are given the key in.
    static final String KEY_VARIABLE = "SLUICE_API_KEY";

    private Settings() {}

    /// The key in a file of its own, which the tool's settings refer to.
    static Draft keyFile(Path file, Wish wish) {
        return Draft.secret(file, wish.key());
    }

    /// Of those in the folder, the last that is there; else the first.
    static Path present(Path folder, String... names) {
        Path chosen = folder.resolve(names[0]);
        for (String name : names) {
            if (Files.exists(folder.resolve(name))) {
                chosen = folder.resolve(name);
            }
        }
        return chosen;
    }

    /// For a shell: the file's name as one word.
    static String quoted(Path file) {
        return "'" + file.toString().replace("'", "'\\''") + "'";
    }

    /// A command with the key in its environment.
    static String withKey(Place place, String tool, String command) {
        return KEY_VARIABLE + "=\"$(cat " + quoted(place.key(tool, "")) + ")\" " + command;
    }

    /// Both limits under these names, or nothing: half of them is worse than the tool's own guess.
    static void limits(Json.Builder object, String name, String context, String output, ModelChoice model) {
        if (model.contextWindow() != null && model.maxOutput() != null) {
            object.put(
                    name,
                    Json.object()
                            .put(context, model.contextWindow())
                            .put(output, model.maxOutput())
                            .build());
        }
    }

    /// Every model's entry, in the order of the wish.
    static Json list(Wish wish, Function<ModelChoice, Json.Obj> entry) {
        return Json.array(wish.models().stream().map(entry).toList());
    }
}
