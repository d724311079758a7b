package dev.sluice.protocol.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.ByteSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseWriterTest {
    private final ByteSink out = new ByteSink(16);

    @Test
    void writes_an_event_with_and_without_a_name() {
        SseWriter.event(out, "ping", Json.object().put("a", 1).build());
        SseWriter.event(out, null, "[DONE]");
        assertThat(out.text()).isEqualTo("event: ping\ndata: {\"a\":1}\n\ndata: [DONE]\n\n");
    }

    @Test
    void writes_comments_and_blank_lines() {
        SseWriter.comment(out, "keep-alive");
        SseWriter.blank(out);
        assertThat(out.text()).isEqualTo(": keep-alive\n\n\n");
    }

    @Test
    void a_reader_gets_back_data_of_several_lines() {
        SseWriter.event(out, "a", "one\n\n two");
        List<String> read = new ArrayList<>();
        new SseReader().feed(out.array(), 0, out.size(), frame -> read.add(frame.event() + "=" + frame.text()));
        assertThat(read).containsExactly("a=one\n\n two");
    }
}
