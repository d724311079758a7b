package dev.sluice.protocol.ndjson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NdjsonReaderTest {
    private static final String LINES = "{\"a\":\"\u00e9\"}\r\n\n  {\"b\":2} \n{\"c\":3}";

    private static List<String> read(String text, int step) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        NdjsonReader reader = new NdjsonReader();
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += step) {
            assertThat(reader.feed(bytes, from, Math.min(bytes.length, from + step), frame -> add(frame, lines)))
                    .isTrue();
        }
        reader.end(frame -> add(frame, lines));
        return lines;
    }

    private static void add(Frame frame, List<String> lines) {
        if (frame.kind() == Frame.Kind.EVENT) {
            lines.add(frame.text());
        }
    }

    @Test
    void any_cut_gives_the_same_lines_and_the_end_ends_the_last_one() {
        for (int step = 1; step < 40; step++) {
            assertThat(read(LINES, step)).containsExactly("{\"a\":\"\u00e9\"}", "{\"b\":2}", "{\"c\":3}");
        }
    }

    @Test
    void the_raw_ranges_joined_are_the_bytes() {
        byte[] bytes = LINES.getBytes(StandardCharsets.UTF_8);
        for (int step = 1; step < 40; step++) {
            NdjsonReader reader = new NdjsonReader();
            ByteSink joined = new ByteSink(16);
            for (int from = 0; from < bytes.length; from += step) {
                reader.feed(
                        bytes,
                        from,
                        Math.min(bytes.length, from + step),
                        frame -> joined.write(frame.raw(), frame.rawFrom(), frame.rawTo()));
            }
            reader.end(frame -> joined.write(frame.raw(), frame.rawFrom(), frame.rawTo()));
            assertThat(joined.text()).isEqualTo(LINES);
        }
    }

    @Test
    void a_line_beyond_the_bound_ends_the_reading() {
        NdjsonReader reader = new NdjsonReader(10);
        List<String> lines = new ArrayList<>();
        byte[] bytes = "{\"a\":1}\n{\"b\":\"too long\"}\n{\"c\":3}\n".getBytes(StandardCharsets.UTF_8);
        assertThat(reader.feed(bytes, 0, bytes.length, frame -> add(frame, lines)))
                .isFalse();
        assertThat(lines).containsExactly("{\"a\":1}");
    }
}
