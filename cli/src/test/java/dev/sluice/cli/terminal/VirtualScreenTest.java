package dev.sluice.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Terminal;
import org.junit.jupiter.api.Test;

class VirtualScreenTest {
    @Test
    void what_is_written_stands_on_it() {
        try (VirtualScreen screen = new VirtualScreen(80, 24)) {
            Terminal terminal = screen.open().orElseThrow();
            terminal.writer().print("one\ntwo");
            terminal.flush();
            assertThat(screen.lines()).startsWith("one", "two");
            assertThat(terminal.getColumns()).isEqualTo(80);
        }
    }

    @Test
    void keys_are_read_as_they_are_typed() throws IOException {
        try (VirtualScreen screen = new VirtualScreen(80, 24)) {
            Terminal terminal = screen.open().orElseThrow();
            terminal.enterRawMode();
            KeyMap<String> keys = new KeyMap<>();
            keys.bind("down", "\u001b[B");
            keys.bind("enter", "\r");
            screen.type("\u001b[B\r");
            BindingReader reader = new BindingReader(terminal.reader());
            assertThat(reader.readBinding(keys)).isEqualTo("down");
            assertThat(reader.readBinding(keys)).isEqualTo("enter");
        }
    }
}
