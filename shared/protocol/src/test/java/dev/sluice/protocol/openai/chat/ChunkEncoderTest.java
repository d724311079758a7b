package dev.sluice.protocol.openai.chat;

import static dev.sluice.protocol.openai.chat.Chat.chunks;
import static dev.sluice.protocol.openai.chat.Chat.client;
import static dev.sluice.protocol.openai.chat.Chat.deltaOf;
import static dev.sluice.protocol.openai.chat.Chat.json;
import static dev.sluice.protocol.openai.chat.Chat.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Signature;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.StreamEvent.BlockClosed;
import dev.sluice.model.StreamEvent.BlockOpened;
import dev.sluice.model.StreamEvent.Opening;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.seal.Seal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkEncoderTest {
    private static final StreamEvent STARTED = new StreamEvent.Started("msg_1", "up", 0);

    private static StreamEvent finished(Finish.Reason reason) {
        return new StreamEvent.Finished(Finish.of(reason));
    }

    private static BlockOpened call(int index, String id, String name) {
        return new BlockOpened(index, new Opening.ToolCall(id, name, null, Tool.Kind.FUNCTION, null));
    }

    @Test
    void writes_role_text_finish_and_done() {
        String out = written(
                client(),
                STARTED,
                new BlockOpened(0, Opening.TEXT),
                new StreamEvent.TextDelta(0, "a\"\u00e9\ud83d\ude00"),
                new BlockClosed(0),
                new StreamEvent.UsageReported(Usage.of(3, 4)),
                finished(Finish.Reason.STOP));
        String head = "data: {\"id\":\"chatcmpl-abc\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"up\",\"choices\":[{\"index\":0,\"delta\":{";
        assertThat(out)
                .isEqualTo(head + "\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n" + head
                        + "\"content\":\"a\\\"\u00e9\ud83d\ude00\"},\"finish_reason\":null}]}\n\n" + head
                        + "},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: [DONE]\n\n");
    }

    @Test
    void writes_usage_only_for_a_client_that_asked() {
        String body = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
        StreamEvent usage = new StreamEvent.UsageReported(new Usage(10L, 90L, null, null, 12L, 5L, null, null));
        List<Json.Obj> chunks = chunks(written(client(body), STARTED, usage, finished(Finish.Reason.STOP)));
        assertThat(chunks.getLast().items("choices")).isEmpty();
        assertThat(chunks.getLast().object("usage"))
                .isEqualTo(json("{\"prompt_tokens\":100,\"completion_tokens\":12,\"total_tokens\":112,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":90},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":5}}"));
    }

    @Test
    void numbers_tools_by_themselves_and_gives_empty_arguments_a_form() {
        List<Json.Obj> chunks = chunks(written(
                client(),
                STARTED,
                new BlockOpened(0, Opening.TEXT),
                new StreamEvent.TextDelta(0, "ok"),
                new BlockClosed(0),
                call(1, "t1", "f"),
                new StreamEvent.ArgumentsDelta(1, "{\"a\":1}"),
                new BlockClosed(1),
                call(2, "t2", "g"),
                new BlockClosed(2),
                finished(Finish.Reason.TOOL_CALLS)));
        assertThat(deltaOf(chunks.get(2)))
                .isEqualTo(json("{\"tool_calls\":[{\"index\":0,\"id\":\"t1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"));
        assertThat(deltaOf(chunks.get(3)))
                .isEqualTo(json("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}]}"));
        assertThat(deltaOf(chunks.get(5)))
                .isEqualTo(json("{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]}"));
    }

    @Test
    void never_ends_a_failed_stream_as_if_complete() {
        String out = written(
                client(),
                STARTED,
                new BlockOpened(0, Opening.TEXT),
                new StreamEvent.TextDelta(0, "x"),
                new StreamEvent.Failed(Failure.Upstream.of(Failure.Category.OVERLOADED, "Overloaded")),
                finished(Finish.Reason.STOP));
        assertThat(out).doesNotContain("[DONE]").doesNotContain("\"stop\"");
        assertThat(chunks(out).getLast().object("error")).isNotNull();
    }

    @Test
    void writes_nothing_before_content_so_that_an_error_can_have_a_status() {
        assertThat(written(client(), STARTED, new StreamEvent.UsageReported(Usage.of(1, 0))))
                .isEmpty();
    }

    @Test
    void carries_signatures_in_their_issuers_format_or_sealed() {
        Signature known = new Signature(Dialect.ANTHROPIC, "SIG");
        Signature unnamed = new Signature(Dialect.BEDROCK_CONVERSE, "B");
        List<Json.Obj> chunks = chunks(written(
                client(),
                STARTED,
                new BlockOpened(0, Opening.REASONING),
                new StreamEvent.TextDelta(0, "hm"),
                new StreamEvent.SignatureDelta(0, known),
                new BlockClosed(0),
                new BlockOpened(1, new Opening.Whole(new Block.EncryptedReasoning(unnamed, null, Mark.NONE))),
                new BlockClosed(1),
                finished(Finish.Reason.STOP)));
        assertThat(deltaOf(chunks.get(1))).isEqualTo(json("{\"reasoning_content\":\"hm\"}"));
        assertThat(deltaOf(chunks.get(2)))
                .isEqualTo(json("{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\","
                        + "\"signature\":\"SIG\",\"format\":\"anthropic-claude-v1\",\"index\":0}]}"));
        Json.Obj sealed =
                (Json.Obj) deltaOf(chunks.get(3)).items("reasoning_details").getFirst();
        assertThat(Chat.SEAL.open(sealed.text("data", ""))).contains(new Seal.Content(unnamed, true, null, null));
    }

    @Test
    void speaks_the_deprecated_form_to_a_client_that_does() {
        String body = "{\"model\":\"m\",\"stream\":true,\"functions\":[{\"name\":\"f\"}],\"messages\":[]}";
        String out = written(
                client(body),
                STARTED,
                call(0, "t1", "f"),
                new StreamEvent.ArgumentsDelta(0, "{}"),
                new BlockClosed(0),
                finished(Finish.Reason.TOOL_CALLS));
        assertThat(out).contains("\"function_call\":{\"name\":\"f\"", "\"finish_reason\":\"function_call\"");
        assertThat(out).doesNotContain("tool_calls");
    }

    @Test
    void says_stop_after_a_refusal_in_words_and_content_filter_without() {
        assertThat(written(
                        client(),
                        STARTED,
                        new BlockOpened(0, Opening.REFUSAL),
                        new StreamEvent.TextDelta(0, "No."),
                        new BlockClosed(0),
                        finished(Finish.Reason.REFUSAL)))
                .contains("\"refusal\":\"No.\"", "\"finish_reason\":\"stop\"");
        assertThat(written(client(), STARTED, finished(Finish.Reason.REFUSAL))).contains("\"content_filter\"");
    }

    @Test
    void keeps_alive_with_a_comment_until_the_end() {
        EventEncoder encoder = Chat.CODEC.answers().encoder(client());
        ByteSink out = new ByteSink(64);
        encoder.keepAlive(out);
        assertThat(out.text()).isEqualTo(": keep-alive\n\n");
        encoder.encode(finished(Finish.Reason.STOP), out);
        int size = out.size();
        encoder.keepAlive(out);
        assertThat(out.size()).isEqualTo(size);
    }
}
