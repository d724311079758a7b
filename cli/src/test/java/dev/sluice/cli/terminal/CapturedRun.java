package dev.sluice.cli.terminal;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.builtins.ScreenTerminal;

/// A real run of a command on a terminal of its own, by `script` of util-linux: what it draws, and keys for it.
public final class CapturedRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ScreenTerminal screen;
    private final Process process;
    private final OutputStream keys;
    private final Thread reader;

    private CapturedRun(ScreenTerminal screen, Process process) {
        this.screen = screen;
        this.process = process;
        this.keys = process.getOutputStream();
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /// @param command for a shell
    public static CapturedRun start(String command, int columns, int rows, Path folder, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "script", "-qfec", "stty cols " + columns + " rows " + rows + "; " + command, "/dev/null"))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("NO_COLOR");
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return new CapturedRun(new ScreenTerminal(columns, rows), builder.start());
    }

    private void read() {
        char[] letters = new char[4096];
        try (Reader shown = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int count = shown.read(letters); count >= 0; count = shown.read(letters)) {
                screen.write(new String(letters, 0, count));
                String told = screen.read(); // what the terminal answers by itself
                if (!told.isEmpty()) {
                    type(told);
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            // the run is over
        }
    }

    public CapturedRun type(String pressed) {
        try {
            keys.write(pressed.getBytes(StandardCharsets.UTF_8));
            keys.flush();
            return this;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// Waits until that stands on the screen.
    public CapturedRun see(String text) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!screen.toString().contains(text)) {
            if (System.nanoTime() > end || !process.isAlive() && !reader.isAlive()) {
                throw new IllegalStateException("'" + text + "' never stood on the screen:\n" + this);
            }
            screen.waitDirty(100);
        }
        return this;
    }

    public Picture picture() {
        return Picture.of(screen);
    }

    /// Waits until the command has ended and all that it wrote stands there.
    public int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not end:\n" + this);
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
    }

    @Override
    public String toString() {
        return screen.toString();
    }
}
