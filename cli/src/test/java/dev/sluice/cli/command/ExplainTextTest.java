package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExplainTextTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static String text(String document, Paint paint) {
        Json.Obj object = JsonText.objectOrNull(document);
        assertThat(object).as(document).isNotNull();
        return new ExplainText(object, NOON, paint).text();
    }

    private static final String FULL = """
            {"model": "coding", "route": "coding (auto)", "version": 4, "session": "s-1", "state": ["local-limits"],
             "candidates": [
               {"place": 1, "ref": "openrouter/claude-opus-4.8", "dialect": "anthropic", "lane": "identity",
                "weight": 2, "reason": "sticky by session", "usable": true,
                "buckets": [
                  {"id": "day", "unit": "requests", "used": 612, "most": 1000, "remaining": 388,
                   "resets": "2026-03-02T00:00:00Z"},
                  {"id": "month", "unit": "tokens", "used": 4000000, "most": 4000000, "remaining": 0,
                   "resets": "2026-04-01T00:00:00Z"}],
                "failures": 1, "recovery": null},
               {"place": 2, "ref": "second/gpt-4o", "dialect": "openai-chat", "lane": "translated",
                "weight": 0.5, "reason": "", "usable": false, "buckets": [], "failures": 2,
                "recovery": {"at": "2026-03-01T12:04:30Z", "category": "RATE_LIMITED", "named": true}}],
             "skipped": [{"ref": "gone/x", "reason": "disabled"}], "error": null}
            """;

    @Test
    void shows_each_candidate_with_its_buckets_and_its_health() {
        assertThat(text(FULL, Paint.PLAIN)).isEqualToNormalizingNewlines("""
                        coding -> coding (auto), configuration version 4, session s-1
                        the store is not fresh: local-limits

                         1  openrouter/claude-opus-4.8                                          weight 2
                            anthropic, identity, sticky by session
                            day requests     [######----] 612/1000 until 00:00 UTC
                            month tokens     [##########] 4000000/4000000 until 2026-04-01 UTC
                            1 failure in a row

                         2  second/gpt-4o                                                     weight 0.5
                            openai-chat, translated
                            not usable for another 4 min 30 s: rate-limited, as the provider asked, 2
                            failures in a row

                        skipped
                            gone/x: disabled
                        """);
    }

    @Test
    void says_that_a_target_whose_bucket_is_used_up_is_passed_by() {
        String document = """
                {"model": "m", "route": "direct", "candidates": [
                   {"place": 1, "ref": "plan/m", "dialect": "anthropic", "lane": "identity", "weight": 1,
                    "reason": "in the order of the list", "usable": false, "buckets": [
                      {"id": "minute", "unit": "requests", "used": 3, "most": 3, "resets": "2026-03-01T12:01:00Z"},
                      {"id": "minute", "unit": "tokens", "used": 30, "most": 40, "resets": "2026-03-01T12:01:00Z"}],
                    "failures": 0, "recovery": null}], "skipped": [], "error": null}
                """;
        assertThat(text(document, Paint.PLAIN)).isEqualToNormalizingNewlines("""
                        m -> direct

                         1  plan/m                                                              weight 1
                            anthropic, identity, in the order of the list
                            minute requests  [##########] 3/3 until 12:01 UTC
                            minute tokens    [#######---] 30/40 until 12:01 UTC
                            not usable: minute requests used up
                        """);
    }

    @Test
    void fits_80_columns_and_colours_a_terminal_only() {
        assertThat(text(FULL, Paint.PLAIN).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(text(FULL, Paint.PLAIN)).doesNotContain("\u001b");
        String coloured = text(FULL, Paint.COLOURED);
        assertThat(coloured).contains("\u001b[33m");
        assertThat(coloured.replace("\u001b[1m", "").replace("\u001b[33m", "").replace("\u001b[0m", ""))
                .isEqualTo(text(FULL, Paint.PLAIN));
    }

    @Test
    void what_others_named_cannot_play_with_the_terminal() {
        String document = """
                {"model": "a\\u001b[2J", "route": "r\\n", "candidates": [{"ref": "x\\u0007", "dialect": "d\\u0000",
                 "buckets": [{"id": "b\\u001b"}]}], "skipped": [{"ref": "y\\r", "reason": "z\\t"}], "error": "e\\u001b"}
                """;
        assertThat(text(document, Paint.PLAIN).chars()).allMatch(c -> c == '\n' || !Character.isISOControl(c));
    }

    @Test
    void tells_the_time_that_is_left_in_words() {
        assertThat(recovery("2026-03-01T12:00:00.500Z")).contains("for another 1 s:");
        assertThat(recovery("2026-03-01T12:01:59Z")).contains("for another 119 s:");
        assertThat(recovery("2026-03-01T13:00:00Z")).contains("for another 60 min 0 s:");
        assertThat(recovery("2026-03-02T12:00:00Z")).contains("for another 24 h 0 min:");
        assertThat(recovery("2026-03-01T11:59:00Z")).contains("not usable just now:");
        assertThat(recovery("tomorrow")).contains("not usable: x");
    }

    private static String recovery(String at) {
        return text(
                "{\"candidates\": [{\"ref\": \"a\", \"recovery\": {\"at\": \"" + at + "\", \"category\": \"X\"}}]}",
                Paint.PLAIN);
    }
}
