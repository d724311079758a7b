package dev.sluice.cli.terminal;

/// Where in a list a person is, and which part of it is to be seen.
record Scroll(int cursor, int top) {
    static final Scroll START = new Scroll(0, 0);

    /// With the cursor moved, inside the list, and to be seen.
    Scroll moved(int by, int size, int height) {
        return at(cursor + by, size, height);
    }

    Scroll at(int wanted, int size, int height) {
        int place = Math.clamp(wanted, 0, Math.max(size - 1, 0));
        int lines = Math.max(height, 1);
        int first = Math.clamp(top, Math.max(place - lines + 1, 0), place);
        return new Scroll(place, Math.min(first, Math.max(size - lines, 0)));
    }

    /// After that key; itself for one that moves nothing.
    Scroll on(Key key, int size, int height) {
        return switch (key) {
            case Key.Named.UP -> moved(-1, size, height);
            case Key.Named.DOWN -> moved(1, size, height);
            case Key.Named.PAGE_UP -> moved(-height, size, height);
            case Key.Named.PAGE_DOWN -> moved(height, size, height);
            case Key.Named.HOME -> at(0, size, height);
            case Key.Named.END -> at(size - 1, size, height);
            default -> this;
        };
    }
}
