package dev.sluice.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.terminal.Key.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyReaderTest {
    /// Characters with a silence at each `~~`.
    private static final class Line implements KeyReader.Characters {
        private static final char SILENT = '\u0000';

        private final String text;
        private int next;

        Line(String text) {
            this.text = text;
        }

        @Override
        public int read(long millis) {
            int c = peek(millis);
            next++;
            return c;
        }

        @Override
        public int peek(long millis) {
            if (next >= text.length()) {
                return -1;
            }
            return text.charAt(next) == SILENT ? KeyReader.SILENCE : text.charAt(next);
        }

        boolean isRead() {
            return next >= text.length();
        }
    }

    private static List<Key> keys(String text) throws IOException {
        Line line = new Line(text);
        KeyReader reader = new KeyReader(line);
        List<Key> keys = new ArrayList<>();
        while (!line.isRead()) {
            keys.add(reader.read());
        }
        return keys;
    }

    @ParameterizedTest
    @CsvSource({
        "[A,UP",
        "[B,DOWN",
        "[C,RIGHT",
        "[D,LEFT",
        "OA,UP",
        "OB,DOWN",
        "[H,HOME",
        "OH,HOME",
        "[1~,HOME",
        "[7~,HOME",
        "[F,END",
        "[4~,END",
        "[8~,END",
        "[5~,PAGE_UP",
        "[6~,PAGE_DOWN",
        "[3~,DELETE",
        "OM,ENTER"
    })
    void sequences_of_xterm_tmux_and_the_console_are_keys(String sequence, Named key) throws IOException {
        assertThat(keys("\u001b" + sequence + "x")).containsExactly(key, new Key.Typed("x"));
    }

    @ParameterizedTest
    @CsvSource({"[1;5A", "[[A", "[15~", "[<0;10;10M", "OP", "[I"})
    void a_sequence_that_is_not_known_means_nothing_and_types_nothing(String sequence) throws IOException {
        assertThat(keys("\u001b" + sequence + "x")).containsExactly(Named.OTHER, new Key.Typed("x"));
    }

    @Test
    void a_lone_escape_is_one_also_before_other_keys() throws IOException {
        assertThat(keys("\u001b")).containsExactly(Named.ESCAPE);
        assertThat(keys("\u001b\u001bj")).containsExactly(Named.ESCAPE, Named.ESCAPE, new Key.Typed("j"));
    }

    @Test
    void control_characters_are_keys() throws IOException {
        assertThat(keys("\r\n\u007f\b\t\u0003\u0004\u0015\u0001\u0005\u000e\u0010\u000c"))
                .containsExactly(
                        Named.ENTER,
                        Named.ENTER,
                        Named.BACKSPACE,
                        Named.BACKSPACE,
                        Named.TAB,
                        Named.INTERRUPT,
                        Named.INTERRUPT,
                        Named.CLEAR,
                        Named.HOME,
                        Named.END,
                        Named.DOWN,
                        Named.UP,
                        Named.OTHER);
    }

    @Test
    void characters_beyond_the_first_plane_are_one_key() throws IOException {
        assertThat(keys("é漢😀")).containsExactly(new Key.Typed("é"), new Key.Typed("漢"), new Key.Typed("😀"));
    }

    @Test
    void a_paste_is_one_key_whatever_is_in_it() throws IOException {
        assertThat(keys("\u001b[200~a\r\nb\u001b[A~\u001b[201~x"))
                .containsExactly(new Key.Pasted("a\r\nb\u001b[A~"), new Key.Typed("x"));
    }

    @Test
    void a_paste_is_not_told_to_whoever_prints_it() throws IOException {
        assertThat(keys("\u001b[200~secret\u001b[201~").toString()).doesNotContain("secret");
    }

    @Test
    void the_end_of_the_input_leaves() throws IOException {
        assertThat(new KeyReader(new Line("")).read()).isEqualTo(Named.INTERRUPT);
    }
}
