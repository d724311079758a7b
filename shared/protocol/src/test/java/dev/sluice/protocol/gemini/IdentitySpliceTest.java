package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.model.Signature;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentitySpliceTest {
    private static final String SEAL =
            Gemini.SEAL.seal(new Seal.Content(new Signature(Dialect.ANTHROPIC, "S"), false, "hmm", null));

    private static String spliced(String body, String caps) {
        return new String(
                Gemini.CODEC
                        .requests()
                        .splice(Gemini.outline(body), Gemini.target(caps))
                        .body(),
                StandardCharsets.UTF_8);
    }

    private static String sealed(String proof) {
        return "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\""
                + proof + "\"},{\"functionCall\":{\"name\":\"g\"},\"thought_signature\":\"" + proof
                + "\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"\",\"thoughtSignature\":\"" + proof
                + "\"}]}], \"x\" : 1.0}";
    }

    @Test
    void the_model_goes_into_the_path_and_the_bytes_stay() {
        String body =
                "{ \"contents\" :[{\"parts\":[{\"text\":\"gw1.x\",\"thoughtSignature\":\"b3du\"}]}],\"generation_config\":{\"top_k\":1e0}}";
        Outline outline = Gemini.ok(Gemini.CODEC.requests().outline(Gemini.bytes(body), Gemini.array()));
        EncodedRequest sent = Gemini.CODEC.requests().splice(outline, Gemini.target("{}"));

        assertThat(sent.path()).isEqualTo("/v1beta/models/real:streamGenerateContent?alt=sse");
        assertThat(sent.body()).isSameAs(outline.body());
        assertThat(sent.stream()).isTrue();
    }

    @Test
    void a_model_in_the_body_is_replaced_too() {
        assertThat(spliced("{\"model\":\"models/m\",\"contents\":[]}", "{}"))
                .isEqualTo("{\"model\":\"models/real\",\"contents\":[]}");
    }

    @Test
    void seals_are_taken_out_and_nothing_else() {
        for (String proof : List.of(SEAL, CarriedProof.wrapped(List.of(SEAL)))) {
            assertThat(spliced(sealed(proof), "{}"))
                    .isEqualTo(
                            "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\"}},"
                                    + "{\"functionCall\":{\"name\":\"g\"}}]},{\"role\":\"model\",\"parts\":[{\"text\":\"\"}]}], \"x\" : 1.0}");
        }
    }

    @Test
    void a_model_that_wants_a_proof_gets_the_documented_word_for_none() {
        assertThat(spliced(sealed(SEAL), "{\"gemini_signature_required\":true}"))
                .containsOnlyOnce("\"thoughtSignature\":\"skip_thought_signature_validator\"")
                .doesNotContain("gw1.");
    }

    @Test
    void of_a_clients_headers_those_without_a_credential_go_on() {
        assertThat(Gemini.CODEC
                        .forwarded(Headers.of(
                                "x-goog-api-client", "c", "user-agent", "u", "x-goog-api-key", "k", "cookie", "c"))
                        .fields())
                .extracting(Headers.Field::name)
                .containsExactly("x-goog-api-client", "user-agent");
    }
}
