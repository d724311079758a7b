package dev.sluice.protocol.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Finish;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.Policies;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.Usage;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.translate.CapabilityNames;
import dev.sluice.protocol.translate.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConverseAnswersTest {
    private final BedrockCodec codec = new BedrockCodec();

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private Answer answer(String content) {
        return answer(content, ToolNames.none());
    }

    private Answer answer(String content, ToolNames names) {
        String body = "{'output':{'message':{'role':'assistant','content':[" + content + "]}},'stopReason':'end_turn',"
                + "'usage':{'inputTokens':1,'outputTokens':2,'cacheReadInputTokens':3,'cacheWriteInputTokens':10,"
                + "'cacheDetails':[{'ttl':'1h','inputTokens':6},{'ttl':'5m','inputTokens':4}]}}";
        return switch (codec.answers().decode(bytes(body), names)) {
            case Outcome.Ok<Answer>(Answer value) -> value;
            case Outcome.Bad<Answer>(Failure failure) -> throw new AssertionError(failure.message());
        };
    }

    private Failure failure(String body) {
        return switch (codec.answers().decode(bytes(body), ToolNames.none())) {
            case Outcome.Ok<Answer>(Answer value) -> throw new AssertionError(value.toString());
            case Outcome.Bad<Answer>(Failure failure) -> failure;
        };
    }

    @Test
    void cache_writes_are_told_by_their_time_to_live() {
        assertThat(answer("{'text':'a'}").usage()).isEqualTo(new Usage(1L, 3L, 4L, 6L, 2L, null, null, null));
    }

    @Test
    void a_call_outweighs_a_plain_end() {
        assertThat(answer("{'toolUse':{'toolUseId':'t','name':'f'}}")).satisfies(answer -> {
            assertThat(answer.finish()).isEqualTo(Finish.of(Finish.Reason.TOOL_CALLS));
            assertThat(answer.blocks())
                    .containsExactly(new Block.ToolCall("t", "f", null, Tool.Kind.FUNCTION, "{}", null, Mark.NONE));
        });
    }

    @Test
    void a_custom_tool_gets_its_text_back() {
        ToolNames names = new ToolNames(64);
        names.put("p", new ToolNames.Original("patch", null, Tool.Kind.CUSTOM, "input"));

        assertThat(answer("{'toolUse':{'toolUseId':'t','name':'p','input':{'input':'a b'}}}", names)
                        .blocks())
                .containsExactly(new Block.ToolCall("t", "patch", null, Tool.Kind.CUSTOM, "a b", null, Mark.NONE));
    }

    @Test
    void thoughts_keep_their_proof() {
        assertThat(answer("{'reasoningContent':{'reasoningText':{'text':'h','signature':'S'}}},"
                                + "{'reasoningContent':{'redactedContent':'QQ=='}}")
                        .blocks())
                .containsExactly(
                        new Block.Reasoning("h", new Signature(Dialect.ANTHROPIC, "S"), Mark.NONE),
                        new Block.EncryptedReasoning(new Signature(Dialect.ANTHROPIC, "QQ=="), null, Mark.NONE));
    }

    @Test
    void cited_text_is_text_with_citations() {
        List<Block> blocks = answer(
                        "{'citationsContent':{'content':[{'text':'a'},{'text':'b'}],'citations':[{'title':'T',"
                                + "'sourceContent':[{'text':'q'}],'location':{'web':{'url':'https://e.test'}}}]}}")
                .blocks();

        assertThat(blocks).singleElement().isInstanceOfSatisfying(Block.Text.class, text -> {
            assertThat(text.text()).isEqualTo("ab");
            assertThat(text.citations()).singleElement().satisfies(citation -> {
                assertThat(citation.url()).isEqualTo("https://e.test");
                assertThat(citation.title()).isEqualTo("T");
                assertThat(citation.quoted()).isEqualTo("q");
            });
        });
    }

    @Test
    void what_the_provider_ran_itself_is_no_call_for_the_client() {
        Answer answer = answer("{'toolUse':{'toolUseId':'t','name':'g','type':'server_tool_use','input':{}}},"
                + "{'toolResult':{'toolUseId':'t','content':[]}},{'later':{}},{'text':'a'}");

        assertThat(answer.finish()).isEqualTo(Finish.of(Finish.Reason.STOP));
        assertThat(answer.blocks())
                .hasExactlyElementsOfTypes(
                        Block.ServerToolCall.class,
                        Block.ServerToolResult.class,
                        Block.Unmodelled.class,
                        Block.Text.class);
    }

    @Test
    void what_is_no_message_is_malformed_or_the_error_it_holds() {
        assertThat(failure("[]")).satisfies(ConverseAnswersTest::isMalformed);
        assertThat(failure("{}")).satisfies(ConverseAnswersTest::isMalformed);
        assertThat(failure("{'output':{'message':{'content':'x'}}}")).satisfies(ConverseAnswersTest::isMalformed);
        assertThat(failure("{'__type':'com.amazon#ThrottlingException','message':'slow'}"))
                .isInstanceOfSatisfying(Failure.Upstream.class, failure -> {
                    assertThat(failure.category()).isEqualTo(Failure.Category.RATE_LIMITED);
                    assertThat(failure.message()).isEqualTo("slow");
                });
    }

    private static void isMalformed(Failure failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Upstream.class,
                        upstream -> assertThat(upstream.category()).isEqualTo(Failure.Category.MALFORMED_ANSWER));
    }

    @Test
    void tokens_are_counted_over_what_the_model_reads() {
        ChatRequest request = new ChatRequest.Builder(Dialect.ANTHROPIC)
                .stream(true)
                        .maxOutputTokens(5L)
                        .system(List.of(new Block.Text("s")))
                        .messages(List.of(new Message(Message.Role.USER, List.of(new Block.Text("hi")))))
                        .build();
        var caps = ((Outcome.Ok<dev.sluice.model.Capabilities>) CapabilityNames.read(Json.Obj.EMPTY, Set.of())).value();
        TargetProfile target = new TargetProfile(Dialect.BEDROCK_CONVERSE, "a:b", caps, Policies.DEFAULT);

        Outcome<EncodedRequest> encoded = codec.counts().orElseThrow().encode(request, target);

        assertThat(encoded).isInstanceOfSatisfying(Outcome.Ok.class, ok -> {
            EncodedRequest sent = (EncodedRequest) ok.value();
            assertThat(sent.path()).isEqualTo("/model/a%3Ab/count-tokens");
            assertThat(sent.stream()).isFalse();
            assertThat(new String(sent.body(), StandardCharsets.UTF_8).replace('"', '\''))
                    .isEqualTo("{'input':{'converse':{'messages':[{'role':'user','content':[{'text':'hi'}]}],"
                            + "'system':[{'text':'s'}]}}}");
        });
        assertThat(codec.counts().orElseThrow().decode(bytes("{'inputTokens':9}")))
                .isEqualTo(Outcome.ok(9L));
        for (String bad : List.of("{}", "[", "{'inputTokens':-1}", "{'inputTokens':'9'}")) {
            assertThat(codec.counts().orElseThrow().decode(bytes(bad))).isInstanceOf(Outcome.Bad.class);
        }
    }
}
