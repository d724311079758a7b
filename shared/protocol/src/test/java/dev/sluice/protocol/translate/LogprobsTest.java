package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Degradation;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.Policies;
import dev.sluice.model.Sampling;
import dev.sluice.model.StreamEvent;
import dev.sluice.model.TokenLogprob;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogprobsTest {
    private static TokenLogprob token(String text) {
        return new TokenLogprob(text, new Json.Num("-0.5"), null, null, List.of());
    }

    private static String written(TokenLogprob token, @Nullable Json noBytes) {
        return JsonText.print(Logprobs.write(List.of(token), noBytes));
    }

    private static List<TokenLogprob> read(String json) {
        return JsonText.parse(json) instanceof JsonText.Parsed.Value(Json.Arr(List<Json> items))
                ? Logprobs.read(items)
                : List.of();
    }

    private static ChatRequest asking(@Nullable Boolean logprobs, @Nullable Long top) {
        return new ChatRequest.Builder(Dialect.OPENAI_CHAT)
                .model("m")
                .sampling(new Sampling(null, null, null, null, null, null, null, null, null, logprobs, top))
                .path(Field.TOP_LOGPROBS, "top_logprobs")
                .build();
    }

    private static Losses losses() {
        return new Losses(new TargetProfile(Dialect.GEMINI, "m", Capabilities.DEFAULT, Policies.DEFAULT));
    }

    @Test
    void a_token_keeps_its_bytes_its_numbers_and_the_likeliest_in_its_place() {
        String given = "[{\"token\":\"\\\\xf0\",\"logprob\":-1e-05,\"bytes\":[240],"
                + "\"top_logprobs\":[{\"token\":\"a\",\"logprob\":-9999.0,\"bytes\":null}]}]";

        assertThat(JsonText.print(Logprobs.write(read(given), Json.NULL)))
                .isEqualTo("[{\"token\":\"\\\\xf0\",\"logprob\":-1e-05,\"bytes\":[240],"
                        + "\"top_logprobs\":[{\"token\":\"a\",\"logprob\":-9999.0,\"bytes\":[97]}]}]");
    }

    @Test
    void bytes_that_are_those_of_the_text_are_not_kept() {
        assertThat(read("[{\"token\":\"é\",\"logprob\":0,\"bytes\":[195,169]}]"))
                .containsExactly(new TokenLogprob("é", new Json.Num("0"), null, null, List.of()));
    }

    @Test
    void bytes_that_nobody_told_are_those_of_the_text() {
        assertThat(written(token("é"), Json.NULL)).contains("\"bytes\":[195,169]");
    }

    @Test
    void a_piece_of_a_character_has_no_bytes_that_could_be_known() {
        assertThat(written(token("\uFFFD"), Json.NULL)).contains("\"bytes\":null");
        assertThat(written(token("\uFFFD"), Json.Arr.of())).contains("\"bytes\":[]");
        assertThat(written(token("\uFFFD"), null)).isEqualTo("[{\"token\":\"\uFFFD\",\"logprob\":-0.5}]");
        assertThat(written(token("\uD83D"), Json.NULL)).contains("\"bytes\":null");
    }

    @Test
    void what_is_no_token_is_passed_over_and_what_is_no_number_is_unlikely() {
        List<TokenLogprob> tokens =
                read("[1,null,{\"token\":\"a\",\"logprob\":\"-Infinity\",\"bytes\":[\"x\"],\"top_logprobs\":{}},{}]");

        assertThat(tokens).extracting(TokenLogprob::token).containsExactly("a", "");
        assertThat(tokens).extracting(TokenLogprob::logprob).containsOnly(Logprobs.UNLIKELY);
        assertThat(tokens).extracting(TokenLogprob::bytes).containsOnlyNulls();
    }

    @Test
    void they_are_asked_for_by_the_switch_or_by_a_number_alone() {
        assertThat(Logprobs.areAsked(asking(true, null))).isTrue();
        assertThat(Logprobs.areAsked(asking(null, 2L))).isTrue();
        assertThat(Logprobs.areAsked(asking(false, 2L))).isFalse();
        assertThat(Logprobs.areAsked(asking(null, null))).isFalse();
    }

    @Test
    void more_than_twenty_of_the_likeliest_are_twenty_and_told() {
        Losses losses = losses();

        assertThat(Logprobs.top(asking(true, 20L), losses)).isEqualTo(20);
        assertThat(losses.degraded()).isEmpty();
        assertThat(Logprobs.top(asking(true, 21L), losses)).isEqualTo(20);
        assertThat(losses.degraded()).containsExactly(new Degradation("top_logprobs", "clamped"));
    }

    @Test
    void tokens_wait_for_their_block_and_are_told_once() {
        TokensAhead ahead = new TokensAhead();
        List<StreamEvent> events = new ArrayList<>();
        ahead.add(List.of(token("a")));
        ahead.add(List.of(token("b")));

        ahead.tell(3, events::add);
        ahead.tell(3, events::add);

        assertThat(events).containsExactly(new StreamEvent.LogprobsDelta(3, List.of(token("a"), token("b"))));
    }
}
