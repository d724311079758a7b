package dev.sluice.cli.lambda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The gateway's task folder, made of what tests run with: `bin/start` and the jars that its zip holds.
final class TaskJars {
    private static final Path LIST = Path.of("..", "functions", "gateway", "src", "test", "resources", "task-jars.txt");
    private static final Set<String> OWN = Set.of("model", "protocol", "core", "aws", "runtime", "gateway");

    private TaskJars() {}

    /// Fills the folder.
    static Path in(Path task) throws IOException {
        Path lib = Files.createDirectories(task.resolve("lib"));
        Set<String> listed = Files.readAllLines(LIST).stream()
                .map(line -> line.substring("lib/".length()))
                .collect(Collectors.toSet());
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            Path path = Path.of(entry);
            String own = owner(path);
            if (!own.isEmpty()) {
                put(path, lib.resolve(own + ".jar"));
            } else if (listed.contains(String.valueOf(path.getFileName()))) {
                Files.copy(path, lib.resolve(path.getFileName()));
            }
        }
        Path start = Files.createDirectories(task.resolve("bin")).resolve("start");
        try (InputStream script = TaskJars.class.getResourceAsStream("/bin/start")) {
            Files.copy(script, start);
        }
        if (!start.toFile().setExecutable(true)) {
            throw new IOException("no right to execute " + start);
        }
        return task;
    }

    /// Which of the function's own modules a path belongs to; empty: none.
    private static String owner(Path path) {
        Path target = path.getParent();
        Path module = target == null || !target.endsWith("target") ? null : target.getParent();
        String name = module == null ? "" : String.valueOf(module.getFileName());
        boolean compiled = path.endsWith("classes") || path.toString().endsWith(".jar");
        return compiled && OWN.contains(name) ? name : "";
    }

    static void put(Path compiled, Path jar) throws IOException {
        if (!Files.isDirectory(compiled)) {
            Files.copy(compiled, jar);
            return;
        }
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream packed = new ZipOutputStream(file);
                Stream<Path> all = Files.walk(compiled)) {
            packed.setLevel(0);
            for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                packed.putNextEntry(new ZipEntry(compiled.relativize(each).toString()));
                Files.copy(each, packed);
            }
        }
    }
}
