package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.IdentityLane;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.StreamTap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiTapTest {
    private static final String STREAM = Gemini.stream(
                    Gemini.parts("{\"text\":\"a\"}"),
                    Gemini.parts("{\"functionCall\":{\"name\":\"f\"}}"),
                    Gemini.finish("STOP"))
            + "data: {\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}\r\n\r\n";

    private final List<StreamEvent> heard = new ArrayList<>();
    private final ByteSink out = new ByteSink(64);

    private static StreamTap tap(RequestHead head) {
        Outline asked = Gemini.ok(Gemini.CODEC.requests().outline(Gemini.bytes(Gemini.ASKED), head));
        return Gemini.CODEC.answers().tap(EncodedRequest.NONE, asked);
    }

    private String passed(RequestHead head, String stream, int piece, boolean reset) {
        heard.clear();
        out.clear();
        IdentityLane lane = new IdentityLane(Gemini.CODEC.answers().frames(), tap(head), "text/event-stream");
        byte[] bytes = Gemini.bytes(stream);
        for (int from = 0; from < bytes.length; from += piece) {
            lane.feed(bytes, from, Math.min(bytes.length, from + piece), out, heard::add);
        }
        lane.end(reset, out, heard::add);
        return out.text();
    }

    @Test
    void events_pass_byte_for_byte() {
        assertThat(passed(Gemini.events(), STREAM, 7, false)).isEqualTo(STREAM);
        assertThat(heard.getFirst()).isEqualTo(new StreamEvent.Started("r1", "up", 0));
        assertThat(heard).contains(new StreamEvent.TextDelta(0, ""));
        assertThat(heard.getLast()).isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
        assertThat(heard)
                .filteredOn(StreamEvent.UsageReported.class::isInstance)
                .hasSize(1);
    }

    @Test
    void events_become_the_array_that_the_client_asked_for() {
        for (int piece : new int[] {1, 11, 10_000}) {
            String array = passed(Gemini.array(), STREAM, piece, false);

            assertThat(Gemini.json("{\"a\":" + array + "}").items("a")).hasSize(4);
            assertThat(Gemini.events(array)).isEqualTo(Gemini.events(STREAM));
        }
        assertThat(tap(Gemini.array()).contentType("text/event-stream")).isEqualTo("application/json");
        assertThat(tap(Gemini.events()).contentType("text/event-stream; charset=utf-8"))
                .isEqualTo("text/event-stream; charset=utf-8");
    }

    @Test
    void an_array_becomes_events_for_who_asked_for_them() {
        String array = passed(Gemini.array(), STREAM, 50, false);

        String events = passed(Gemini.events(), array, 9, false);

        assertThat(events).startsWith("data: {").endsWith("\n\n").doesNotContain("[DONE]");
        assertThat(Gemini.events(events)).isEqualTo(Gemini.events(STREAM));
        assertThat(passed(Gemini.array(), array, 5, false)).isEqualTo(array);
    }

    @Test
    void a_cut_anywhere_ends_in_one_error_that_can_be_read() {
        int finished = STREAM.indexOf("STOP");
        for (int cut = 0; cut < finished; cut++) {
            String events = passed(Gemini.events(), STREAM.substring(0, cut), 1000, true);
            assertThat(events).as("cut at " + cut).endsWith("\n\n");
            assertThat(events.substring(events.lastIndexOf("data: "))).contains("\"error\":{\"code\":500");
            String array = passed(Gemini.array(), STREAM.substring(0, cut), 1000, true);
            assertThat(Gemini.print(
                            Gemini.json("{\"a\":" + array + "}").items("a").getLast()))
                    .contains("\"error\"");
            assertThat(heard).filteredOn(StreamEvent::isTerminal).hasSize(1);
        }
    }

    @Test
    void an_error_of_the_providers_passes_once_and_ends_the_stream() {
        String error =
                "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n";
        String stream = Gemini.stream(Gemini.parts("{\"text\":\"a\"}")) + error;

        assertThat(passed(Gemini.events(), stream + STREAM, 100, false)).isEqualTo(stream);
        assertThat(Gemini.json("{\"a\":" + passed(Gemini.array(), stream + STREAM, 100, false) + "}")
                        .items("a"))
                .hasSize(2);
        assertThat(((Failure.Upstream) ((StreamEvent.Failed) heard.getLast()).failure()).category())
                .isEqualTo(Failure.Category.OVERLOADED);
    }

    @Test
    void a_blocked_prompt_is_an_end() {
        passed(Gemini.events(), "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n", 10, false);

        assertThat(((StreamEvent.Finished) heard.getLast()).finish().reason()).isEqualTo(Finish.Reason.CONTENT_FILTER);
    }

    @Test
    void what_the_model_failed_to_write_is_for_the_client_to_judge() {
        String stream = Gemini.stream(Gemini.finish("MALFORMED_FUNCTION_CALL"));

        assertThat(passed(Gemini.events(), stream, 10, false)).isEqualTo(stream);
        assertThat(heard.getLast()).isInstanceOf(StreamEvent.Finished.class);
    }

    @Test
    void keep_alives_are_blank_lines_in_both_forms() {
        for (RequestHead head : List.of(Gemini.events(), Gemini.array())) {
            StreamTap tap = tap(head);
            out.clear();
            tap.keepAlive(out);
            tap.fail(Failure.Refused.of(Failure.Kind.UNAVAILABLE, "x"), out);
            tap.keepAlive(out);

            assertThat(out.text()).startsWith("\n").contains("\"error\"").doesNotEndWith("\n\n\n");
        }
    }
}
