package dev.sluice.cli.guide;

import dev.sluice.cli.terminal.Key;
import java.util.ArrayList;
import java.util.List;

/// Keys as a person presses them, one after the other.
final class Typing {
    private final List<Key> keys = new ArrayList<>();

    Typing text(String text) {
        text.codePoints().forEach(c -> keys.add(new Key.Typed(Character.toString(c))));
        return this;
    }

    Typing paste(String text) {
        keys.add(new Key.Pasted(text));
        return this;
    }

    Typing press(Key... more) {
        keys.addAll(List.of(more));
        return this;
    }

    Typing enter() {
        return press(Key.Named.ENTER);
    }

    Typing down(int times) {
        for (int i = 0; i < times; i++) {
            press(Key.Named.DOWN);
        }
        return this;
    }

    /// A search, or a line that stood empty, and Enter.
    Typing entered(String text) {
        return text(text).enter();
    }

    /// In the place of what stands there.
    Typing instead(String text) {
        return press(Key.Named.CLEAR).text(text).enter();
    }

    List<Key> keys() {
        return List.copyOf(keys);
    }
}
