package dev.sluice.cli.function;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The function as it is packaged, and how its process is started.
///
/// @param taskRoot what lies in `/var/task` on Lambda
/// @param command the start script or an interpreter, with its arguments
public record PackagedFunction(Path taskRoot, List<String> command, String handler) {
    private static final String HANDLER = "dev.sluice.function.LambdaMain::handleRequest";
    private static final String TASK = "SLUICE_TASK";

    public PackagedFunction {
        command = List.copyOf(command);
    }

    /// The one that `./sluice` has built beside this program.
    static PackagedFunction of(Surroundings surroundings) {
        Optional<Path> task = surroundings.variable(TASK).map(Path::of);
        if (task.isEmpty() || !Files.isExecutable(script(task.get()))) {
            throw CommandFailure.failed(
                    "the packaged function is not here: run ./sluice start --lambda in a checkout, which"
                            + " builds it");
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new PackagedFunction(task.get(), List.of(script(task.get()).toString(), java.toString()), HANDLER);
    }

    private static Path script(Path task) {
        return task.resolve("bin").resolve("start");
    }
}
