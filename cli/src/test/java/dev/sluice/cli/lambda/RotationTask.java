package dev.sluice.cli.lambda;

import dev.sluice.rotation.RotationFunction;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The rotation function's task folder, made of what tests run with, under AWS's own runtime client.
final class RotationTask {
    static final String HANDLER = RotationFunction.class.getName() + "::handleRequest";

    private RotationTask() {}

    /// Fills the folder's `lib`.
    static Path in(Path task) throws IOException {
        Path lib = Files.createDirectories(task.resolve("lib"));
        int compiled = 0;
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            Path path = Path.of(entry).toAbsolutePath();
            if (path.endsWith("classes")) {
                TaskJars.put(path, lib.resolve("compiled-" + compiled++ + ".jar"));
            } else if (entry.endsWith(".jar") && !Files.exists(lib.resolve(path.getFileName()))) {
                Files.copy(path, lib.resolve(path.getFileName()));
            }
        }
        return task;
    }

    static List<String> command() {
        return List.of(
                Engine.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                Path.of(System.getProperty("lambda.client"), "*").toString(),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                HANDLER);
    }
}
