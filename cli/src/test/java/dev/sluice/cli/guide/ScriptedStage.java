package dev.sluice.cli.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.terminal.Answer;
import dev.sluice.cli.terminal.Key;
import dev.sluice.cli.terminal.Line;
import dev.sluice.cli.terminal.Room;
import dev.sluice.cli.terminal.Stage;
import dev.sluice.cli.terminal.Widget;
import dev.sluice.cli.terminal.Widget.Reaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/// Plays a list of keys, and keeps every screen that they led over. Without a key left it presses the last one for ever.
final class ScriptedStage implements Stage {
    private static final Room ROOM = new Room(80, 20);
    private static final int MOST_KEYS = 2_000;

    private final Deque<Key> keys = new ArrayDeque<>();
    private final Key last;
    private final List<String> screens = new ArrayList<>();
    private String awaited = "";
    private Runnable meanwhile = () -> {};
    private int pressed;

    ScriptedStage(List<Key> keys, Key last) {
        this.keys.addAll(keys);
        this.last = last;
    }

    /// What somebody else does while the screen of that title is looked at for the first time.
    ScriptedStage meanwhile(String title, Runnable action) {
        awaited = title;
        meanwhile = action;
        return this;
    }

    @Override
    public <R> Answer<R> ask(Widget<R> widget) {
        if (widget.title().equals(awaited)) {
            awaited = "";
            meanwhile.run();
        }
        Widget<R> now = widget;
        while (pressed++ < MOST_KEYS) {
            keep(now);
            Key key = keys.isEmpty() ? last : keys.pop();
            switch (now.on(key, ROOM)) {
                case Reaction.Done<R>(Answer<R> answer) -> {
                    return answer;
                }
                case Reaction.Stay<R>(Widget<R> next) -> now = next;
            }
        }
        throw new AssertionError("no key leads on from:\n" + screens.getLast());
    }

    private void keep(Widget<?> widget) {
        List<Line> lines = widget.lines(ROOM);
        assertThat(lines).hasSizeLessThanOrEqualTo(ROOM.height());
        assertThat(lines).allSatisfy(line -> assertThat(line.width()).isLessThanOrEqualTo(ROOM.width()));
        assertThat(Line.width(widget.hints())).isLessThanOrEqualTo(ROOM.width());
        StringBuilder screen = new StringBuilder(widget.title()).append('\n');
        lines.forEach(line -> screen.append(line.text()).append('\n'));
        screens.add(screen.toString());
    }

    @Override
    public <T> Answer<T> during(String title, Function<Consumer<String>, Callable<T>> work) {
        try {
            return new Answer.Given<>(
                    work.apply(line -> screens.add(title + "\n" + line)).call());
        } catch (RuntimeException told) {
            throw told;
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public <T> T finish(String title, Function<Consumer<String>, Callable<T>> work) {
        return switch (during(title, work)) {
            case Answer.Given<T>(T value) -> value;
            case Answer.Back<T> _, Answer.Leave<T> _ -> throw new AssertionError(title + " was left");
        };
    }

    /// Keys that were not pressed.
    int left() {
        return keys.size();
    }

    String last() {
        return screens.getLast();
    }

    String all() {
        return String.join("\n", screens);
    }

    /// The only screen of that title, or the last of them.
    String titled(String title) {
        return screens.reversed().stream()
                .filter(screen -> screen.startsWith(title + "\n"))
                .findFirst()
                .orElseThrow();
    }
}
