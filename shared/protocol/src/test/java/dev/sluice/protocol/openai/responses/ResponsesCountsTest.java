package dev.sluice.protocol.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestHead;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesCountsTest {
    private final CountCodec counts = Asking.CODEC.counts().orElseThrow();

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void asks_only_what_the_operation_takes() {
        EncodedRequest call = Asking.ok(counts.encode(
                Asking.request(
                        Dialect.ANTHROPIC,
                        "{'max_tokens':100,'stream':true,'system':'S','temperature':0.5,'messages':[" + Asking.USER
                                + "],'tools':[{'name':'f','input_schema':{'type':'object'}}],"
                                + "'thinking':{'type':'adaptive'}}"),
                Asking.target(Dialect.OPENAI_RESPONSES, "{}")));

        assertThat(call.path()).isEqualTo("/responses/input_tokens");
        assertThat(call.stream()).isFalse();
        assertThat(Asking.body(call).fields().keySet())
                .containsExactlyInAnyOrder("model", "instructions", "input", "tools", "reasoning");
    }

    @Test
    void passes_the_clients_own_bytes() {
        byte[] body = bytes("{'model':'real', 'input':'hi'}");

        EncodedRequest call = counts.splice(
                Asking.ok(counts.outline(body, RequestHead.NONE)), Asking.target(Dialect.OPENAI_RESPONSES, "{}"));

        assertThat(call.body()).isSameAs(body);
        assertThat(call.path()).isEqualTo("/responses/input_tokens");
    }

    @Test
    void counts_what_a_client_asks() {
        Outcome<Long> read = counts.decode(bytes("{'object':'response.input_tokens','input_tokens':11}"));

        assertThat(Asking.ok(read)).isEqualTo(11);
        assertThat(counts.encode(11)).isEqualTo(bytes("{'object':'response.input_tokens','input_tokens':11}"));
        assertThat(Asking.ok(counts.outline(bytes("{'input':'hi'}"), RequestHead.NONE)
                                .then(counts::decode))
                        .messages())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{'input_tokens':'11'}", "{'input_tokens':-1}"})
    void an_answer_without_a_count_is_malformed(String body) {
        assertThat(counts.decode(bytes(body)))
                .isInstanceOfSatisfying(
                        Outcome.Bad.class,
                        bad -> assertThat(((Failure.Upstream) bad.failure()).category())
                                .isEqualTo(Failure.Category.MALFORMED_ANSWER));
    }
}
