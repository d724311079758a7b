package dev.sluice.protocol.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.protocol.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class EventStreamReaderTest {
    private final EventStreamReader reader = new EventStreamReader();
    private final List<String> frames = new ArrayList<>();

    private boolean feed(byte[] bytes) {
        return feed(bytes, bytes.length);
    }

    private boolean feed(byte[] bytes, int piece) {
        boolean isRead = true;
        for (int from = 0; from < bytes.length; from += piece) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
            isRead = reader.feed(part, 0, part.length, this::note);
            Arrays.fill(part, (byte) '#');
        }
        return isRead;
    }

    private void note(Frame frame) {
        frames.add(frame.event() + " " + frame.text());
    }

    private static byte[] two() {
        return new EventStreamBytes()
                .event("messageStart", "{\"role\":\"assistant\"}")
                .event("messageStop", "{}")
                .bytes();
    }

    @Test
    void names_events_and_hands_over_their_payload() {
        assertThat(feed(two())).isTrue();

        assertThat(frames).containsExactly("messageStart {\"role\":\"assistant\"}", "messageStop {}");
    }

    @Test
    void any_cut_gives_the_same_frames() {
        for (int piece = 1; piece < two().length; piece++) {
            frames.clear();

            assertThat(feed(two(), piece)).isTrue();

            assertThat(frames).as("pieces of " + piece).hasSize(2).last().isEqualTo("messageStop {}");
        }
    }

    @Test
    void exceptions_and_errors_are_told_by_their_prefix() {
        feed(new EventStreamBytes()
                .exception("throttlingException", "{\"message\":\"slow\"}")
                .error("InternalError", "it broke")
                .bytes());

        assertThat(frames)
                .containsExactly(
                        "exception:throttlingException {\"message\":\"slow\"}", "error:InternalError it broke");
    }

    @Test
    void the_raw_range_is_the_whole_message() {
        List<Integer> lengths = new ArrayList<>();
        byte[] bytes = two();

        reader.feed(bytes, 0, bytes.length, frame -> lengths.add(frame.rawTo() - frame.rawFrom()));

        assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(bytes.length);
    }

    @Test
    void any_changed_byte_is_found() {
        byte[] good = two();
        int second =
                good.length - new EventStreamBytes().event("messageStop", "{}").bytes().length;
        for (int at = second; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            EventStreamReader fresh = new EventStreamReader();
            List<String> events = new ArrayList<>();

            boolean isRead = fresh.feed(bad, 0, bad.length, frame -> events.add(frame.event()));

            assertThat(isRead).as("byte " + at).isFalse();
            assertThat(events).containsExactly("messageStart");
            assertThat(fresh.problem()).contains("damaged");
            assertThat(fresh.feed(good, 0, good.length, frame -> events.add(frame.event())))
                    .isFalse();
            assertThat(events).hasSize(1);
        }
    }

    @Test
    void a_message_beyond_the_bound_is_refused_by_its_head() {
        EventStreamReader small = new EventStreamReader(100, message -> {});
        byte[] tooLong = new EventStreamBytes().event("x", "y".repeat(200)).bytes();

        assertThat(small.feed(tooLong, 0, 12, this::note)).isFalse();
        assertThat(small.problem()).contains("too long");
    }

    @Test
    void impossible_lengths_are_refused_though_their_checksum_holds() {
        for (int[] lengths : List.of(
                new int[] {15, 0}, new int[] {0, 0}, new int[] {-1, 0}, new int[] {100, 85}, new int[] {100, -4})) {
            ByteBuffer head = ByteBuffer.allocate(12).putInt(lengths[0]).putInt(lengths[1]);
            CRC32 crc = new CRC32();
            crc.update(head.array(), 0, 8);
            head.putInt((int) crc.getValue());
            EventStreamReader fresh = new EventStreamReader();

            assertThat(fresh.feed(head.array(), 0, 12, this::note)).isFalse();
            assertThat(fresh.problem()).contains("impossible length");
        }
    }

    @Test
    void headers_that_run_over_their_end_are_refused() {
        List<byte[]> bad = List.of(
                new byte[] {5, 'a'},
                new byte[] {1, 'a'},
                new byte[] {1, 'a', 10},
                new byte[] {1, 'a', 7, 0, 9, 'b'},
                new byte[] {1, 'a', 7, 0},
                new byte[] {1, 'a', 4, 0, 0},
                new byte[] {1, 'a', 9, 0, 0, 0, 0, 0, 0, 0, 0});
        for (byte[] headers : bad) {
            byte[] bytes =
                    new EventStreamBytes().raw(headers, new byte[] {'{', '}'}).bytes();
            EventStreamReader fresh = new EventStreamReader();

            assertThat(fresh.feed(bytes, 0, bytes.length, this::note))
                    .as(Arrays.toString(headers))
                    .isFalse();
            assertThat(fresh.problem()).contains("headers cannot be read");
        }
        assertThat(frames).isEmpty();
    }

    @Test
    void a_tooLongnumber_is_a_header_too() {
        List<Map<String, HeaderValue>> headers = new ArrayList<>();
        byte[] bytes = new EventStreamBytes()
                .raw(new byte[] {1, 'a', 5, 0, 0, 0, 1, 0, 0, 0, 0}, new byte[0])
                .bytes();

        new EventStreamReader(1000, message -> headers.add(message.headers())).feed(bytes, 0, bytes.length, this::note);

        assertThat(headers).containsExactly(Map.of("a", new HeaderValue.Whole(1L << 32)));
        assertThat(frames).containsExactly("null ");
    }

    @Test
    void a_message_that_broke_off_is_nothing() {
        byte[] bytes = two();
        feed(Arrays.copyOf(bytes, bytes.length - 1));

        reader.end(this::note);

        assertThat(frames).hasSize(1);
    }
}
