package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Json;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import org.junit.jupiter.api.Test;

class GeminiCountsTest {
    private static final CountCodec COUNTS = Gemini.CODEC.counts().orElseThrow();
    private static final RequestHead HEAD = Gemini.head("/v1beta/models/m:countTokens");
    private static final String WRAPPED =
            "{\"generateContentRequest\":{ \"model\":\"models/m\",\"contents\":[{\"parts\":[{\"text\":\"x\"}]}],\"system_instruction\":{\"parts\":[{\"text\":\"S\"}]}}}";

    private static Outline outline(String body) {
        return Gemini.ok(COUNTS.outline(Gemini.bytes(body), HEAD));
    }

    @Test
    void bare_contents_and_a_whole_request_are_both_counted() {
        ChatRequest bare = Gemini.ok(COUNTS.decode(outline(Gemini.ASKED)));
        ChatRequest whole = Gemini.ok(COUNTS.decode(outline(WRAPPED)));

        assertThat(bare.model()).isEqualTo("m");
        assertThat(bare.messages()).hasSize(1);
        assertThat(whole.system()).hasSize(1);
        assertThat(whole.messages().getFirst().path()).isEqualTo("generateContentRequest.contents[0]");
    }

    @Test
    void what_cannot_be_counted_is_refused() {
        for (String body : new String[] {"{}", "{\"generateContentRequest\":3}", "["}) {
            assertThat(COUNTS.outline(Gemini.bytes(body), HEAD)).isInstanceOf(Outcome.Bad.class);
        }
        assertThat(COUNTS.decode(outline("{\"generateContentRequest\":{}}"))).isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void a_provider_is_asked_with_instructions_and_tools() {
        ChatRequest request = Gemini.messages(
                "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"system\":\"S\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        EncodedRequest encoded = Gemini.ok(COUNTS.encode(request, Gemini.target("{}")));
        Json.Obj body = Gemini.json(encoded.body());

        assertThat(encoded.path()).isEqualTo("/v1beta/models/real:countTokens");
        assertThat(encoded.stream()).isFalse();
        assertThat(Gemini.print(Gemini.at(body, "generateContentRequest.model")))
                .isEqualTo("\"models/real\"");
        assertThat(Gemini.at(body, "generateContentRequest.systemInstruction")).isNotNull();
    }

    @Test
    void the_clients_own_bytes_go_on_but_for_the_model() {
        assertThat(COUNTS.splice(outline(Gemini.ASKED), Gemini.target("{}")).body())
                .isEqualTo(Gemini.bytes(Gemini.ASKED));
        assertThat(new String(
                        COUNTS.splice(outline(WRAPPED), Gemini.target("{}")).body(),
                        java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(WRAPPED.replace("models/m", "models/real"));
    }

    @Test
    void the_count_is_read_and_written() {
        assertThat(Gemini.ok(COUNTS.decode(Gemini.bytes("{\"totalTokens\":11,\"promptTokensDetails\":[]}"))))
                .isEqualTo(11);
        assertThat(COUNTS.decode(Gemini.bytes("{\"total\":1}"))).isInstanceOf(Outcome.Bad.class);
        assertThat(COUNTS.decode(Gemini.bytes("x"))).isInstanceOf(Outcome.Bad.class);
        assertThat(Gemini.print(Gemini.json(COUNTS.encode(12)))).isEqualTo("{\"totalTokens\":12}");
    }
}
