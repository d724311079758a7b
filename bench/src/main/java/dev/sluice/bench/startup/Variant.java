package dev.sluice.bench.startup;

import dev.sluice.cli.lambda.InitType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One way to start the function.
///
/// @param flags of the JVM
/// @param task the unpacked function
record Variant(String name, List<String> flags, Path task, InitType init) {
    /// What `bin/start` sets in every case.
    static final List<String> SMALL = List.of("-XX:+UseSerialGC");

    /// What it adds where no snapshot is taken.
    static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    Variant {
        flags = List.copyOf(flags);
    }

    static Variant onDemand(String name, List<String> flags, Path task) {
        return new Variant(name, flags, task, InitType.ON_DEMAND);
    }

    static Variant restored(String name, Path task) {
        return new Variant(name, SMALL, task, InitType.SNAP_START);
    }

    Variant with(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return new Variant(name, all, task, init);
    }

    /// @param cores as `taskset` takes them
    List<String> command(String cores, List<String> trust) {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/taskset",
                "-c",
                cores,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxRAM=2g"));
        command.addAll(flags);
        command.addAll(trust);
        command.addAll(List.of("-cp", classPath(), "dev.sluice.function.LambdaMain"));
        return command;
    }

    /// The jars in the order of their names, as `bin/start` has them.
    private String classPath() {
        try (Stream<Path> jars = Files.list(task.resolve("lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .sorted()
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
