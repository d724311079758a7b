package dev.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.sse.SseReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Failure BROKEN = Failure.Upstream.of(Failure.Category.TRUNCATED, "cut");
    private static final StreamEvent FINISHED = new StreamEvent.Finished(Finish.of(Finish.Reason.STOP));

    private final ByteSink out = new ByteSink(64);
    private final List<StreamEvent> heard = new ArrayList<>();

    private void feed(Lane lane, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lane.feed(bytes, 0, bytes.length, out, heard::add);
    }

    /// Every frame is a delta of its text; `end` is the end.
    private static final class EchoDecoder implements EventDecoder {
        @Override
        public void feed(Frame frame, Consumer<StreamEvent> out) {
            out.accept(frame.dataIs("end") ? FINISHED : new StreamEvent.TextDelta(0, frame.text()));
        }

        @Override
        public void end(boolean reset, Consumer<StreamEvent> out) {
            out.accept(new StreamEvent.Failed(BROKEN));
        }
    }

    /// Writes the words of deltas, `.` for an end and `!` for a failure.
    private static final class EchoEncoder implements EventEncoder {
        @Override
        public void encode(StreamEvent event, ByteSink out) {
            switch (event) {
                case StreamEvent.TextDelta(int _, String text) -> out.utf8(text);
                case StreamEvent.Finished _ -> out.ascii(".");
                case StreamEvent.Failed _ -> out.ascii("!");
                default -> {}
            }
        }

        @Override
        public void keepAlive(ByteSink out) {
            out.ascii("~");
        }

        @Override
        public String contentType() {
            return "text/echo";
        }
    }

    /// Passes everything on and takes `end` for the end, `error` for a failure it has passed on itself.
    private static final class EchoTap implements StreamTap {
        private final List<Frame.Kind> kinds = new ArrayList<>();

        @Override
        public void pass(Frame frame, ByteSink out, Consumer<StreamEvent> heard) {
            kinds.add(frame.kind());
            if (frame.dataIs("withheld")) {
                heard.accept(new StreamEvent.Failed(BROKEN));
                return;
            }
            out.write(frame.raw(), frame.rawFrom(), frame.rawTo());
            if (frame.dataIs("end")) {
                heard.accept(FINISHED);
            } else if (frame.dataIs("error")) {
                heard.accept(new StreamEvent.Failed(BROKEN));
            }
        }

        @Override
        public void end(boolean reset, ByteSink out, Consumer<StreamEvent> heard) {
            heard.accept(new StreamEvent.Failed(BROKEN));
        }

        @Override
        public void fail(Failure failure, ByteSink out) {
            out.ascii("!");
        }

        @Override
        public void keepAlive(ByteSink out) {
            out.ascii("~");
        }
    }

    private static TranslatedLane translated(int bound) {
        return new TranslatedLane(new SseReader(bound), new EchoDecoder(), new EchoEncoder());
    }

    private static IdentityLane identity(StreamTap tap, int bound) {
        return new IdentityLane(new SseReader(bound), tap, "text/event-stream");
    }

    @Test
    void translates_events_and_ignores_filler() {
        TranslatedLane lane = translated(100);
        feed(lane, ": hi\n\ndata: a\n\n");
        lane.keepAlive(out);
        feed(lane, "data: end\n\n");
        assertThat(out.text()).isEqualTo("a~.");
        assertThat(heard).containsExactly(new StreamEvent.TextDelta(0, "a"), FINISHED);
        assertThat(lane.contentType()).isEqualTo("text/echo");
    }

    @Test
    void says_nothing_after_the_end() {
        TranslatedLane lane = translated(100);
        feed(lane, "data: end\n\ndata: late\n\n");
        feed(lane, "data: later\n\n");
        lane.keepAlive(out);
        lane.fail(BROKEN, out);
        lane.end(true, out, heard::add);
        assertThat(out.text()).isEqualTo(".");
        assertThat(heard).containsExactly(FINISHED);
    }

    @Test
    void a_translated_stream_without_an_end_fails_once() {
        TranslatedLane lane = translated(100);
        feed(lane, "data: a");
        lane.end(false, out, heard::add);
        lane.fail(BROKEN, out);
        assertThat(out.text()).isEqualTo("a!");
        assertThat(heard).containsExactly(new StreamEvent.TextDelta(0, "a"), new StreamEvent.Failed(BROKEN));
    }

    @Test
    void a_frame_beyond_the_bound_is_a_malformed_answer_in_both_lanes() {
        for (Lane lane : List.of(translated(10), identity(new EchoTap(), 10))) {
            out.clear();
            heard.clear();
            feed(lane, "data: a\n\n");
            feed(lane, "data: 0123456789\n\ndata: b\n\n");
            feed(lane, "data: c\n\n");
            lane.end(false, out, heard::add);
            assertThat(out.text()).doesNotContain("b").doesNotContain("c").endsWith("!");
            assertThat(heard.getLast())
                    .isInstanceOfSatisfying(
                            StreamEvent.Failed.class,
                            failed -> assertThat(((Failure.Upstream) failed.failure()).category())
                                    .isEqualTo(Failure.Category.MALFORMED_ANSWER));
            assertThat(heard.stream().filter(StreamEvent::isTerminal)).hasSize(1);
        }
    }

    @Test
    void passes_filler_on_and_what_stands_behind_the_end() {
        EchoTap tap = new EchoTap();
        IdentityLane lane = identity(tap, 100);
        String stream = ": hi\r\n\r\ndata: end\r\n\r\n\n";
        feed(lane, stream);
        lane.end(false, out, heard::add);
        assertThat(out.text()).isEqualTo(stream);
        assertThat(tap.kinds).containsExactly(Frame.Kind.FILLER, Frame.Kind.EVENT, Frame.Kind.FILLER);
        assertThat(heard).containsExactly(FINISHED);
    }

    @Test
    void ends_a_truncated_identity_stream_with_the_dialects_error_once() {
        IdentityLane lane = identity(new EchoTap(), 100);
        feed(lane, "data: a\n\n");
        lane.end(true, out, heard::add);
        lane.fail(BROKEN, out);
        assertThat(out.text()).isEqualTo("data: a\n\n!");
        assertThat(heard).containsExactly(new StreamEvent.Failed(BROKEN));
    }

    @Test
    void adds_no_error_to_one_that_was_passed_on() {
        IdentityLane lane = identity(new EchoTap(), 100);
        feed(lane, "data: error\n\ndata: late\n\n");
        lane.end(false, out, heard::add);
        assertThat(out.text()).isEqualTo("data: error\n\n");
        assertThat(heard).hasSize(1);
    }

    @Test
    void adds_the_error_where_the_frame_was_withheld() {
        IdentityLane lane = identity(new EchoTap(), 100);
        feed(lane, "data: withheld\n\n");
        assertThat(out.text()).isEqualTo("!");
    }

    @Test
    void a_failure_of_the_gateways_own_ends_the_identity_stream() {
        IdentityLane lane = identity(new EchoTap(), 100);
        lane.keepAlive(out);
        lane.fail(BROKEN, out);
        feed(lane, "data: a\n\n");
        lane.keepAlive(out);
        lane.end(false, out, heard::add);
        assertThat(out.text()).isEqualTo("~!");
        assertThat(heard).isEmpty();
        assertThat(lane.contentType()).isEqualTo("text/event-stream");
    }

    @Test
    void half_an_event_at_the_end_is_not_passed_on() {
        for (String half :
                List.of("data: {\"a\":\"b", "data: [DON", "data:", "event: x", "event: x\n", ": comm", "da")) {
            out.clear();
            IdentityLane lane = identity(new EchoTap(), 100);
            feed(lane, "data: a\n\n" + half);
            lane.end(true, out, heard::add);

            assertThat(out.text()).as(half).isEqualTo("data: a\n\n!");
        }
    }

    @Test
    void a_last_event_that_only_lacks_its_blank_line_is_passed_on() {
        for (String whole : List.of("data: {\"a\":\"b\"}", "data: {}\n", "data: [DONE]")) {
            out.clear();
            IdentityLane lane = identity(new EchoTap(), 100);
            feed(lane, "data: a\n\n" + whole);
            lane.end(false, out, heard::add);

            assertThat(out.text()).startsWith("data: a\n\n" + whole);
        }
    }
}
