package dev.sluice.aws.dynamodb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Processes of this test's own JVM and class path that start working at the same moment; ended with the test.
final class Processes implements AutoCloseable {
    private final List<Child> children = new ArrayList<>();

    private Processes() {}

    /// A process, and what it has said.
    static final class Child {
        private final Process process;
        private final BufferedReader reader;
        private final List<String> lines = new ArrayList<>();

        private Child(Process process) {
            this.process = process;
            this.reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        /// Reads on until that line; false: it ended without saying it.
        boolean readsOnTo(String last) {
            try {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                    if (line.equals(last)) {
                        return true;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return false;
        }

        /// Kills it (SIGKILL) after so many more lines, and reads what it has said until then.
        void killAfter(int count) {
            try {
                for (int i = 0; i < count; i++) {
                    lines.add(reader.readLine());
                }
                // by its handle: the process itself would close what is still to be read
                process.toHandle().destroyForcibly();
                process.onExit().join();
                readsOnTo("never");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<String> lines(String prefix) {
            return lines.stream().filter(line -> line.startsWith(prefix)).toList();
        }
    }

    /// Starts them, and returns when all are ready.
    static Processes start(int count, List<String> arguments) {
        Processes processes = new Processes();
        try {
            for (int i = 0; i < count; i++) {
                processes.children.add(new Child(new ProcessBuilder(command(arguments))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()));
            }
            for (Child child : processes.children) {
                if (!child.readsOnTo("ready")) {
                    throw new IllegalStateException("a process ended before it was ready: " + child.lines);
                }
            }
        } catch (IOException e) {
            processes.close();
            throw new UncheckedIOException(e);
        }
        return processes;
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dhttp.maxConnections=64",
                "-cp",
                System.getProperty("java.class.path"),
                AdmissionRun.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /// Has all do the same at once; what was said before is forgotten.
    void order(String order) {
        for (Child child : children) {
            child.lines.clear();
        }
        for (Child child : children) {
            try {
                child.process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
                child.process.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    List<Child> children() {
        return children;
    }

    /// Reads all that they say until each has done what it was told.
    boolean allEnd() {
        return Together.call(children.size(), i -> () -> children.get(i).readsOnTo("end")).stream()
                .allMatch(Boolean::booleanValue);
    }

    List<String> lines(String prefix) {
        return children.stream().flatMap(child -> child.lines(prefix).stream()).toList();
    }

    @Override
    public void close() {
        children.forEach(child -> child.process.destroyForcibly());
    }
}
