package dev.sluice.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Mark;
import dev.sluice.model.Message;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.Signature;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.seal.Seal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDecoderTest {
    private static ChatRequest withContent(String blocks) {
        return Messages.decode(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":[" + blocks + "]}]}");
    }

    private static Block only(String block) {
        return withContent(block).messages().getFirst().blocks().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "messages[0].role|{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}",
                "messages[0].content|{\"messages\":[{\"role\":\"user\"}]}",
                "messages[0].content[0]|{\"messages\":[{\"role\":\"user\",\"content\":[\"x\"]}]}",
                "messages[0].content[0].text|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":1}]}]}",
                "messages[0].content[0].input|{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":\"x\"}]}]}",
                "system[0].type|{\"system\":[{\"type\":\"image\",\"text\":\"\"}],\"messages\":[]}",
                "tools[1].name|{\"tools\":[{\"name\":\"f\"},{\"description\":\"d\"}],\"messages\":[]}",
                "tool_choice.type|{\"tool_choice\":{\"type\":\"required\"},\"messages\":[]}",
                "thinking.budget_tokens|{\"thinking\":{\"type\":\"enabled\"},\"messages\":[]}",
                "stop_sequences[1]|{\"stop_sequences\":[\"a\",2],\"messages\":[]}",
                "temperature|{\"temperature\":\"hot\",\"messages\":[]}",
                "messages|{\"model\":\"m\"}"
            })
    void refuses_a_wrong_type_with_its_path(String param, String body) {
        assertThat(Messages.refusal(body).param()).isEqualTo(param);
    }

    @Test
    void opens_own_seals_and_drops_forged_ones() {
        String sealed =
                Messages.SEAL.seal(new Seal.Content(new Signature(Dialect.GEMINI, "thought"), false, null, null));
        String forged = sealed.substring(0, sealed.length() - 2) + "xx";
        ChatRequest request =
                withContent("{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"" + sealed + "\"},"
                        + "{\"type\":\"thinking\",\"thinking\":\"no\",\"signature\":\"" + forged + "\"},"
                        + "{\"type\":\"text\",\"text\":\"t\"}");

        List<Block> blocks = request.messages().getFirst().blocks();
        assertThat(blocks).hasSize(2);
        assertThat(((Block.Reasoning) blocks.getFirst()).signature())
                .isEqualTo(new Signature(Dialect.GEMINI, "thought"));
    }

    @Test
    void sealed_encrypted_reasoning_keeps_its_item() {
        String sealed = Messages.SEAL.seal(
                new Seal.Content(new Signature(Dialect.OPENAI_RESPONSES, "gAAA"), true, null, "rs_1"));

        assertThat(only("{\"type\":\"redacted_thinking\",\"data\":\"" + sealed + "\"}"))
                .isEqualTo(new Block.EncryptedReasoning(
                        new Signature(Dialect.OPENAI_RESPONSES, "gAAA"), "rs_1", Mark.at("messages[0].content[0]")));
    }

    @Test
    void keeps_arguments_as_they_were_written() {
        Block.ToolCall call = (Block.ToolCall) only(
                "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{\"b\":1.0,\"a\":12345678901234567890}}");

        assertThat(call.arguments()).isEqualTo("{\"b\":1.0,\"a\":12345678901234567890}");
    }

    @Test
    void notes_cache_breakpoints_and_paths() {
        ChatRequest request = Messages.decode("""
                {"model":"m","cache_control":{"type":"ephemeral"},
                 "system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral","ttl":"1h"}}],
                 "tools":[{"name":"f","cache_control":{"type":"ephemeral"}}],
                 "messages":[{"role":"user","content":"a"},
                   {"role":"system","content":[{"type":"text","text":"b","cache_control":{"type":"ephemeral"}}]}]}""");

        assertThat(request.cache().topLevel()).isEqualTo(Mark.CacheTtl.FIVE_MINUTES);
        assertThat(request.system().getFirst().mark()).isEqualTo(new Mark("system[0]", Mark.CacheTtl.ONE_HOUR));
        assertThat(request.tools().getFirst().mark()).isEqualTo(new Mark("tools[0]", Mark.CacheTtl.FIVE_MINUTES));
        assertThat(request.messages().get(1).role()).isEqualTo(Message.Role.SYSTEM);
        assertThat(request.messages().get(1).blocks().getFirst().mark())
                .isEqualTo(new Mark("messages[1].content[0]", Mark.CacheTtl.FIVE_MINUTES));
    }

    @Test
    void knows_what_native_tools_are_for() {
        ChatRequest request = Messages.decode("""
                {"model":"m","messages":[],"tools":[{"type":"web_search_20250305","name":"web_search"},
                 {"type":"bash_20250124","name":"bash"},{"type":"mcp_toolset","mcp_server_name":"s"},
                 {"type":"future_20300101","name":"x"},{"type":"custom","name":"f","input_examples":[{}]}]}""");

        assertThat(request.tools().subList(0, 4))
                .extracting(tool -> ((Tool.Native) tool).purpose())
                .containsExactly(Tool.Purpose.WEB_SEARCH, Tool.Purpose.BASH, Tool.Purpose.MCP, Tool.Purpose.OTHER);
        assertThat(((Tool.Function) request.tools().getLast()).extras().fields().fields())
                .containsOnlyKeys("input_examples");
    }

    @Test
    void reads_how_to_think() {
        assertThat(thinking("{\"type\":\"enabled\",\"budget_tokens\":2000}", "{\"effort\":\"low\"}"))
                .isEqualTo(new ReasoningWish.Budget(2000, ReasoningWish.Effort.LOW, null));
        assertThat(thinking("{\"type\":\"adaptive\",\"display\":\"omitted\"}", "{}"))
                .isEqualTo(new ReasoningWish.Adaptive(null, "omitted"));
        assertThat(thinking("null", "{\"effort\":\"max\"}"))
                .isEqualTo(new ReasoningWish.ByEffort(ReasoningWish.Effort.MAX));
    }

    private static ReasoningWish thinking(String thinking, String config) {
        return Messages.decode("{\"model\":\"m\",\"messages\":[],\"thinking\":" + thinking + ",\"output_config\":"
                        + config + "}")
                .reasoning();
    }

    @Test
    void keeps_what_is_not_modelled_under_its_path() {
        ChatRequest request = Messages.decode("""
                {"model":"m","container":"c_1","diagnostics":{},"thinking":{"type":"between_tools"},
                 "output_config":{"task_budget":5},"tool_choice":{"type":"tool","name":"f"},
                 "messages":[{"role":"user","output_config":{"effort":"low"},
                   "content":[{"type":"image","source":{"type":"url","url":"https://e.test/a"},"transformations":[]}]}]}""");

        assertThat(request.fields()).containsOnlyKeys(Field.CONTAINER);
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice.Named("f", Tool.Kind.FUNCTION));
        assertThat(request.extras().fields().fields())
                .containsOnlyKeys(
                        "diagnostics",
                        "thinking",
                        "output_config.task_budget",
                        "messages[0].output_config",
                        "messages[0].content[0].transformations");
        assertThat(Messages.body(Messages.encode(request)).fields())
                .containsKeys("container", "diagnostics", "thinking");
        assertThat(Messages.at(Messages.body(Messages.encode(request)), "messages[0].content[0].transformations"))
                .isEqualTo("[]");
    }

    @Test
    void takes_betas_and_version_from_the_headers() {
        ChatRequest request = Messages.ok(Messages.CODEC
                .requests()
                .decode(Messages.outline(
                        "{\"model\":\"m\",\"messages\":[]}",
                        Messages.head(
                                "anthropic-version",
                                "2026-10-21",
                                "anthropic-beta",
                                "a-1, b-2,",
                                "anthropic-beta",
                                "c"))));

        assertThat(request.apiVersion()).isEqualTo("2026-10-21");
        assertThat(request.betas()).containsExactly("a-1", "b-2", "c");
    }

    @Test
    void a_source_that_the_gateway_made_up_is_none() {
        ChatRequest request = Messages.decode("""
                {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[
                 {"type":"text","text":"a","citations":[
                  {"type":"web_search_result_location","encrypted_index":"gw1.","url":"u"}]}]}]}""");

        assertThat(request.messages().getLast().blocks().getFirst())
                .isInstanceOfSatisfying(
                        Block.Text.class, text -> assertThat(text.citations()).isEmpty());
    }
}
