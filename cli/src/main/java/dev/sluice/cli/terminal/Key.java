package dev.sluice.cli.terminal;

/// What came from the keyboard: a key with a name, a character, or a text that was pasted.
public sealed interface Key {
    /// Keys that write nothing.
    enum Named implements Key {
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END,
        ENTER,
        ESCAPE,
        /// Ctrl-C.
        INTERRUPT,
        BACKSPACE,
        DELETE,
        TAB,
        /// Ctrl-U: all that was typed goes.
        CLEAR,
        /// One that means nothing here, or Ctrl-L: everything is drawn anew.
        OTHER
    }

    /// @param text one character, also one beyond the first plane
    record Typed(String text) implements Key {}

    record Pasted(String text) implements Key {
        @Override
        public String toString() {
            return "Pasted"; // it may be a secret
        }
    }
}
