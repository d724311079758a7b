package dev.sluice.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.model.TokenLogprob;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.Logprobs;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TokenScoresTest {
    private static Json.Obj json(String text) {
        return Objects.requireNonNull(JsonText.objectOrNull(text.replace('\'', '"')));
    }

    private static TokenLogprob token(String text, String logprob) {
        return new TokenLogprob(text, new Json.Num(logprob), null, null, List.of());
    }

    @Test
    void the_chosen_tokens_and_the_likeliest_are_read_side_by_side_in_either_spelling() {
        List<TokenLogprob> tokens = TokenScores.read(json(
                "{'logprobsResult':{'chosen_candidates':[{'token':'a','log_probability':-1,'token_id':7},{'token':'b'}],"
                        + "'topCandidates':[{'candidates':[{'token':'c','logProbability':-2}]}]}}"));

        assertThat(tokens)
                .containsExactly(
                        new TokenLogprob("a", new Json.Num("-1"), null, new Json.Num("7"), List.of(token("c", "-2"))),
                        token("b", "0"));
    }

    @Test
    void a_probability_without_an_end_is_an_unlikely_one() {
        List<TokenLogprob> tokens = TokenScores.read(
                json("{'logprobsResult':{'chosenCandidates':[{'token':'a','logProbability':'-Infinity'}]}}"));

        assertThat(tokens).extracting(TokenLogprob::logprob).containsExactly(Logprobs.UNLIKELY);
    }

    @Test
    void lists_of_the_likeliest_are_as_many_as_tokens() {
        TokenScores scores = new TokenScores();
        scores.add(List.of(
                token("a", "-1"), new TokenLogprob("b", new Json.Num("-2"), null, null, List.of(token("c", "-3")))));

        assertThat(scores.take())
                .isEqualTo(
                        json(
                                "{'chosenCandidates':[{'token':'a','logProbability':-1},{'token':'b','logProbability':-2}],"
                                        + "'topCandidates':[{'candidates':[]},{'candidates':[{'token':'c','logProbability':-3}]}]}"));
        assertThat(scores.take()).isNull();

        scores.add(List.of(token("d", "-6")));

        assertThat(scores.take())
                .isEqualTo(
                        json(
                                "{'chosenCandidates':[{'token':'d','logProbability':-6}],'topCandidates':[{'candidates':[]}]}"));
        assertThat(scores.average()).isEqualTo(new Json.Num("-3.0"));
    }

    @Test
    void an_average_that_is_no_number_is_none() {
        TokenScores scores = new TokenScores();

        assertThat(scores.average()).isNull();

        scores.add(List.of(token("a", "-1e999")));

        assertThat(scores.average()).isNull();
    }

    @Test
    void tokens_of_a_chunk_that_only_calls_or_thinks_are_not_those_of_its_text() {
        Json text = json("{'text':'a'}");
        Json thought = json("{'text':'a','thought':true}");
        Json call = json("{'functionCall':{'name':'f'}}");

        assertThat(TokenScores.areOfText(List.of())).isTrue();
        assertThat(TokenScores.areOfText(List.of(text))).isTrue();
        assertThat(TokenScores.areOfText(List.of(thought, text, call))).isTrue();
        assertThat(TokenScores.areOfText(List.of(thought))).isFalse();
        assertThat(TokenScores.areOfText(List.of(call))).isFalse();
    }
}
