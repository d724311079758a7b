package dev.sluice.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;

/// A terminal in memory: keys are typed into it, and what stands on its screen can be read.
public final class VirtualScreen implements Screens, AutoCloseable {
    private final int columns;
    private final ScreenTerminal screen;
    private final LineDisciplineTerminal terminal;

    public VirtualScreen(int columns, int rows) {
        this.columns = columns;
        this.screen = new ScreenTerminal(columns, rows);
        OutputStream shown = new OutputStream() {
            private final CharsetDecoder decoder =
                    StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
            private final ByteBuffer pending = ByteBuffer.allocate(1 << 16);

            @Override
            public void write(int octet) {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            // Letters come in pieces: a terminal writes byte by byte.
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                pending.put(bytes, from, length).flip();
                CharBuffer letters = CharBuffer.allocate(length + 4);
                decoder.decode(pending, letters, false);
                pending.compact();
                synchronized (screen) {
                    screen.write(letters.flip());
                    screen.notifyAll();
                }
            }
        };
        try {
            terminal = new LineDisciplineTerminal("virtual", "xterm-256color", shown, StandardCharsets.UTF_8);
            terminal.setSize(Size.of(columns, rows));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public Optional<Terminal> open() {
        return Optional.of(terminal);
    }

    /// As if those keys were pressed.
    public VirtualScreen type(String keys) {
        try {
            terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// What stands there, each line without the spaces at its end.
    public List<String> lines() {
        return screen.toString().lines().map(String::stripTrailing).toList();
    }

    /// Returns what stands there once that does.
    public List<String> await(String word) throws InterruptedException {
        return await(shown -> shown.contains(word)).lines().toList();
    }

    /// Returns what stands there once it is as wanted.
    public String await(Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        String shown = shown();
        while (!wanted.test(shown)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never shown, but:\n" + shown);
            }
            screen.waitDirty(100);
            shown = shown();
        }
        return shown;
    }

    private String shown() {
        return String.join("\n", lines());
    }

    /// As if the window had been pulled to that size.
    public void resize(int columns, int rows) {
        screen.setSize(Size.of(columns, rows));
        terminal.setSize(Size.of(columns, rows));
        terminal.raise(Terminal.Signal.WINCH);
    }

    public Picture picture() {
        return Picture.of(screen);
    }

    public int columns() {
        return columns;
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
