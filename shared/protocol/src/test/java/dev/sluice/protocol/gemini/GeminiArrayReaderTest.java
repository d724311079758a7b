package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.FrameReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiArrayReaderTest {
    private static final String ARRAY = "\n[{\"a\":\"}\\\"{[\"},\r\n {\"b\":[{\"c\":1}]} ,{}]\n";

    private final List<String> elements = new ArrayList<>();
    private final ByteSink raw = new ByteSink(64);

    private void note(Frame frame) {
        raw.write(frame.raw(), frame.rawFrom(), frame.rawTo());
        if (frame.kind() == Frame.Kind.EVENT) {
            elements.add(frame.text());
        }
    }

    private void read(FrameReader reader, String text, int piece) {
        byte[] bytes = Gemini.bytes(text);
        for (int from = 0; from < bytes.length; from += piece) {
            reader.feed(bytes, from, Math.min(bytes.length, from + piece), this::note);
        }
        reader.end(this::note);
    }

    @Test
    void any_cut_gives_the_same_elements_and_every_byte_belongs_to_one() {
        for (int piece = 1; piece <= ARRAY.length(); piece++) {
            elements.clear();
            raw.clear();
            read(new GeminiArrayReader(1000), ARRAY, piece);

            assertThat(elements)
                    .as("pieces of " + piece)
                    .containsExactly("{\"a\":\"}\\\"{[\"}", "{\"b\":[{\"c\":1}]}", "{}");
            assertThat(raw.text()).isEqualTo(ARRAY);
        }
    }

    @Test
    void an_element_that_was_cut_off_is_handed_over_as_far_as_it_came() {
        read(new GeminiArrayReader(1000), "[{\"a\":1},{\"b\":", 3);

        assertThat(elements).containsExactly("{\"a\":1}", "{\"b\":");
    }

    @Test
    void an_element_beyond_the_bound_ends_the_reading() {
        GeminiArrayReader reader = new GeminiArrayReader(12);
        byte[] bytes = Gemini.bytes("[{\"a\":1},{\"b\":\"0123456789\"},{}]");

        assertThat(reader.feed(bytes, 0, bytes.length, this::note)).isFalse();
        assertThat(reader.feed(bytes, 0, bytes.length, this::note)).isFalse();
        reader.end(this::note);
        assertThat(elements).containsExactly("{\"a\":1}");
    }

    @Test
    void the_first_byte_tells_events_from_an_array() {
        for (int piece = 1; piece < 8; piece++) {
            elements.clear();
            read(new GeminiFrames(), "\n" + ARRAY, piece);
            read(new GeminiFrames(), "\r\ndata: {\"e\":[1]}\r\n\r\n", piece);

            assertThat(elements).hasSize(4).last().isEqualTo("{\"e\":[1]}");
        }
    }
}
