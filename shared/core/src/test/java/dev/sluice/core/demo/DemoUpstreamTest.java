package dev.sluice.core.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.ports.Upstream.Answer;
import dev.sluice.model.Dialect;
import dev.sluice.model.Finish;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.FrameReader;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.ToolNames;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoUpstreamTest {
    private static final Codecs CODECS =
            new Codecs(List.of(new ChatCodec(new Seal(new byte[32])), new AnthropicCodec(new Seal(new byte[32]))));

    private final List<Upstream.Call> passedOn = new ArrayList<>();
    private final DemoUpstream demo = new DemoUpstream(
            call -> {
                passedOn.add(call);
                return new DoneCall();
            },
            CODECS::of,
            new FixedTime());

    private record DoneCall() implements Upstream.Pending {
        @Override
        public Answer await(Duration wait) {
            return new Answer.Broken(Upstream.Breakage.CANCELLED, "not asked");
        }

        @Override
        public void cancel() {
            // nothing is under way
        }
    }

    private record FixedTime() implements Time {
        @Override
        public Instant now() {
            return Instant.ofEpochSecond(1_800_000_000L);
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) {
            throw new AssertionError("the demo never sleeps");
        }
    }

    enum Wire {
        CHAT(Dialect.OPENAI_CHAT, "/chat/completions"),
        MESSAGES(Dialect.ANTHROPIC, "/v1/messages");

        private final Dialect dialect;
        private final String path;

        Wire(Dialect dialect, String path) {
            this.dialect = dialect;
            this.path = path;
        }

        URI uri() {
            return URI.create(DemoProvider.config().endpoints().get(dialect) + path);
        }

        DialectCodec codec() {
            return CODECS.of(dialect).orElseThrow();
        }

        String tools() {
            String schema = """
                    {"type":"object","properties":{"file_path":{"type":"string","description":"absolute path"},\
                    "content":{"type":"string"},"mode":{"type":"string"}},"required":["file_path","content"]}""";
            return this == CHAT
                    ? "[{\"type\":\"function\",\"function\":{\"name\":\"Write\",\"parameters\":" + schema + "}}]"
                    : "[{\"name\":\"Write\",\"input_schema\":" + schema + "}]";
        }
    }

    private static String body(String prompt, String more) {
        return "{\"model\":\"demo\",\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":" + quoted(prompt)
                + "}]" + more + "}";
    }

    private static String quoted(String text) {
        return JsonText.print(Json.of(text));
    }

    private Answer answer(Wire wire, String body, boolean streaming) {
        Duration second = Duration.ofSeconds(1);
        Answer answer = demo.send(new Upstream.Call(
                        wire.uri(),
                        Headers.NONE,
                        body.getBytes(StandardCharsets.UTF_8),
                        streaming,
                        second,
                        second,
                        second,
                        true))
                .await(Duration.ZERO);
        assertThat(answer).isNotNull();
        return answer;
    }

    private dev.sluice.model.Answer whole(Wire wire, String body) {
        Answer answer = answer(wire, body, false);
        assertThat(answer).isInstanceOf(Answer.Complete.class);
        Answer.Complete complete = (Answer.Complete) answer;
        Outcome<dev.sluice.model.Answer> decoded = wire.codec().answers().decode(complete.body(), ToolNames.none());
        assertThat(decoded).isInstanceOf(Outcome.Ok.class);
        return ((Outcome.Ok<dev.sluice.model.Answer>) decoded).value();
    }

    private List<StreamEvent> streamed(Wire wire, String body) {
        Answer answer = answer(wire, body, true);
        assertThat(answer).isInstanceOf(Answer.Streaming.class);
        ByteStream stream = ((Answer.Streaming) answer).body();
        FrameReader frames = wire.codec().answers().frames();
        EventDecoder decoder = wire.codec().answers().decoder(ToolNames.none());
        List<StreamEvent> events = new ArrayList<>();
        int pieces = 0;
        while (stream.read(Duration.ZERO) instanceof ByteStream.Read.Bytes(byte[] bytes, int from, int to)) {
            pieces++;
            frames.feed(bytes, from, to, frame -> decoder.feed(frame, events::add));
        }
        frames.end(frame -> decoder.feed(frame, events::add));
        decoder.end(false, events::add);
        assertThat(pieces).isGreaterThan(3);
        return events;
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void greets_and_repeats_the_prompt_whole_and_streamed(Wire wire) {
        dev.sluice.model.Answer answer = whole(wire, body("What is 2+2? \"quoted\"", ""));
        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.STOP);
        assertThat(answer.blocks().toString()).contains("Sluice", "2+2? \"quoted\"", "sluice credential set");
        assertThat(answer.usage().isReported()).isTrue();

        List<StreamEvent> events = streamed(
                wire,
                body(
                        "What is 2+2?",
                        ",\"stream\":true"
                                + (wire == Wire.CHAT ? ",\"stream_options\":{\"include_usage\":true}" : "")));
        assertThat(text(events)).contains("2+2?");
        assertThat(events.getLast()).isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.STOP)));
        assertThat(events)
                .anyMatch(event -> event instanceof StreamEvent.UsageReported(var usage) && usage.outputOr0() > 10);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void calls_a_tool_that_the_prompt_asks_for(Wire wire) {
        String body = body("create hello.txt containing hi", ",\"stream\":true,\"tools\":" + wire.tools());
        List<StreamEvent> events = streamed(wire, body);
        assertThat(events)
                .anyMatch(event -> event instanceof StreamEvent.BlockOpened(int _, StreamEvent.Opening.ToolCall call)
                        && call.name().equals("Write"));
        StringBuilder arguments = new StringBuilder();
        events.forEach(event -> {
            if (event instanceof StreamEvent.ArgumentsDelta(int _, String piece)) {
                arguments.append(piece);
            }
        });
        assertThat(arguments).hasToString("{\"file_path\":\"/tmp/hello.txt\",\"content\":\"hi\"}");
        assertThat(events.getLast()).isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
        assertThat(whole(wire, body).finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    void calls_no_tool_when_the_prompt_asks_for_none(Wire wire) {
        dev.sluice.model.Answer answer = whole(wire, body("how are you?", ",\"tools\":" + wire.tools()));
        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.STOP);
    }

    @Test
    void closes_the_round_after_a_tool_result() {
        String body = """
                {"model":"demo","max_tokens":99,"messages":[{"role":"user","content":"create a.txt"},\
                {"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"Write","input":{}}]},\
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"written"}]}],\
                "tools":""" + Wire.MESSAGES.tools() + "}";
        dev.sluice.model.Answer answer = whole(Wire.MESSAGES, body);
        assertThat(answer.blocks().toString()).contains("written");
        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.STOP);
    }

    @Test
    void a_required_tool_is_called_whatever_the_prompt_says() {
        String body = body("hi", ",\"tool_choice\":{\"type\":\"any\"},\"tools\":" + Wire.MESSAGES.tools());
        assertThat(whole(Wire.MESSAGES, body).finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
    }

    @Test
    void keeps_to_the_longest_answer_allowed() {
        String body = "{\"model\":\"demo\",\"max_tokens\":2,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        dev.sluice.model.Answer answer = whole(Wire.MESSAGES, body);
        assertThat(answer.finish().reason()).isEqualTo(Finish.Reason.LENGTH);
        assertThat(answer.usage().output()).isEqualTo(2);
    }

    @Test
    void answers_json_when_json_is_wanted() {
        String body = body("hi", """
                ,"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object",\
                "properties":{"ok":{"type":"boolean"},"n":{"type":"integer"}},"required":["ok","n"]}}}""");
        assertThat(whole(Wire.CHAT, body).blocks().toString()).contains("{\"ok\":false,\"n\":1}");
    }

    @Test
    void what_cannot_be_read_is_an_error_of_the_dialect() {
        assertThat(answer(Wire.MESSAGES, "{", true)).isInstanceOfSatisfying(Answer.Complete.class, refused -> {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).asString().contains("invalid_request_error");
        });
    }

    @Test
    void other_schemes_go_to_the_upstream_behind() {
        Duration second = Duration.ofSeconds(1);
        demo.send(new Upstream.Call(
                URI.create("https://example.com/v1/messages"),
                Headers.NONE,
                new byte[0],
                false,
                second,
                second,
                second,
                false));
        assertThat(passedOn).hasSize(1);
    }

    private static String text(List<StreamEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> {
            if (event instanceof StreamEvent.TextDelta(int _, String piece)) {
                text.append(piece);
            }
        });
        return text.toString();
    }
}
