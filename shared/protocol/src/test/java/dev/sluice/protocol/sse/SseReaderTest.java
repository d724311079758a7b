package dev.sluice.protocol.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.protocol.Frame;
import dev.sluice.protocol.vectors.SplitMix64;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {
    /// What a frame held, kept beyond its life.
    private record Kept(Frame.Kind kind, String event, String data, String raw) {
        static Kept of(Frame frame) {
            String raw = new String(
                    frame.raw(), frame.rawFrom(), frame.rawTo() - frame.rawFrom(), StandardCharsets.ISO_8859_1);
            return new Kept(frame.kind(), frame.event(), frame.text(), raw);
        }
    }

    private static List<Kept> read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return read(bytes, bytes.length);
    }

    private static List<Kept> read(byte[] bytes, int piece) {
        List<Kept> frames = new ArrayList<>();
        SseReader reader = new SseReader();
        for (int from = 0; from < bytes.length; from += piece) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
            assertThat(reader.feed(part, 0, part.length, frame -> frames.add(Kept.of(frame))))
                    .isTrue();
        }
        reader.end(frame -> frames.add(Kept.of(frame)));
        return frames;
    }

    @Test
    void reads_name_and_data_and_keeps_the_raw_bytes() {
        assertThat(read("event: ping\ndata: {}\n\n"))
                .containsExactly(new Kept(Frame.Kind.EVENT, "ping", "{}", "event: ping\ndata: {}\n\n"));
    }

    @Test
    void hands_over_frames_of_the_fed_array_without_a_copy() {
        byte[] bytes = "xxdata: 1\n\ndata: 2\n\nyy".getBytes(StandardCharsets.UTF_8);
        List<Frame> frames = new ArrayList<>();
        new SseReader().feed(bytes, 2, bytes.length - 2, frames::add);
        assertThat(frames).hasSize(2).allSatisfy(frame -> {
            assertThat(frame.raw()).isSameAs(bytes);
            assertThat(frame.data()).isSameAs(bytes);
        });
        assertThat(frames.getLast().rawTo()).isEqualTo(bytes.length - 2);
    }

    @Test
    void makes_no_string_for_a_known_name() {
        assertThat(read("event: content_block_delta\ndata: 1\n\n").getFirst().event())
                .isSameAs(read("event:content_block_delta\ndata: 2\n\n")
                        .getFirst()
                        .event());
        assertThat(read("event: brand_new\ndata: 1\n\n").getFirst().event()).isEqualTo("brand_new");
    }

    @Test
    void hands_over_comments_and_blank_lines_as_filler() {
        List<Kept> frames = read(": ping\n\n\ndata: 1\n\n");
        assertThat(frames)
                .containsExactly(
                        new Kept(Frame.Kind.FILLER, null, "", ": ping\n\n"),
                        new Kept(Frame.Kind.FILLER, null, "", "\n"),
                        new Kept(Frame.Kind.EVENT, null, "1", "data: 1\n\n"));
    }

    @Test
    void gives_a_comment_before_data_to_the_frame_of_the_data() {
        assertThat(read(": ping\r\ndata: 1\r\n\r\n"))
                .containsExactly(new Kept(Frame.Kind.EVENT, null, "1", ": ping\r\ndata: 1\r\n\r\n"));
    }

    @Test
    void takes_a_return_and_its_feed_in_different_pieces_for_one_line_end() {
        SseReader reader = new SseReader();
        List<Kept> frames = new ArrayList<>();
        for (String piece : List.of("data: 1\r", "\n\r", "\n", "data: 2\r\n\r\n")) {
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            reader.feed(bytes, 0, bytes.length, frame -> frames.add(Kept.of(frame)));
        }
        assertThat(frames).extracting(Kept::raw).containsExactly("data: 1\r\n\r\n", "data: 2\r\n\r\n");
    }

    @Test
    void does_not_wait_for_a_feed_where_lines_end_in_bare_returns() {
        byte[] bytes = "data: 1\r\r".getBytes(StandardCharsets.UTF_8);
        List<Kept> frames = new ArrayList<>();
        SseReader reader = new SseReader();
        reader.feed(bytes, 0, bytes.length, frame -> frames.add(Kept.of(frame)));
        assertThat(frames).extracting(Kept::data).containsExactly("1");
        reader.feed("\n".getBytes(StandardCharsets.UTF_8), 0, 1, frame -> frames.add(Kept.of(frame)));
        reader.end(frame -> frames.add(Kept.of(frame)));
        assertThat(frames).extracting(Kept::kind).containsExactly(Frame.Kind.EVENT, Frame.Kind.FILLER);
    }

    @Test
    void strips_a_byte_order_mark_from_the_data_but_not_from_the_raw_bytes() {
        for (int piece : new int[] {1, 2, 3, 100}) {
            byte[] bytes = "\ufeffdata: 1\n\ndata: \ufeff2\n\n".getBytes(StandardCharsets.UTF_8);
            List<Kept> frames = read(bytes, piece);
            assertThat(frames).extracting(Kept::data).containsExactly("1", "\ufeff2");
            assertThat(frames.getFirst().raw()).startsWith("\u00ef\u00bb\u00bfdata");
        }
    }

    @Test
    void forgets_the_name_of_an_event_without_data() {
        assertThat(read("event: a\n\ndata: 1\n\n")).extracting(Kept::event).containsExactly(null, null);
    }

    @Test
    void ends_the_last_event_with_the_bytes() {
        assertThat(read("data: 1\n\ndata: 2")).extracting(Kept::data).containsExactly("1", "2");
        assertThat(read("data: 1\ndat")).extracting(Kept::data).containsExactly("1");
        assertThat(read(": x")).extracting(Kept::kind).containsExactly(Frame.Kind.FILLER);
        assertThat(read("")).isEmpty();
    }

    @Test
    void does_not_take_a_longer_field_for_a_shorter_one() {
        assertThat(read("data: 1\ndatax: 2\nevents: 3\n\n"))
                .containsExactly(new Kept(Frame.Kind.EVENT, null, "1", "data: 1\ndatax: 2\nevents: 3\n\n"));
    }

    @Test
    void refuses_a_frame_beyond_the_bound_in_one_piece_and_in_many() {
        byte[] bytes = ("data: " + "x".repeat(100) + "\n\n").getBytes(StandardCharsets.UTF_8);
        for (int piece : new int[] {1, 7, 200}) {
            SseReader reader = new SseReader(50);
            List<Frame> frames = new ArrayList<>();
            boolean goesOn = true;
            for (int from = 0; goesOn && from < bytes.length; from += piece) {
                goesOn = reader.feed(bytes, from, Math.min(bytes.length, from + piece), frames::add);
            }
            assertThat(goesOn).isFalse();
            assertThat(reader.feed(bytes, 0, 1, frames::add)).isFalse();
            reader.end(frames::add);
            assertThat(frames).isEmpty();
        }
    }

    @Test
    void takes_any_number_of_frames_within_the_bound() {
        byte[] bytes = "data: 1\n\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        int[] count = {0};
        assertThat(new SseReader(9).feed(bytes, 0, bytes.length, frame -> count[0]++))
                .isTrue();
        assertThat(count[0]).isEqualTo(1000);
    }

    @Test
    void raw_ranges_joined_are_the_input_and_events_do_not_depend_on_cuts() {
        String[] atoms = {
            "data: ", "data", ":", "event: a", "\n", "\r", "\r\n", " ", "x", "é", "id: 1", "\n\n", "\ufeff", "retry"
        };
        for (int seed = 0; seed < 2000; seed++) {
            SplitMix64 random = new SplitMix64(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                text.append(atoms[random.below(atoms.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            List<Kept> whole = read(bytes, Math.max(1, bytes.length));
            for (int piece = 1; piece <= 5; piece++) {
                List<Kept> cut = read(bytes, piece);
                assertThat(events(cut)).as(text.toString()).isEqualTo(events(whole));
                assertThat(raw(cut)).isEqualTo(bytes);
            }
            assertThat(raw(whole)).isEqualTo(bytes);
        }
    }

    private static List<String> events(List<Kept> frames) {
        return frames.stream()
                .filter(frame -> frame.kind() == Frame.Kind.EVENT)
                .map(frame -> frame.event() + "|" + frame.data())
                .toList();
    }

    private static byte[] raw(List<Kept> frames) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        frames.forEach(frame -> joined.writeBytes(frame.raw().getBytes(StandardCharsets.ISO_8859_1)));
        return joined.toByteArray();
    }
}
