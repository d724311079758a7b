package dev.sluice.cli.store;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Obstacle;
import dev.sluice.cli.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The folder that holds everything `start` keeps.
public record DataDirectory(Path path) {
    /// The folder that was given, or `.sluice` in the person's home.
    public static DataDirectory of(@Nullable String given, Surroundings surroundings) {
        try {
            return new DataDirectory(
                    given == null ? standard(surroundings) : Path.of(given).toAbsolutePath());
        } catch (InvalidPathException noPath) {
            throw CommandFailure.usage("--data: this is not a path: " + given);
        }
    }

    private static Path standard(Surroundings surroundings) {
        String home = surroundings
                .variable("HOME")
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> CommandFailure.usage("HOME is not set: say where to keep things with --data DIR"));
        return Path.of(home, ".sluice").toAbsolutePath();
    }

    public Path store() {
        return path.resolve("sluice.db");
    }

    public Path secretKey() {
        return path.resolve("secret.key");
    }

    public Path credentials() {
        return path.resolve("credentials.json");
    }

    public Path control() {
        return path.resolve("control.json");
    }

    /// The key that `start --lambda` calls its function with.
    public Path functionKey() {
        return path.resolve("function.key");
    }

    /// The calls that were, a file for each day.
    public Path calls() {
        return path.resolve("calls");
    }

    /// What DynamoDB Local keeps.
    public Path dynamoDb() {
        return path.resolve("dynamodb");
    }

    /// DynamoDB Local itself, as it was fetched.
    public Path dynamoDbJars() {
        return path.resolve("dynamodb-local");
    }

    /// Makes the folder, for its owner only, where it is missing.
    public void create() {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException | UnsupportedOperationException notPossible) {
            throw CommandFailure.failed("cannot create the folder " + path + " (" + Obstacle.words(notPossible)
                    + "): choose another with --data DIR");
        }
    }
}
