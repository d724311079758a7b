package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityNamesTest {
    private static Outcome<Capabilities> read(String json) {
        Json.Obj caps = JsonText.objectOrNull(json);
        assertThat(caps).isNotNull();
        return CapabilityNames.read(caps, Set.of());
    }

    private static Capabilities ok(String json) {
        return ((Outcome.Ok<Capabilities>) read(json)).value();
    }

    private static Failure.Refused refused(String json) {
        return (Failure.Refused) ((Outcome.Bad<Capabilities>) read(json)).failure();
    }

    @Test
    void nothing_given_is_the_default() {
        assertThat(ok("{}")).isEqualTo(Capabilities.DEFAULT);
    }

    @Test
    void reads_every_name() {
        Capabilities read = ok("""
                {"max_tokens_param":"max_tokens","max_output_tokens":64000,"sampling":false,"stop":false,"max_stop":2,
                 "tools":false,"vision":false,"pdf":false,"reasoning":"none","efforts":["none","max"],"thinking":"budget",
                 "gemini_thinking":"budget","gemini_signature_required":true,"function_response_parts":true,
                 "reasoning_history":"reasoning_content","mid_system":false,"custom_tools":true,"web_search":true,
                 "structured_output":false,"prompt_cache":false,"prompt_cache_breakpoint":true,"tool_name_max":32,
                 "tool_id_max":40,"stream_options":false,"prefill":true,"family":"x"}""");
        assertThat(read)
                .isEqualTo(new Capabilities(
                        "max_tokens",
                        64_000L,
                        false,
                        false,
                        2,
                        false,
                        false,
                        false,
                        false,
                        List.of(Effort.NONE, Effort.MAX),
                        Capabilities.Thinking.BUDGET,
                        Capabilities.ReasoningHistory.REASONING_CONTENT,
                        false,
                        true,
                        true,
                        false,
                        false,
                        true,
                        32,
                        40,
                        false,
                        true,
                        true,
                        true,
                        Capabilities.GeminiThinking.BUDGET,
                        "x",
                        Set.of()));
    }

    @Test
    void carries_the_quirks() {
        Set<Capabilities.Quirk> quirks = Set.of(Capabilities.Quirk.THINK_TAGS);
        Outcome<Capabilities> outcome = CapabilityNames.read(Json.Obj.EMPTY, quirks);
        assertThat(((Outcome.Ok<Capabilities>) outcome).value().quirks()).isEqualTo(quirks);
    }

    @Test
    void names_the_nearest_name_and_every_problem() {
        Failure.Refused failure = refused("{\"max_token_param\":\"x\",\"vision\":1}");
        assertThat(failure.message()).contains("`max_tokens_param`").contains("`vision` must be true or false");
        assertThat(failure.param()).isEqualTo("max_token_param");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"vision\":\"yes\"}", "{\"max_tokens_param\":\"tokens\"}", "{\"max_output_tokens\":0}",
                        "{\"max_stop\":1.5}",
                "{\"efforts\":[\"low\",\"much\"]}", "{\"efforts\":\"low\"}", "{\"thinking\":\"deep\"}",
                        "{\"family\":1}",
                "{\"tool_id_max\":8}", "{\"reasoning\":true}"
            })
    void refuses(String json) {
        assertThat(read(json)).isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void lists_its_names() {
        assertThat(CapabilityNames.names()).hasSize(26).contains("tools", "vision", "family");
    }
}
