package dev.sluice.cli.terminal;

import dev.sluice.cli.terminal.Widget.Reaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/// Puts questions on a terminal: the one place that draws, and reads keys. Takes the whole screen, and gives it back as it
/// was when it is closed. Of one thread.
public final class Screen implements Stage, AutoCloseable {
    /// How soon a window of another size is seen, and a wish that the process ends.
    private static final long TURN_MS = 150;

    private static final String PASTES_MARKED = "\u001b[?2004h";
    private static final String PASTES_BARE = "\u001b[?2004l";

    private final Terminal terminal;
    private final boolean colours;
    private final BooleanSupplier ends;
    private final Attributes before;
    private final Display display;
    private final NonBlockingReader reader;
    private final KeyReader keys;
    private int width;
    private int height;

    /// @param ends whether everything has to end now
    public Screen(Terminal terminal, boolean colours, BooleanSupplier ends) {
        this.terminal = terminal;
        this.colours = colours;
        this.ends = ends;
        this.before = terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false); // Ctrl-C is a key, so that it leaves the screen in order
        terminal.setAttributes(raw);
        this.display = new Display(terminal, true);
        this.reader = terminal.reader();
        this.keys = new KeyReader(new Typed(reader));
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.writer().print(PASTES_MARKED);
        terminal.flush();
    }

    private record Typed(NonBlockingReader reader) implements KeyReader.Characters {
        @Override
        public int read(long millis) throws IOException {
            return reader.read(millis);
        }

        @Override
        public int peek(long millis) throws IOException {
            return reader.peek(millis);
        }
    }

    @Override
    public <R> Answer<R> ask(Widget<R> widget) {
        Widget<R> now = widget;
        draw(now);
        while (!ends.getAsBoolean()) {
            if (isResized()) {
                draw(now);
            }
            Key key = key();
            if (key == null) {
                continue;
            }
            switch (reaction(now, key)) {
                case Reaction.Done<R>(Answer<R> answer) -> {
                    return answer;
                }
                case Reaction.Stay<R>(Widget<R> next) -> now = next;
            }
            draw(now);
        }
        return new Answer.Leave<>();
    }

    /// In a window that is too small nothing is answered unseen.
    private <R> Reaction<R> reaction(Widget<R> widget, Key key) {
        if (!Layout.isTooSmall(width, height)) {
            return widget.on(key, Layout.room(width, height));
        }
        return key == Key.Named.INTERRUPT ? widget.on(key, Layout.room(width, height)) : new Reaction.Stay<>(widget);
    }

    @Override
    public <T> Answer<T> during(String title, Function<Consumer<String>, Callable<T>> work) {
        return watched(title, work, true);
    }

    @Override
    public <T> T finish(String title, Function<Consumer<String>, Callable<T>> work) {
        return switch (watched(title, work, false)) {
            case Answer.Given<T>(T value) -> value;
            case Answer.Back<T> _, Answer.Leave<T> _ -> throw new IllegalStateException("it cannot be left");
        };
    }

    private <T> Answer<T> watched(String title, Function<Consumer<String>, Callable<T>> work, boolean mayBeLeft) {
        List<String> told = new CopyOnWriteArrayList<>();
        CompletableFuture<T> result = new CompletableFuture<>();
        Callable<T> task = work.apply(told::add);
        long begun = System.nanoTime();
        Thread thread = Thread.ofVirtual().start(() -> complete(result, task));
        while (!result.isDone()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            Widget<Void> shown = new Watching(title, told, seconds, mayBeLeft);
            draw(shown);
            Key key = key();
            boolean isEnd = mayBeLeft && ends.getAsBoolean();
            if (isEnd || key != null && reaction(shown, key) instanceof Reaction.Done<Void>) {
                thread.interrupt();
                return isEnd || key == Key.Named.INTERRUPT ? new Answer.Leave<>() : new Answer.Back<>();
            }
        }
        return new Answer.Given<>(valueOf(result));
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> task) {
        try {
            result.complete(task.call());
        } catch (Exception failure) {
            result.completeExceptionally(failure);
        }
    }

    private static <T> T valueOf(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw failure;
        }
    }

    /// Null: none came for a while.
    private @Nullable Key key() {
        try {
            return reader.peek(TURN_MS) == NonBlockingReader.READ_EXPIRED ? null : keys.read();
        } catch (IOException gone) {
            return Key.Named.INTERRUPT;
        }
    }

    private boolean isResized() {
        return width != terminal.getColumns() || height != terminal.getRows();
    }

    private void draw(Widget<?> widget) {
        if (isResized()) {
            width = terminal.getColumns();
            height = terminal.getRows();
            display.clear();
            display.resize(Size.of(width, height));
        }
        display.update(
                Layout.of(widget, width, height).stream().map(this::attributed).toList(), -1);
        terminal.flush();
    }

    private AttributedString attributed(Line line) {
        AttributedStringBuilder text = new AttributedStringBuilder();
        line.pieces().forEach(piece -> text.styled(look(piece.style()), piece.text()));
        return text.toAttributedString();
    }

    private AttributedStyle look(Style style) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        return switch (style) {
            case PLAIN -> plain;
            case STRONG -> plain.bold();
            case DIM -> colours ? plain.foreground(AttributedStyle.BRIGHT + AttributedStyle.BLACK) : plain;
            case CHOSEN -> colours ? plain.bold().foreground(AttributedStyle.CYAN) : plain.bold();
            case GOOD -> colours ? plain.foreground(AttributedStyle.GREEN) : plain;
            case BAD -> colours ? plain.foreground(AttributedStyle.RED) : plain;
            case WARN -> colours ? plain.foreground(AttributedStyle.YELLOW) : plain;
        };
    }

    @Override
    public void close() {
        display.update(List.of(), 0);
        terminal.writer().print(PASTES_BARE);
        terminal.puts(Capability.cursor_normal);
        terminal.puts(Capability.exit_ca_mode);
        terminal.flush();
        terminal.setAttributes(before);
        try {
            terminal.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
