package dev.sluice.protocol.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.EventDecoder;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.IdentityLane;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OllamaCodecTest {
    private static final OllamaCodec CODEC = new OllamaCodec();
    private static final RequestHead CHAT = head("/api/chat");
    private static final RequestHead GENERATE = head("/api/generate");

    private static RequestHead head(String path) {
        return new RequestHead(path, Map.of(), Headers.NONE);
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static Outline outline(String body, RequestHead head) {
        return ok(CODEC.requests().outline(bytes(body), head));
    }

    private static ChatRequest request(String body, RequestHead head) {
        return ok(CODEC.requests().decode(outline(body, head)));
    }

    private static Failure.Refused refused(String body, RequestHead head) {
        Outcome<ChatRequest> outcome =
                CODEC.requests().outline(bytes(body), head).then(CODEC.requests()::decode);
        return (Failure.Refused) ((Outcome.Bad<ChatRequest>) outcome).failure();
    }

    private static <T> T ok(Outcome<T> outcome) {
        return ((Outcome.Ok<T>) outcome).value();
    }

    private static ClientContext client(RequestHead head) {
        String body = "{'model':'m','prompt':'x','messages':[{'role':'user','content':'x'}]}";
        long[] elapsed = {0};
        return new ClientContext(request(body, head), outline(body, head), "abc", 1_700_000_000, () -> elapsed[0] += 5);
    }

    private static List<Json.Obj> lines(ByteSink out) {
        return out.text().lines().map(line -> JsonText.objectOrNull(line)).toList();
    }

    @Test
    void streams_unless_told_otherwise_and_takes_roles_in_any_case() {
        ChatRequest request = request(
                "{'model':'m','messages':[{'role':'SYSTEM','content':'S'},{'role':'User','content':'u'}]}", CHAT);
        assertThat(request.stream()).isTrue();
        assertThat(request.system()).extracting(Block.Text::text).containsExactly("S");
        assertThat(request.messages()).extracting(Message::role).containsExactly(Message.Role.USER);
    }

    @Test
    void tells_the_kind_of_a_picture_by_its_first_bytes() {
        ChatRequest request = request("{'messages':[{'role':'user','images':['/9j/AA','R0lGODAA']}]}", CHAT);
        assertThat(request.messages().getFirst().blocks())
                .extracting(block -> ((MediaSource.Base64) ((Block.Image) block).source()).mime())
                .containsExactly("image/jpeg", "image/gif");
    }

    @Test
    void a_prompt_is_a_conversation_of_one_turn() {
        ChatRequest request = request("{'model':'m','system':'S','prompt':'P','think':'high'}", GENERATE);
        assertThat(request.system()).extracting(Block.Text::text).containsExactly("S");
        assertThat(((Block.Text) request.messages().getFirst().blocks().getFirst()).text())
                .isEqualTo("P");
        assertThat(request.reasoning()).isEqualTo(new ReasoningWish.ByEffort(ReasoningWish.Effort.HIGH));
    }

    @Test
    void what_a_prompt_cannot_have_elsewhere_is_refused_or_told() {
        assertThat(refused("{'prompt':'P','suffix':'S'}", GENERATE).param()).isEqualTo("suffix");
        assertThat(request("{'prompt':'P','raw':true,'template':'T','context':[1]}", GENERATE)
                        .extras()
                        .fields()
                        .fields())
                .containsOnlyKeys("raw", "template", "context");
    }

    @Test
    void options_of_the_runner_go_in_silence_and_those_of_the_answer_are_told() {
        ChatRequest request = request(
                "{'messages':[],'keep_alive':'5m','options':{'num_ctx':8,'repeat_penalty':1.1,'mirostat':2,'num_predict':-1}}",
                CHAT);
        assertThat(request.extras().fields().fields()).containsOnlyKeys("options.mirostat");
        assertThat(request.maxOutputTokens()).isNull();
    }

    @Test
    void wrong_types_are_refused_by_their_place() {
        assertThat(refused("{'messages':{}}", CHAT).param()).isEqualTo("messages");
        assertThat(refused("{'messages':[{'role':'owner'}]}", CHAT).param()).isEqualTo("messages[0].role");
        assertThat(refused("{'messages':[],'think':'very'}", CHAT).param()).isEqualTo("think");
        assertThat(refused("{'messages':[],'format':3}", CHAT).param()).isEqualTo("format");
        assertThat(refused("{'messages':[],'options':{'temperature':'hot'}}", CHAT)
                        .param())
                .isEqualTo("options.temperature");
    }

    @Test
    void a_wish_without_words_is_answered_here() {
        assertThat(here("{'model':'m','messages':[]}", CHAT)).contains("\"done_reason\":\"load\"", "\"message\"");
        assertThat(here("{'model':'m','messages':[],'keep_alive':0}", CHAT)).contains("\"done_reason\":\"unload\"");
        assertThat(here("{'model':'m'}", GENERATE)).contains("\"response\":\"\"", "\"done\":true");
        assertThat(CODEC.requests().answeredHere(outline("{'prompt':'x'}", GENERATE), 1))
                .isEmpty();
        assertThat(CODEC.requests().answeredHere(outline("{'prompt':'','images':['A']}", GENERATE), 1))
                .isEmpty();
    }

    private static String here(String body, RequestHead head) {
        return new String(
                CODEC.requests()
                        .answeredHere(outline(body, head), 1_700_000_000)
                        .orElseThrow(),
                StandardCharsets.UTF_8);
    }

    @Test
    void a_stream_after_a_prompt_has_responses_in_its_lines_and_durations_in_the_last() {
        EventEncoder encoder = CODEC.answers().encoder(client(GENERATE));
        ByteSink out = new ByteSink(64);
        encoder.keepAlive(out);
        encoder.encode(new StreamEvent.Started("", "up", 0), out);
        encoder.encode(new StreamEvent.BlockOpened(0, StreamEvent.Opening.TEXT), out);
        encoder.encode(new StreamEvent.TextDelta(0, "Hi"), out);
        encoder.encode(new StreamEvent.UsageReported(Usage.of(3, 4)), out);
        encoder.encode(new StreamEvent.Finished(Finish.of(Finish.Reason.LENGTH)), out);
        encoder.encode(new StreamEvent.TextDelta(0, "late"), out);
        List<Json.Obj> lines = lines(out);
        assertThat(lines).extracting(line -> line.text("response", "-")).containsExactly("", "Hi", "");
        assertThat(lines).extracting(line -> line.bool("done")).containsExactly(false, false, true);
        assertThat(lines.getLast().text("done_reason")).isEqualTo("length");
        assertThat(lines.getLast().whole("eval_count")).isEqualTo(4);
        assertThat(lines.getLast().whole("total_duration")).isEqualTo(10);
        assertThat(lines.getLast().whole("eval_duration")).isEqualTo(5);
    }

    @Test
    void an_error_in_the_middle_is_a_line_and_the_last() {
        EventEncoder encoder = CODEC.answers().encoder(client(CHAT));
        ByteSink out = new ByteSink(64);
        encoder.encode(new StreamEvent.Failed(Failure.Refused.of(Failure.Kind.TIMEOUT, "too \"late\"")), out);
        encoder.keepAlive(out);
        assertThat(out.text()).isEqualTo("{\"error\":\"too \\\"late\\\"\"}\n");
    }

    @Test
    void the_identity_lane_mends_no_end_and_ends_a_line_that_was_left_open() {
        String text =
                "{\"model\":\"m\",\"message\":{\"content\":\"a\"},\"done\":false}\n{\"done\":true,\"eval_count\":2}";
        assertThat(passed(text)).isEqualTo(text + "\n");
        assertThat(passed("{\"message\":{\"content\":\"a\"}}\n"))
                .endsWith("\n{\"error\":\"The provider's answer ended before it was complete.\"}\n");
    }

    private static String passed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        IdentityLane lane = new IdentityLane(
                CODEC.answers().frames(),
                CODEC.answers().tap(EncodedRequest.NONE, outline("{'messages':[]}", CHAT)),
                "application/x-ndjson");
        ByteSink out = new ByteSink(64);
        List<StreamEvent> heard = new ArrayList<>();
        lane.feed(bytes, 0, bytes.length, out, heard::add);
        lane.end(false, out, heard::add);
        assertThat(heard.getLast().isTerminal()).isTrue();
        return out.text();
    }

    @Test
    void an_answer_with_a_call_ends_for_its_call_though_the_server_says_stop() {
        EventDecoder decoder = CODEC.answers().decoder(ToolNames.none());
        List<StreamEvent> events = new ArrayList<>();
        String calls = "[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]";
        decoder.feed(
                Frame.of(null, "{\"message\":{\"tool_calls\":" + calls + "},\"done\":true,\"done_reason\":\"stop\"}"),
                events::add);
        assertThat(events.getLast()).isEqualTo(new StreamEvent.Finished(Finish.of(Finish.Reason.TOOL_CALLS)));
    }

    @Test
    void a_whole_answer_after_a_prompt_is_a_response() {
        Answer answer =
                new Answer("", "", 0, List.of(new Block.Text("ok")), Finish.of(Finish.Reason.STOP), Usage.of(1, 2));
        String body = new String(CODEC.answers().encode(answer, client(GENERATE)), StandardCharsets.UTF_8);
        assertThat(body).contains("\"model\":\"m\"", "\"response\":\"ok\"", "\"prompt_eval_count\":1");
    }

    @Test
    void errors_have_a_status_and_a_sentence() {
        assertThat(error(Failure.Refused.of(Failure.Kind.MODEL_NOT_FOUND, "No model x.")))
                .isEqualTo("404 {\"error\":\"model not found: No model x.\"} -");
        assertThat(error(new Failure.Refused(Failure.Kind.RATE_LIMITED, "slow", null, Duration.ofMillis(1500))))
                .isEqualTo("429 {\"error\":\"slow\"} 2");
        assertThat(error(Failure.Upstream.of(Failure.Category.BILLING_EXHAUSTED, "paid out")))
                .isEqualTo("402 {\"error\":\"paid out\"} -");
    }

    private static String error(Failure failure) {
        ErrorAnswer answer = CODEC.failures().encode(failure, "req");
        return answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8) + " "
                + answer.headers().first("retry-after").orElse("-");
    }

    @Test
    void it_is_the_dialect_of_ollama() {
        assertThat(CODEC.dialect()).isEqualTo(Dialect.OLLAMA_CHAT);
        assertThat(CODEC.answers().streamType()).isEqualTo("application/x-ndjson");
    }
}
