package dev.sluice.cli.top;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Schedule;
import dev.sluice.cli.StopSignal;
import dev.sluice.core.ports.PortFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/// Draws snapshots on a whole terminal until a key or a signal ends it, and leaves the terminal as it was.
///
/// One thread draws; looks, keys and signals only tell it what happened.
public final class LiveScreen {
    private static final int PAGE = 10;

    private final Terminal terminal;
    private final Schedule schedule;
    private final StopSignal stop;
    private final boolean hasColours;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Display display;
    private Size size = Size.of(0, 0);

    /// What the drawing thread is told.
    private sealed interface Event {
        record Looked(Snapshot snapshot) implements Event {}

        record Failed(String why) implements Event {}

        record Pressed(Keys key) implements Event {}

        record Resized() implements Event {}
    }

    public LiveScreen(Terminal terminal, Schedule schedule, StopSignal stop, boolean hasColours) {
        this.terminal = terminal;
        this.schedule = schedule;
        this.stop = stop;
        this.hasColours = hasColours;
        this.display = new Display(terminal, true);
    }

    /// Returns when it was told to end.
    ///
    /// @param looks may fail: then the last snapshot stays, with the reason, and it is asked again
    public void run(Snapshot first, Supplier<Snapshot> looks, Duration interval) {
        Attributes before = terminal.enterRawMode();
        Terminal.SignalHandler interrupt = terminal.handle(Signal.INT, _ -> press(Keys.QUIT));
        Terminal.SignalHandler resize = terminal.handle(Signal.WINCH, _ -> events.add(new Event.Resized()));
        stop.heed();
        Thread ending = Thread.ofVirtual().start(this::awaitStop);
        Thread keys = Thread.ofPlatform().daemon().name("keys").start(this::readKeys);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        try (Schedule.Running _ = schedule.every(interval, () -> events.add(look(looks)))) {
            draw(first);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            terminal.puts(Capability.cursor_normal);
            terminal.puts(Capability.exit_ca_mode);
            terminal.flush();
            terminal.setAttributes(before);
            terminal.handle(Signal.INT, interrupt);
            terminal.handle(Signal.WINCH, resize);
            ending.interrupt();
            keys.interrupt();
        }
    }

    private static Event look(Supplier<Snapshot> looks) {
        try {
            return new Event.Looked(looks.get());
        } catch (CommandFailure told) {
            return new Event.Failed(told.text());
        } catch (PortFailure told) {
            return new Event.Failed(String.valueOf(told.getMessage()));
        }
    }

    private void press(Keys key) {
        events.add(new Event.Pressed(key));
    }

    private void awaitStop() {
        try {
            stop.awaitAsked();
            press(Keys.QUIT);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void readKeys() {
        try {
            Keys key = Keys.NOTHING;
            while (key != Keys.QUIT) {
                key = Keys.read(terminal.reader());
                press(key);
            }
        } catch (IOException gone) {
            press(Keys.QUIT); // the terminal has gone, or the view is over
        }
    }

    private void draw(Snapshot first) throws InterruptedException {
        Snapshot snapshot = first;
        View view = View.FIRST;
        while (true) {
            show(Layout.screen(snapshot, view, columns(), rows()));
            switch (events.take()) {
                case Event.Looked(Snapshot newer) -> {
                    snapshot = newer;
                    view = view.withTrouble(Optional.empty());
                }
                case Event.Failed(String why) -> view = view.withTrouble(Optional.of(trouble(why, snapshot)));
                case Event.Resized() -> {}
                case Event.Pressed(Keys key) -> {
                    if (key == Keys.QUIT) {
                        return;
                    }
                    view = pressed(key, view, snapshot);
                }
            }
        }
    }

    private static String trouble(String why, Snapshot last) {
        return why.lines().findFirst().orElse("") + "; this is of "
                + last.at()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalTime()
                + " UTC, trying again";
    }

    private static View pressed(Keys key, View view, Snapshot snapshot) {
        int rows = new Sections(snapshot, view).of(view.selected()).rows().size();
        return switch (key) {
            case NEXT -> view.select(1);
            case PREVIOUS -> view.select(-1);
            case UP -> view.scroll(-1, rows);
            case DOWN -> view.scroll(1, rows);
            case PAGE_UP -> view.scroll(-PAGE, rows);
            case PAGE_DOWN -> view.scroll(PAGE, rows);
            case SORT -> view.sort(1);
            case SORT_BACK -> view.sort(-1);
            case HELP -> view.toggleHelp();
            case QUIT, NOTHING -> view;
        };
    }

    private int columns() {
        return Math.max(1, terminal.getColumns());
    }

    private int rows() {
        return Math.max(1, terminal.getRows());
    }

    private void show(List<Strip> lines) {
        Size now = Size.of(columns(), rows());
        if (!now.equals(size)) {
            size = now;
            display.resize(now);
            display.clear();
        }
        display.update(lines.stream().map(this::styled).toList(), 0);
    }

    private AttributedString styled(Strip strip) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        strip.spans().forEach(span -> line.styled(style(span.tone()), span.text()));
        return line.toAttributedString();
    }

    private AttributedStyle style(Strip.Tone tone) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        if (tone == Strip.Tone.STRONG) {
            return plain.bold();
        }
        return switch (hasColours ? tone : Strip.Tone.PLAIN) {
            case PLAIN, STRONG -> plain;
            case DIM -> plain.foreground(AttributedStyle.BRIGHT + AttributedStyle.BLACK);
            case GOOD -> plain.foreground(AttributedStyle.GREEN);
            case WARN -> plain.foreground(AttributedStyle.YELLOW);
            case BAD -> plain.foreground(AttributedStyle.RED);
        };
    }
}
