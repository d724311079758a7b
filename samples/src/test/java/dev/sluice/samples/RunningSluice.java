package dev.sluice.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `sluice start` in a process of its own, on a free port, with nothing configured: the demo provider answers.
final class RunningSluice implements AutoCloseable {
    static final String KEY = "slc_samples-test-key-0123456789";

    private final Process process;
    private final String url;

    private RunningSluice(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static RunningSluice start(Path directory) throws IOException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.cli.Main",
                "start",
                "--port",
                "0",
                "--data",
                directory.toString()));
        command.environment().put("SLUICE_MASTER_KEY", KEY);
        command.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = command.start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int at = line.indexOf("listening on ");
            if (at >= 0) {
                return new RunningSluice(
                        process, line.substring(at + "listening on ".length()).strip());
            }
        }
        throw new IllegalStateException("sluice ended before it was listening, exit code " + exit(process));
    }

    String url() {
        return url;
    }

    Settings settings() {
        return new Settings(url, KEY, "demo/demo");
    }

    @Override
    public void close() {
        process.destroy();
        exit(process);
    }

    private static int exit(Process process) {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(interrupted));
        }
    }
}
