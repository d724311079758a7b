package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.seal.Seal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    private static List<Block> parts(String... parts) {
        return Gemini.request("{\"contents\":[{\"role\":\"model\",\"parts\":[" + String.join(",", parts) + "]}]}")
                .messages()
                .getFirst()
                .blocks();
    }

    private static ChatRequest configured(String config) {
        return Gemini.request("{\"contents\":[],\"generationConfig\":" + config + "}");
    }

    @Test
    void roles_and_instructions_are_read_in_the_forms_clients_write() {
        ChatRequest request = Gemini.request("""
                {"system_instruction":{"parts":{"text":"S"}},
                 "contents":[{"parts":{"text":"a"}},{"role":"model","parts":[{"text":"b"}]},{"role":"function","parts":[]}]}
                """);

        assertThat(request.model()).isEqualTo("m");
        assertThat(request.system()).extracting(Block.Text::text).containsExactly("S");
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Message.Role.USER, Message.Role.ASSISTANT, Message.Role.USER);
    }

    @Test
    void a_call_and_its_result_are_read_with_their_names_and_ids() {
        ChatRequest request = Gemini.request("""
                {"contents":[{"role":"model","parts":[{"functionCall":{"id":"i","name":"f","args":{"a":1.0}},"thoughtSignature":"c2ln"}]},
                 {"role":"user","parts":[{"functionResponse":{"id":"i","name":"f","response":{"output":"o"},
                   "parts":[{"inlineData":{"mimeType":"image/png","data":"AA=="}}]}},
                  {"functionResponse":{"name":"g","response":{"error":"e"}}},
                  {"functionResponse":{"name":"h","response":{"x":[1]}}},
                  {"functionResponse":{"name":"h"}}]}]}
                """);

        Block.ToolCall call =
                (Block.ToolCall) request.messages().getFirst().blocks().getFirst();
        assertThat(call.id()).isEqualTo("i");
        assertThat(call.arguments()).isEqualTo("{\"a\":1.0}");
        assertThat(call.signature()).isEqualTo(new Signature(Dialect.GEMINI, "c2ln"));
        List<Block> results = request.messages().getLast().blocks();
        Block.ToolResult first = (Block.ToolResult) results.getFirst();
        assertThat(first.callId()).isEqualTo("i");
        assertThat(first.content()).hasSize(2).last().isInstanceOf(Block.Image.class);
        assertThat(((Block.ToolResult) results.get(1)).isError()).isTrue();
        assertThat(((Block.ToolResult) results.get(1)).toolName()).isEqualTo("g");
        assertThat(((Block.ToolResult) results.get(2)).content())
                .singleElement()
                .isInstanceOfSatisfying(
                        Block.Text.class, text -> assertThat(text.text()).isEqualTo("{\"x\":[1]}"));
        assertThat(((Block.ToolResult) results.get(3)).content()).isEmpty();
    }

    @Test
    void media_are_what_their_type_says() {
        assertThat(parts(
                        inline("image/png"),
                        inline("audio/x-wav"),
                        inline("video/mp4"),
                        inline("application/pdf"),
                        "{\"fileData\":{\"fileUri\":\"https://h.test/a.JPG?x=1\"}}",
                        "{\"file_data\":{\"mime_type\":\"application/pdf\",\"file_uri\":\"gs://b/a\"}}"))
                .satisfiesExactly(
                        image -> assertThat(image).isInstanceOf(Block.Image.class),
                        audio -> assertThat(((Block.Audio) audio).format()).isEqualTo("wav"),
                        video -> assertThat(video).isInstanceOf(Block.Video.class),
                        document -> assertThat(document).isInstanceOf(Block.Document.class),
                        link -> assertThat(((Block.Image) link).source()).isInstanceOf(MediaSource.Url.class),
                        file -> assertThat(((Block.Document) file).source())
                                .isEqualTo(new MediaSource.FileId(Dialect.GEMINI, "gs://b/a")));
    }

    private static String inline(String mime) {
        return "{\"inlineData\":{\"mimeType\":\"" + mime + "\",\"data\":\"AA==\"}}";
    }

    @Test
    void the_providers_own_parts_are_kept_as_they_are() {
        assertThat(parts(
                        "{\"executableCode\":{\"code\":\"1\"}}",
                        "{\"codeExecutionResult\":{\"output\":\"1\"}}",
                        "{\"tomorrow\":{}}",
                        "{}"))
                .satisfiesExactly(
                        code -> assertThat(code).isInstanceOf(Block.ServerToolCall.class),
                        result -> assertThat(result).isInstanceOf(Block.ServerToolResult.class),
                        unknown -> assertThat(((Block.Unmodelled) unknown).raw())
                                .isEqualTo(Gemini.json("{\"tomorrow\":{}}")));
    }

    @Test
    void a_proof_beside_a_text_is_a_thought_of_its_own() {
        assertThat(parts(
                        "{\"text\":\"t\",\"thought\":true,\"thoughtSignature\":\"YQ==\"}",
                        "{\"text\":\"x\",\"thought_signature\":\"Yg==\"}",
                        "{\"text\":\"\",\"thoughtSignature\":\"Yw==\"}"))
                .satisfiesExactly(
                        thought ->
                                assertThat(((Block.Reasoning) thought).text()).isEqualTo("t"),
                        text -> assertThat(((Block.Text) text).text()).isEqualTo("x"),
                        proof -> assertThat(proof)
                                .isEqualTo(
                                        new Block.Reasoning("", new Signature(Dialect.GEMINI, "Yg=="), proof.mark())),
                        last -> assertThat(((Block.Reasoning) last).signature())
                                .isEqualTo(new Signature(Dialect.GEMINI, "Yw==")));
    }

    @Test
    void foreign_thoughts_come_back_from_a_calls_signature_once() {
        Signature foreign = new Signature(Dialect.ANTHROPIC, "SIG");
        String sealed = CarriedProof.wrapped(List.of(
                Gemini.SEAL.seal(new Seal.Content(foreign, false, "hmm", null)),
                Gemini.SEAL.seal(new Seal.Content(new Signature(Dialect.ANTHROPIC, "ENC"), true, null, null)),
                new Seal(new byte[] {1}).seal(new Seal.Content(foreign, false, "of another gateway", null))));
        String call = "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"" + sealed + "\"}";

        assertThat(parts("{\"text\":\"hmm\",\"thought\":true}", call, call))
                .satisfiesExactly(
                        thought -> assertThat(((Block.Reasoning) thought).signature())
                                .isEqualTo(foreign),
                        hidden -> assertThat(hidden).isInstanceOf(Block.EncryptedReasoning.class),
                        first ->
                                assertThat(((Block.ToolCall) first).signature()).isNull(),
                        second -> assertThat(second).isInstanceOf(Block.ToolCall.class));
    }

    @Test
    void foreign_thoughts_on_the_last_text_come_first() {
        String sealed = CarriedProof.wrapped(List.of(
                Gemini.SEAL.seal(new Seal.Content(new Signature(Dialect.ANTHROPIC, "SIG"), false, "hmm", null))));

        assertThat(parts("{\"text\":\"x\"}", "{\"text\":\"\",\"thoughtSignature\":\"" + sealed + "\"}"))
                .satisfiesExactly(
                        thought -> assertThat(thought).isInstanceOf(Block.Reasoning.class),
                        text -> assertThat(text).isInstanceOf(Block.Text.class));
    }

    @Test
    void a_seal_that_cannot_be_read_is_no_error() {
        assertThat(parts(
                        "{\"text\":\"x\",\"thoughtSignature\":\"gw1.%%%.!\"}",
                        "{\"text\":\"y\",\"thoughtSignature\":\"Z3cxLi4=\"}"))
                .allSatisfy(block -> assertThat(block).isInstanceOf(Block.Text.class));
    }

    @Test
    void tools_are_read_with_either_kind_of_schema() {
        List<Tool> tools = Gemini.request("""
                        {"contents":[],"tools":[{"functionDeclarations":[
                          {"name":"a","description":"d","parametersJsonSchema":{"type":"object"}},
                          {"name":"b","parameters":{"type":"OBJECT"},"behavior":"BLOCKING"}]},
                          {"urlContext":{},"codeExecution":{}}]}
                        """).tools();

        assertThat(tools).extracting(Tool::name).containsExactly("a", "b", "urlContext", "codeExecution");
        assertThat(((Tool.Function) tools.get(1)).schema()).isEqualTo(Gemini.json("{\"type\":\"object\"}"));
        assertThat(((Tool.Function) tools.get(1)).extras().fields().has("behavior"))
                .isTrue();
        assertThat(((Tool.Native) tools.get(3)).purpose()).isEqualTo(Tool.Purpose.CODE_EXECUTION);
    }

    @Test
    void choices_among_tools_are_read() {
        assertThat(choice("{\"mode\":\"NONE\"}")).isEqualTo(new ToolChoice.None());
        assertThat(choice("{\"mode\":\"AUTO\"}")).isEqualTo(new ToolChoice.Auto());
        assertThat(choice("{\"mode\":\"ANY\"}")).isEqualTo(new ToolChoice.Required());
        assertThat(choice("{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"f\"]}"))
                .isEqualTo(new ToolChoice.Named("f", Tool.Kind.FUNCTION));
        assertThat(choice("{\"mode\":\"ANY\",\"allowed_function_names\":[\"f\",\"g\"]}"))
                .isEqualTo(new ToolChoice.Allowed(List.of("f", "g"), true));
        assertThat(choice("{\"mode\":\"VALIDATED\",\"allowedFunctionNames\":[\"f\"]}"))
                .isEqualTo(new ToolChoice.Allowed(List.of("f"), false));
    }

    private static ToolChoice choice(String config) {
        return Gemini.request("{\"contents\":[],\"toolConfig\":{\"functionCallingConfig\":" + config + "}}")
                .toolChoice();
    }

    @Test
    void thinking_is_read_as_level_or_budget_and_what_to_show_of_it() {
        assertThat(thinking("{}")).isEqualTo(ReasoningWish.UNSET);
        assertThat(thinking("{\"includeThoughts\":false}")).isEqualTo(ReasoningWish.UNSET);
        assertThat(thinking("{\"includeThoughts\":true}")).isEqualTo(new ReasoningWish.Adaptive(null, "summarized"));
        assertThat(thinking("{\"thinkingBudget\":0}")).isEqualTo(new ReasoningWish.Off());
        assertThat(thinking("{\"thinkingBudget\":-1}")).isEqualTo(new ReasoningWish.Adaptive(null, "omitted"));
        assertThat(thinking("{\"thinkingBudget\":9,\"includeThoughts\":true}"))
                .isEqualTo(new ReasoningWish.Budget(9, null, "summarized"));
        assertThat(thinking("{\"thinkingLevel\":\"HIGH\"}"))
                .isEqualTo(new ReasoningWish.Adaptive(Effort.HIGH, "omitted"));
    }

    private static ReasoningWish thinking(String config) {
        return configured("{\"thinkingConfig\":" + config + "}").reasoning();
    }

    @Test
    void formats_are_read_with_either_kind_of_schema() {
        assertThat(configured("{\"responseMimeType\":\"text/plain\"}").format()).isEqualTo(ResponseFormat.TEXT);
        assertThat(configured("{\"responseMimeType\":\"application/json\"}").format())
                .isEqualTo(new ResponseFormat.JsonObject());
        assertThat(configured("{\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"STRING\"}}")
                        .format())
                .isEqualTo(new ResponseFormat.JsonSchema(null, null, Gemini.json("{\"type\":\"string\"}"), null));
        assertThat(configured("{\"responseJsonSchema\":{\"type\":\"string\"}}").format())
                .isInstanceOf(ResponseFormat.JsonSchema.class);
        assertThat(configured("{\"responseMimeType\":\"text/x.enum\",\"responseSchema\":{}}")
                        .extras()
                        .fields()
                        .has("generationConfig.responseMimeType"))
                .isTrue();
    }

    @Test
    void what_has_no_slot_is_kept_by_its_path_and_safety_settings_apart() {
        ChatRequest request = Gemini.request("""
                {"contents":[{"parts":[{"text":"x","videoMetadata":{"fps":1}}]}],"safetySettings":[{}],"store":true,
                 "labels":{"a":"b"},"service_tier":"flex","tomorrow":1,"model":"models/m",
                 "toolConfig":{"retrievalConfig":{}},"generationConfig":{"audioTimestamp":true,"speechConfig":{}}}
                """);

        assertThat(request.extras().fields().fields().keySet())
                .containsExactlyInAnyOrder(
                        "contents[0].parts[0].videoMetadata",
                        "toolConfig.retrievalConfig",
                        "generationConfig.audioTimestamp",
                        "tomorrow");
        assertThat(request.hints().fields()).isEqualTo(Gemini.json("{\"\":{\"safetySettings\":[{}]}}"));
        assertThat(request.metadata()).containsEntry("a", "b");
        assertThat(request.serviceTier()).isEqualTo("flex");
        assertThat(request.fields()).containsOnlyKeys(Field.STORE, Field.AUDIO_OUT);
        assertThat(request.fields().get(Field.STORE)).isEqualTo(Json.TRUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"contents\":[],\"cachedContent\":\"c/1\"} | cachedContent",
                "{\"contents\":[{\"role\":\"assistant\"}]} | contents[0].role",
                "{\"contents\":[{\"parts\":[{\"text\":1}]}]} | contents[0].parts[0].text",
                "{\"contents\":[{\"parts\":[{\"functionCall\":{}}]}]} | contents[0].parts[0].functionCall.name",
                "{\"contents\":[],\"systemInstruction\":{\"parts\":[{\"inlineData\":{}}]}} | systemInstruction.parts[0]",
                "{\"contents\":[],\"generationConfig\":{\"topK\":\"x\"}} | generationConfig.topK",
                "{\"contents\":[],\"generationConfig\":{\"thinkingConfig\":{\"thinkingLevel\":\"much\"}}}"
                        + " | generationConfig.thinkingConfig.thinkingLevel",
                "{\"contents\":[],\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"MAYBE\"}}}"
                        + " | toolConfig.functionCallingConfig.mode"
            })
    void what_cannot_be_is_refused_by_its_path(String body, String path) {
        assertThat(Gemini.refused(body)).isInstanceOfSatisfying(Failure.Refused.class, refused -> {
            assertThat(refused.param()).isEqualTo(path);
            assertThat(refused.message()).contains(path);
        });
    }
}
