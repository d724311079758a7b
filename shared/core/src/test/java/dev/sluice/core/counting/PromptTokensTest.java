package dev.sluice.core.counting;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Extras;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.CapabilityNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The truth is OpenAI's published one: the vocabularies themselves, 3 tokens around a message and one for its role, 3
/// for the answer's beginning, and the published sums for functions.
class PromptTokensTest {
    private static final List<Encoding> TRUTHS = Stream.of(EncodingType.O200K_BASE, EncodingType.CL100K_BASE)
            .map(type -> Encodings.newLazyEncodingRegistry().getEncoding(type))
            .toList();
    private static final Capabilities OTHER = Capabilities.DEFAULT;
    private static final Capabilities OPENAI = openai();

    private static Capabilities openai() {
        Json.Obj family = Json.object().put("family", "openai").build();
        return CapabilityNames.read(family, Set.of()) instanceof Outcome.Ok<Capabilities>(Capabilities read)
                ? read
                : Capabilities.DEFAULT;
    }

    private static ChatRequest.Builder request(Block... blocks) {
        return new ChatRequest.Builder(Dialect.OPENAI_CHAT)
                .messages(List.of(new Message(Message.Role.USER, List.of(blocks))));
    }

    private static long of(Block... blocks) {
        return PromptTokens.of(request(blocks).build(), OTHER);
    }

    private static long truth(Encoding encoding, String text) {
        return 7L + tokens(encoding, text);
    }

    /// Half a surrogate pair has no tokens of its own.
    private static long tokens(Encoding encoding, String text) {
        String sent = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return encoding.countTokensOrdinary(sent);
    }

    @TestFactory
    Stream<DynamicTest> is_never_under_the_truth() {
        return Corpus.texts().entrySet().stream().map(PromptTokensTest::neverUnder);
    }

    private static DynamicTest neverUnder(Map.Entry<String, String> one) {
        return DynamicTest.dynamicTest(one.getKey(), () -> {
            ChatRequest request = request(new Block.Text(one.getValue())).build();
            for (Encoding encoding : TRUTHS) {
                long truth = truth(encoding, one.getValue());
                assertThat(PromptTokens.of(request, OPENAI)).isGreaterThanOrEqualTo(truth);
                assertThat(PromptTokens.of(request, OTHER)).isGreaterThanOrEqualTo(truth * 3 / 2);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> is_never_under_what_other_vendors_published() {
        long nothing = of(new Block.Text(""));
        return Corpus.elsewhere().entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey(),
                        () -> assertThat(of(new Block.Text(Corpus.texts().get(one.getKey()))) - nothing)
                                .isGreaterThanOrEqualTo(one.getValue())));
    }

    @Test
    void is_not_far_above_it_for_models_of_that_vocabulary() {
        String prose = Corpus.texts().get("long prose");
        assertThat(PromptTokens.of(request(new Block.Text(prose)).build(), OPENAI))
                .isLessThan(truth(TRUTHS.getFirst(), prose) * 11 / 10);
    }

    @Test
    void the_whole_corpus_as_one_conversation_holds_too() {
        List<Message> messages = Corpus.texts().values().stream()
                .map(text -> new Message(Message.Role.USER, List.<Block>of(new Block.Text(text))))
                .toList();
        ChatRequest request = new ChatRequest.Builder(Dialect.OPENAI_CHAT)
                .system(List.of(new Block.Text("be brief")))
                .messages(messages)
                .build();
        long truth = 7L + TRUTHS.getFirst().countTokensOrdinary("be brief");
        for (String text : Corpus.texts().values()) {
            truth += 4L + tokens(TRUTHS.getFirst(), text);
        }
        assertThat(PromptTokens.of(request, OPENAI)).isGreaterThanOrEqualTo(truth);
    }

    @Test
    void functions_are_never_under_the_published_sums() {
        Json.Obj schema = JsonText.objectOrNull("""
                {"type":"object","properties":{"location":{"type":"string","description":"The city, e.g. San Francisco"},
                "unit":{"type":"string","description":"The unit","enum":["celsius","fahrenheit"]}},"required":["location"]}""");
        Tool tool = new Tool.Function(
                "get_weather",
                "Get the current weather in a given location",
                schema,
                null,
                false,
                new Extras(Dialect.OPENAI_CHAT, Json.Obj.EMPTY),
                Mark.NONE);
        Encoding encoding = TRUTHS.getFirst();
        long truth = truth(encoding, "hi")
                + 7L
                + encoding.countTokensOrdinary("get_weather:Get the current weather in a given location")
                + 3
                + 3
                + encoding.countTokensOrdinary("location:string:The city, e.g. San Francisco")
                + 3
                - 3
                + 3
                + encoding.countTokensOrdinary("celsius")
                + 3
                + encoding.countTokensOrdinary("fahrenheit")
                + encoding.countTokensOrdinary("unit:string:The unit")
                + 12;

        ChatRequest request = request(new Block.Text("hi")).tools(List.of(tool)).build();

        assertThat(PromptTokens.of(request, OPENAI)).isGreaterThanOrEqualTo(truth);
        assertThat(PromptTokens.of(request, OTHER)).isGreaterThanOrEqualTo(truth + 700); // the words of other vendors
    }

    @Test
    void everything_that_a_model_reads_counts() {
        String words = "one two three four five six seven eight nine ten";
        long nothing = of();
        Mark mark = Mark.NONE;
        Json.Obj raw = Json.object().put("text", words).build();
        MediaSource text = new MediaSource.PlainText(words);
        Signature proof = new Signature(Dialect.ANTHROPIC, "x".repeat(400));
        List<Block> blocks = List.of(
                new Block.Text(words),
                new Block.Refusal(words, mark),
                new Block.Document(text, null, null, false, mark),
                new Block.Document(
                        new MediaSource.Base64("b25lIHR3byB0aHJlZSBmb3VyIGZpdmU=", "text/plain"),
                        words,
                        words,
                        false,
                        mark),
                new Block.Audio(new MediaSource.Base64("AAAA", "audio/wav"), "wav", words, mark),
                new Block.Video(new MediaSource.Url("https://x.test/v"), mark),
                new Block.Reasoning(words, null, mark),
                new Block.Reasoning("", proof, mark),
                new Block.EncryptedReasoning(proof, null, mark),
                new Block.ToolCall("c1", "t", "ns", Tool.Kind.FUNCTION, words, null, mark),
                new Block.ToolResult("c1", "t", List.of(new Block.Text(words)), false, mark),
                new Block.ServerToolCall(Dialect.ANTHROPIC, "s", "web_search", raw, mark),
                new Block.ServerToolResult(Dialect.ANTHROPIC, "s", raw, mark),
                new Block.SearchResult("s", "t", List.of(new Block.Text(words)), mark),
                new Block.GeneratedImage("AAAA", "image/png", mark),
                new Block.Image(new MediaSource.Url("https://x.test/i"), null, mark),
                new Block.Unmodelled(Dialect.GEMINI, raw, mark));

        assertThat(blocks).allSatisfy(block -> assertThat(of(block)).isGreaterThanOrEqualTo(nothing + 10));
        assertThat(of(blocks.toArray(Block[]::new))).isGreaterThan(nothing + 10L * blocks.size());
    }

    @Test
    void tools_of_every_kind_and_the_answers_schema_count() {
        long bare = of(new Block.Text("hi"));
        Extras none = new Extras(Dialect.OPENAI_CHAT, Json.Obj.EMPTY);
        Tool function = new Tool.Function("f", "does it", null, null, false, none, Mark.NONE);
        List<Tool> tools = List.of(
                function,
                new Tool.Custom("c", "does it", new Tool.Grammar("lark", "start: \"a\"+"), none, Mark.NONE),
                new Tool.Namespace("n", "does all", List.of(function, function), Mark.NONE),
                new Tool.Native(
                        Dialect.ANTHROPIC, "bash_20250124", "bash", Tool.Purpose.BASH, Json.Obj.EMPTY, Mark.NONE));
        for (Tool tool : tools) {
            ChatRequest request =
                    request(new Block.Text("hi")).tools(List.of(tool)).build();
            assertThat(PromptTokens.of(request, OTHER)).isGreaterThan(bare + 800);
        }
        Json.Obj schema = Json.object().put("type", "object").build();
        ChatRequest shaped = request(new Block.Text("hi"))
                .format(new ResponseFormat.JsonSchema("answer", "the answer", schema, true))
                .build();
        assertThat(PromptTokens.of(shaped, OTHER)).isGreaterThan(bare + 60);
    }
}
