package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import dev.sluice.protocol.Outline;
import org.junit.jupiter.api.Test;

class GeminiOutlineTest {
    @Test
    void model_and_stream_come_from_the_path() {
        Outline streamed = Gemini.ok(Gemini.CODEC.requests().outline(Gemini.bytes(Gemini.ASKED), Gemini.events()));

        assertThat(streamed.model()).isEqualTo("m");
        assertThat(streamed.stream()).isTrue();
        assertThat(Gemini.outline(Gemini.ASKED).stream()).isFalse();
    }

    @Test
    void wishes_are_found_in_either_spelling() {
        for (String body : new String[] {"""
            {"contents":[],"tools":[{"functionDeclarations":[{"name":"f"}]},{"googleSearch":{}}],
             "generationConfig":{"maxOutputTokens":5,"responseMimeType":"application/json","thinkingConfig":{"thinkingLevel":"HIGH"}}}
            """, """
            {"contents":[],"tools":[{"function_declarations":[{"name":"f"}]},{"google_search":{}}],
             "generation_config":{"max_output_tokens":5,"response_schema":{},"thinking_config":{"thinking_budget":9}}}
            """}) {
            Outline outline = Gemini.outline(body);

            assertThat(outline.wants())
                    .containsExactlyInAnyOrder(Field.TOOLS, Field.WEB_SEARCH, Field.RESPONSE_FORMAT, Field.REASONING);
            assertThat(outline.maxOutputTokens()).isEqualTo(5);
        }
    }

    @Test
    void to_see_thoughts_is_no_wish_for_thought() {
        assertThat(Gemini.outline(Gemini.SHOWN).wants()).isEmpty();
    }

    @Test
    void a_wrong_type_is_refused_by_its_name() {
        assertWrong("{}", "contents");
        assertWrong("{\"contents\":\"x\"}", "contents");
        assertWrong("{\"contents\":[],\"tools\":3}", "tools");
        assertWrong("{\"contents\":[],\"generation_config\":[]}", "generationConfig");
        assertWrong(
                "{\"contents\":[],\"generationConfig\":{\"maxOutputTokens\":\"x\"}}",
                "generationConfig.maxOutputTokens");
    }

    private static void assertWrong(String body, String field) {
        Failure failure = Gemini.bad(Gemini.CODEC.requests().outline(Gemini.bytes(body), Gemini.whole()));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Refused.class,
                        refused -> assertThat(refused.param()).isEqualTo(field));
    }
}
