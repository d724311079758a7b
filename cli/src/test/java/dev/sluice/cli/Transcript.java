package dev.sluice.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Remembers what was printed, and lets a test wait for a word of it.
public final class Transcript extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
        bytes.write(b);
        notifyAll();
    }

    @Override
    public synchronized void write(byte[] source, int from, int length) {
        bytes.write(source, from, length);
        notifyAll();
    }

    public PrintStream stream() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    public synchronized String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Returns once that was printed.
    public synchronized void await(String word) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (!text().contains(word)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("never printed: " + word + " but: " + text());
            }
            wait(left);
        }
    }
}
