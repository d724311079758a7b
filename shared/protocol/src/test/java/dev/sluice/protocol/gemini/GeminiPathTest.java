package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeminiPathTest {
    @Test
    void the_model_stands_between_the_collection_and_the_last_colon() {
        assertThat(GeminiPath.of("/v1beta/models/m-2.5:generateContent"))
                .isEqualTo(new GeminiPath("m-2.5", "generateContent"));
        assertThat(GeminiPath.of("/v1/models/org/m:free:countTokens"))
                .isEqualTo(new GeminiPath("org/m:free", "countTokens"));
        assertThat(GeminiPath.of("/v1/models/m:streamGenerateContent").isStream())
                .isTrue();
    }

    @Test
    void a_model_is_decoded_and_freed_of_its_collection() {
        assertThat(GeminiPath.of("/v1beta/models/models%2Fm:generateContent").model())
                .isEqualTo("m");
        assertThat(GeminiPath.of("/v1beta/models/models/m:generateContent").model())
                .isEqualTo("m");
        assertThat(GeminiPath.of("/v1beta/models/a%20b+c:generateContent").model())
                .isEqualTo("a b+c");
        assertThat(GeminiPath.of("/v1beta/models/a%zz:generateContent").model()).isEqualTo("a%zz");
    }

    @Test
    void a_path_of_another_kind_names_no_model() {
        assertThat(GeminiPath.of("/v1/messages")).isEqualTo(new GeminiPath("", ""));
        assertThat(GeminiPath.of("/v1/models/m")).isEqualTo(new GeminiPath("m", ""));
    }

    @Test
    void a_provider_is_asked_for_events_and_never_given_a_key() {
        assertThat(GeminiPath.to("m", GeminiPath.STREAM)).isEqualTo("/v1beta/models/m:streamGenerateContent?alt=sse");
        assertThat(GeminiPath.to("models/m", GeminiPath.GENERATE)).isEqualTo("/v1beta/models/m:generateContent");
        assertThat(GeminiPath.to("tunedModels/t", GeminiPath.COUNT)).isEqualTo("/v1beta/tunedModels/t:countTokens");
        assertThat(GeminiPath.to("org/a b:c", GeminiPath.GENERATE))
                .isEqualTo("/v1beta/models/org/a%20b%3Ac:generateContent");
    }
}
