package dev.sluice.protocol.openai.chat;

import static dev.sluice.protocol.openai.chat.Chat.CODEC;
import static dev.sluice.protocol.openai.chat.Chat.bad;
import static dev.sluice.protocol.openai.chat.Chat.body;
import static dev.sluice.protocol.openai.chat.Chat.encoded;
import static dev.sluice.protocol.openai.chat.Chat.json;
import static dev.sluice.protocol.openai.chat.Chat.ok;
import static dev.sluice.protocol.openai.chat.Chat.outline;
import static dev.sluice.protocol.openai.chat.Chat.request;
import static dev.sluice.protocol.openai.chat.Chat.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.seal.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestsTest {
    private static String resource(String name) {
        try (InputStream in = ChatRequestsTest.class.getResourceAsStream(name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"response_format\":{\"type\":\"json_object\"}                          | RESPONSE_FORMAT",
                "\"response_format\":{\"json_schema\":{},\"type\":\"json_schema\"}       | RESPONSE_FORMAT",
                "\"response_format\":{\"type\":\"text\"}                                 | ''",
                "\"response_format\":null,\"web_search_options\":null                    | ''",
                "\"web_search_options\":{}                                             | WEB_SEARCH",
                "\"functions\":[{}]                                                    | TOOLS",
            })
    void outlines_what_not_every_model_can_do(String field, String wants) {
        assertThat(ok(outline("{\"model\":\"m\",\"messages\":[]," + field + "}"))
                        .wants())
                .extracting(Field::name)
                .containsExactlyElementsOf(wants.isEmpty() ? List.of() : List.of(wants));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"role\":\"user\",\"content\":[{\"type\": \"image_url\",\"image_url\":{\"url\":\"u\"}}]}] | true",
                "[{\"role\":\"user\",\"content\":\"the \\\"image_url\\\" of an image\"}]                    | false",
                "[]                                                                                      | false",
            })
    void tells_images_without_decoding(String messages, boolean images) {
        String body = "{\"model\":\"image_url\",\"tools\":[{\"name\":\"image\"}],\"messages\":" + messages + "}";
        assertThat(ok(outline(body)).carriesImages()).isEqualTo(images);
    }

    @Test
    void a_users_name_is_no_session() {
        assertThat(ok(outline("{\"model\":\"m\",\"messages\":[],\"user\":\"u\"}"))
                        .sessionId())
                .isNull();
    }

    @Test
    void outlines_what_routing_needs() {
        Outline outline = ok(
                outline("{\"model\":\"m\",\"stream\":true,\"max_tokens\":5,\"max_completion_tokens\":7,\"messages\":[],"
                        + "\"tools\":[{}],\"reasoning_effort\":\"low\",\"user\":\"u\",\"prompt_cache_key\":\"k\","
                        + "\"stream_options\":{\"include_usage\":true}}"));
        assertThat(outline.model()).isEqualTo("m");
        assertThat(outline.stream()).isTrue();
        assertThat(outline.includeUsage()).isTrue();
        assertThat(outline.maxOutputTokens()).isEqualTo(7);
        assertThat(outline.sessionId()).isEqualTo("k");
        assertThat(outline.wants()).containsExactlyInAnyOrder(Field.TOOLS, Field.REASONING);
        assertThat(ok(outline("{\"model\":\"m\",\"messages\":[],\"tools\":[ ]}"))
                        .wants())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":1,\"messages\":[]} | model",
                "{\"model\":\"m\"} | messages",
                "{\"model\":\"m\",\"messages\":{}} | messages",
                "{\"model\":\"m\",\"messages\":[],\"stream\":\"yes\"} | stream",
                "{\"model\":\"m\",\"messages\":[],\"max_tokens\":\"many\"} | max_tokens",
                "{\"model\":\"m\",\"messages\":[],\"max_tokens\":1.5} | max_tokens",
            })
    void refuses_an_outline_of_wrong_types(String body, String param) {
        Failure.Refused refused = (Failure.Refused) bad(outline(body));
        assertThat(refused.kind()).isEqualTo(Failure.Kind.INVALID_REQUEST);
        assertThat(refused.param()).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"model\":", "null", "{} {}"})
    void refuses_what_is_no_object(String body) {
        assertThat(bad(outline(body)).kind()).isEqualTo(Failure.Kind.INVALID_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"role\":\"user\",\"content\":5}] | messages[0].content",
                "[{\"role\":\"robot\"}] | messages[0].role",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}] | messages[0].content[0].text",
                "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\"}]}] | messages[0].tool_calls[0].function",
                "[7] | messages[0]",
            })
    void refuses_wrong_types_by_their_path(String messages, String param) {
        Outline outline = ok(outline("{\"model\":\"m\",\"messages\":" + messages + "}"));
        assertThat(((Failure.Refused) bad(CODEC.requests().decode(outline))).param())
                .isEqualTo(param);
    }

    @Test
    void takes_leading_instructions_for_the_system_and_leaves_later_ones_in_place() {
        ChatRequest request = request("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"A\"},"
                + "{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"B\"}]},"
                + "{\"role\":\"user\",\"content\":\"u\"},{\"role\":\"system\",\"content\":\"late\"}]}");
        assertThat(request.system()).extracting(Block.Text::text).containsExactly("A", "B");
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Message.Role.USER, Message.Role.SYSTEM);
    }

    @Test
    void joins_adjacent_tool_messages_into_one_turn() {
        ChatRequest request = request("{\"model\":\"m\",\"messages\":["
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                + "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{ \\\"x\\\":1}\"}},"
                + "{\"id\":\"b\",\"type\":\"custom\",\"custom\":{\"name\":\"g\",\"input\":\"raw\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\"},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":[{\"type\":\"text\",\"text\":\"2\"}]}]}");
        assertThat(request.messages()).hasSize(2);
        assertThat(((Block.ToolCall) request.messages().getFirst().blocks().getFirst()).arguments())
                .isEqualTo("{ \"x\":1}");
        assertThat(((Block.ToolCall) request.messages().getFirst().blocks().getLast()).kind())
                .isEqualTo(Tool.Kind.CUSTOM);
        assertThat(request.messages().getLast().blocks())
                .extracting(block -> ((Block.ToolResult) block).callId())
                .containsExactly("a", "b");
    }

    @Test
    void pairs_the_deprecated_function_messages() {
        ChatRequest request =
                request("{\"model\":\"m\",\"functions\":[{\"name\":\"f\"}],\"function_call\":{\"name\":\"f\"},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                        + "{\"role\":\"function\",\"name\":\"f\",\"content\":\"1\"}]}");
        Block.ToolCall call =
                (Block.ToolCall) request.messages().get(1).blocks().getFirst();
        Block.ToolResult result =
                (Block.ToolResult) request.messages().get(2).blocks().getFirst();
        assertThat(result.callId()).isEqualTo(call.id()).isNotEmpty();
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f", Tool.Kind.FUNCTION));
        assertThat(request.pathOf(Field.TOOLS)).isEqualTo("functions");
        assertThat(request.parallelTools()).isFalse();
    }

    @Test
    void opens_its_own_seals_and_names_the_issuers_of_others() {
        Signature bedrock = new Signature(Dialect.BEDROCK_CONVERSE, "B");
        String sealed = Chat.SEAL.seal(new Seal.Content(bedrock, false, null, null));
        ChatRequest request = request("{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":\"c\","
                + "\"reasoning_content\":\"ab\",\"reasoning_details\":["
                + "{\"type\":\"reasoning.text\",\"text\":\"a\",\"signature\":\"" + sealed + "\"},"
                + "{\"type\":\"reasoning.text\",\"text\":\"b\",\"signature\":\"S\",\"format\":\"anthropic-claude-v1\"},"
                + "{\"type\":\"reasoning.text\",\"text\":\"c\",\"signature\":\"" + sealed + "x\"}]}]}");
        List<Block> blocks = request.messages().getFirst().blocks();
        assertThat(((Block.Reasoning) blocks.get(0)).signature()).isEqualTo(bedrock);
        assertThat(((Block.Reasoning) blocks.get(1)).signature()).isEqualTo(new Signature(Dialect.ANTHROPIC, "S"));
        assertThat(((Block.Reasoning) blocks.get(2)).signature()).isNull();
        assertThat(blocks).hasSize(4);
    }

    @Test
    void reads_media_with_the_jpg_alias() {
        ChatRequest request = request(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpg;base64,AA==\",\"detail\":\"low\"}},"
                        + "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,BB==\"}}]}]}");
        List<Block> blocks = request.messages().getFirst().blocks();
        assertThat(blocks.get(0))
                .isEqualTo(new Block.Image(
                        new MediaSource.Base64("AA==", "image/jpeg"), "low", Mark.at("messages[0].content[0]")));
        assertThat(((Block.Document) blocks.get(1)).source())
                .isEqualTo(new MediaSource.Base64("BB==", "application/pdf"));
    }

    @Test
    void changes_nothing_of_a_body_that_needs_nothing() {
        Outline outline = ok(outline("{ \"model\":\"real\",\n \"messages\":[ ], \"temperature\":1.0}"));
        EncodedRequest spliced = CODEC.requests().splice(outline, target("{}"));
        assertThat(spliced.body()).isSameAs(outline.body());
        assertThat(spliced.path()).isEqualTo("/chat/completions");
        assertThat(spliced.usageAdded()).isFalse();
    }

    @Test
    void splices_model_and_usage_only() {
        Outline outline = ok(outline("{\"messages\":[{\"content\":\"model: \\\"alias\\\"\"}],\"model\": \"alias\","
                + "\"stream\":true,\"stream_options\":{\"x\":1},\"temperature\":0.10}"));
        EncodedRequest spliced = CODEC.requests().splice(outline, target("{}"));
        assertThat(new String(spliced.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"messages\":[{\"content\":\"model: \\\"alias\\\"\"}],\"model\": \"real\","
                        + "\"stream\":true,\"stream_options\":{\"x\":1,\"include_usage\":true},\"temperature\":0.10}");
        assertThat(spliced.usageAdded()).isTrue();
        EncodedRequest without = CODEC.requests().splice(outline, target("{\"stream_options\":false}"));
        assertThat(without.usageAdded()).isFalse();
    }

    @Test
    void takes_its_own_seals_out_on_the_identity_lane() {
        String sealed = Chat.SEAL.seal(new Seal.Content(new Signature(Dialect.GEMINI, "G"), false, null, null));
        Outline outline = ok(outline("{\"model\":\"real\",\"messages\":[{\"role\":\"assistant\",\"content\":\"c\","
                + "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"t\",\"signature\":\"" + sealed
                + "\"}],"
                + "\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
                + "\"extra_content\":{\"google\":{\"thought_signature\":\"" + sealed + "\"}}}]}]}"));
        assertThat(body(CODEC.requests().splice(outline, target("{}"))))
                .isEqualTo(json("{\"model\":\"real\",\"messages\":[{\"role\":\"assistant\",\"content\":\"c\","
                        + "\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}]}"));
    }

    @Test
    void forwards_no_credentials() {
        Headers client = Headers.of(
                "authorization",
                "Bearer x",
                "cookie",
                "c",
                "host",
                "h",
                "x-api-key",
                "k",
                "content-length",
                "3",
                "x-session-id",
                "s",
                "x-stainless-lang",
                "js",
                "openai-organization",
                "o",
                "accept-encoding",
                "gzip");
        assertThat(CODEC.forwarded(client).fields())
                .extracting(Headers.Field::name)
                .containsExactly("x-session-id", "x-stainless-lang");
    }

    @Test
    void forwards_the_keys_of_a_session() {
        Headers client =
                Headers.of("x-session-id", "1", "x-session-affinity", "2", "session-id", "3", "session_id", "4");
        assertThat(CODEC.forwarded(client)).isEqualTo(client);
    }

    /// Fields that the target decides on, and neighbouring turns of the user, which are one.
    @ParameterizedTest
    @ValueSource(strings = {"opencode-parallel-tools", "opencode-image", "opencode-title"})
    void keeps_every_message_and_tool_of_a_captured_body(String name) {
        Json.Obj before = json(resource(name));
        Json.Obj after = body(encoded(
                request(resource(name)),
                "{\"max_tokens_param\":\"max_tokens\",\"reasoning_history\":\"reasoning_content\"}"));
        assertThat(after.with("messages", Json.NULL).without("model"))
                .isEqualTo(before.with("messages", Json.NULL).without("model"));
        assertThat(turns(after.items("messages"))).isEqualTo(turns(before.items("messages")));
    }

    private static List<Json> turns(List<Json> messages) {
        List<Json> turns = new ArrayList<>();
        for (Json item : messages) {
            Json.Obj message = (Json.Obj) item;
            List<Json> parts = message.field("content") instanceof Json.Str(String text)
                    ? List.of(json("{\"type\":\"text\"}").with("text", Json.of(text)))
                    : message.items("content");
            if (!turns.isEmpty()
                    && turns.getLast() instanceof Json.Obj last
                    && "user".equals(last.text("role"))
                    && "user".equals(message.text("role"))) {
                List<Json> joined = new ArrayList<>(last.items("content"));
                joined.addAll(parts);
                turns.set(turns.size() - 1, last.with("content", new Json.Arr(joined)));
            } else {
                turns.add(message.with("content", new Json.Arr(parts)));
            }
        }
        return turns;
    }
}
