package dev.sluice.cli.deploy;

import dev.sluice.cli.CommandFailure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The CDK's command of one known version, run by npx in the folder of the CDK app.
public final class NpxCdk implements Cdk {
    /// A version that writes and reads what the app's library does; the newest one may not.
    static final String PACKAGE = "aws-cdk@2.1148.1";

    private static final int OLDEST_NODE = 20;
    private static final Duration BEAT = Duration.ofSeconds(3);
    private static final String REMEDY = " is not on the PATH: install Node.js " + OLDEST_NODE
            + " or newer (nodejs.org, or your system's packages), which brings npx; the AWS CDK runs on it";

    private final Path folder;
    private final Map<String, String> environment;
    private volatile @Nullable Process running;
    private volatile boolean stopped;

    /// @param folder of the CDK app
    /// @param environment of the child, among it the way to AWS
    public NpxCdk(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String tools() {
        String node = found("node");
        found("npx");
        List<String> lines = new ArrayList<>();
        int exit = child(List.of(node, "--version"), lines::add, () -> {});
        String version = lines.isEmpty() ? "" : lines.getFirst().strip();
        int major = major(version);
        if (exit != 0 || major == 0) {
            throw CommandFailure.failed(node + " does not run: node --version ended with " + exit);
        }
        if (major < OLDEST_NODE) {
            throw CommandFailure.failed(
                    "node " + version + " is too old for the AWS CDK: it needs " + OLDEST_NODE + " or newer");
        }
        return "node " + version + ", " + PACKAGE;
    }

    /// Of `v22.3.0`; 0: it is none.
    private static int major(String version) {
        int dot = version.indexOf('.');
        if (!version.startsWith("v") || dot < 0) {
            return 0;
        }
        String digits = version.substring(1, dot);
        return digits.length() <= 4 && digits.chars().allMatch(Character::isDigit) && !digits.isEmpty()
                ? Integer.parseInt(digits)
                : 0;
    }

    private String found(String name) {
        String path = environment.getOrDefault("PATH", "");
        for (String part : path.split(File.pathSeparator, -1)) {
            if (!part.isEmpty() && Files.isExecutable(Path.of(part, name))) {
                return Path.of(part, name).toString();
            }
        }
        throw CommandFailure.failed(name + REMEDY);
    }

    @Override
    public int run(List<String> arguments, Consumer<String> lines, Runnable meanwhile) {
        List<String> command = new ArrayList<>(List.of(found("npx"), "--yes", PACKAGE));
        command.addAll(arguments);
        return child(command, lines, meanwhile);
    }

    private int child(List<String> command, Consumer<String> lines, Runnable meanwhile) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("NO_COLOR", "1");
        builder.environment().put("CDK_DISABLE_CLI_TELEMETRY", "true");
        try {
            Process process = builder.start();
            running = process;
            if (stopped) {
                end(process); // asked for before there was one
            }
            Thread reader = Thread.ofVirtual().name("cdk output").start(() -> read(process, lines));
            while (!process.waitFor(BEAT)) {
                meanwhile.run();
            }
            reader.join();
            meanwhile.run();
            return process.exitValue();
        } catch (IOException notRun) {
            throw CommandFailure.failed(command.getFirst() + " cannot be run: " + notRun.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            stop();
            throw CommandFailure.failed("stopped");
        } finally {
            running = null;
        }
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.accept(line);
            }
        } catch (IOException ended) {
            // its exit code says the rest
        }
    }

    @Override
    public void stop() {
        stopped = true;
        Optional.ofNullable(running).ifPresent(NpxCdk::end);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
