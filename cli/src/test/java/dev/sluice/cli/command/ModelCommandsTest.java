package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Shell;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models, aliases and limits of one provider.
class ModelCommandsTest {
    @TempDir
    private Path home;

    private Shell shell;

    @BeforeEach
    void add_a_provider() {
        shell = new Shell(home);
        assertThat(shell.run("provider", "add", "groq", "--model", "a", "--model", "b")
                        .exit())
                .isZero();
    }

    private Json.Obj provider() {
        Json.Obj document = Objects.requireNonNull(
                shell.run("config", "show", "--json").json().object("document"));
        return (Json.Obj) document.items("providers").getFirst();
    }

    private static Json json(String text) {
        return Objects.requireNonNull(JsonText.objectOrNull(text));
    }

    @Test
    void a_model_is_added_with_what_is_known_of_it() {
        Shell.Ran added = shell.run(
                "model",
                "add",
                "groq/openai/gpt-oss",
                "--alias",
                "oss",
                "--context",
                "131072",
                "--max-output",
                "65536",
                "--price",
                "input=0.10",
                "--price",
                "output=0.50",
                "--capability",
                "vision=false",
                "--capability",
                "max_tokens_param=max_tokens",
                "--fallback",
                "groq/a");
        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(provider().items("models").getLast()).isEqualTo(json("""
                        {"id":"openai/gpt-oss","aliases":["oss"],"contextWindow":131072,"maxOutputTokens":65536,\
                        "price":{"input":"0.10","output":"0.50"},\
                        "capabilities":{"vision":false,"max_tokens_param":"max_tokens"},"fallbackModels":["groq/a"]}"""));
        assertThat(shell.run("model", "list").out())
                .contains("groq/openai/gpt-oss", "131072", "0.10 in, 0.50 out", "oss");
    }

    @Test
    void a_wrong_capability_is_refused_with_the_nearest_known_name() {
        Shell.Ran refused = shell.run("model", "edit", "groq/a", "--capability", "visoin=true");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("providers[0].models[0].capabilities.visoin", "vision");
    }

    @Test
    void an_edit_changes_only_what_it_names_and_clears_what_it_is_told_to() {
        shell.run("model", "edit", "groq/a", "--context", "1000", "--alias", "x");
        shell.run("model", "edit", "groq/a", "--max-output", "10", "--clear", "aliases");
        assertThat(provider().items("models"))
                .containsExactly(json("{\"id\":\"a\",\"contextWindow\":1000,\"maxOutputTokens\":10}"), Json.of("b"));
        shell.run("model", "edit", "groq/a", "--clear", "contextWindow", "--clear", "maxOutputTokens");
        assertThat(provider().items("models")).containsExactly(Json.of("a"), Json.of("b"));
        assertThat(shell.run("model", "edit", "groq/a", "--clear", "price").exit())
                .isEqualTo(2);
        assertThat(shell.run("model", "edit", "groq/a", "--enable", "--disable").exit())
                .isEqualTo(2);
    }

    @Test
    void a_model_that_something_leads_to_stays_unless_that_goes_too() {
        shell.run("alias", "add", "coding", "--target", "groq/a", "--target", "b");
        assertThat(shell.run("model", "remove", "groq/a").err()).contains("alias coding: groq/a");
        assertThat(shell.run("model", "remove", "groq/a", "--cascade").exit()).isZero();
        assertThat(provider().items("models")).containsExactly(Json.of("b"));
        assertThat(shell.run("alias", "list").out()).contains("coding", "b").doesNotContain("groq/a");
    }

    @Test
    void the_wildcard_comes_and_goes_as_a_model() {
        shell.run("model", "add", "groq/*");
        assertThat(shell.run("model", "list").out()).contains("groq/*");
        assertThat(shell.run("model", "remove", "groq/*").exit()).isZero();
        assertThat(provider().items("models")).hasSize(2);
    }

    @Test
    void unknown_names_are_told_the_nearest() {
        assertThat(shell.run("model", "add", "grok/x").err()).contains("no provider grok; did you mean groq");
        assertThat(shell.run("model", "edit", "groq", "--context", "1").err()).contains("no PROVIDER/MODEL");
        assertThat(shell.run("model", "add", "groq/a").err()).contains("sluice model edit groq/a");
        assertThat(shell.run("model", "default", "groq/aa").err()).contains("defaultModel", "groq/a");
        assertThat(shell.run("alias", "edit", "codin").err()).contains("there is none yet");
    }

    @Test
    void the_default_model_is_set_and_unset() {
        shell.run("model", "default", "groq/a");
        assertThat(shell.run("model", "list", "--json").json().text("defaultModel"))
                .isEqualTo("groq/a");
        shell.run("model", "default", "--none");
        assertThat(shell.run("model", "list").err()).contains("no default model");
        assertThat(shell.run("model", "default").exit()).isEqualTo(2);
    }

    @Test
    void an_alias_has_targets_with_weights_and_a_second_tier() {
        shell.run(
                "alias", "add", "coding", "--target", "groq/a@3", "--fallback", "groq/b", "--strategy", "weighted-rr");
        assertThat(shell.run("alias", "list", "--json").json().object("aliases"))
                .isEqualTo(json("""
                        {"coding":{"strategy":"weighted-rr","targets":[{"ref":"groq/a","weight":3}],\
                        "fallbackTargets":[{"ref":"groq/b"}]}}"""));
        shell.run("alias", "edit", "coding", "--add-target", "groq/b@2", "--add-target", "groq/a@5");
        assertThat(shell.run("alias", "list").out()).contains("groq/a@5 groq/b@2");
        shell.run("alias", "edit", "coding", "--remove-target", "groq/a", "--strategy", "ordered");
        assertThat(shell.run("alias", "list").out()).contains("ordered").doesNotContain("groq/a");
        assertThat(shell.run("alias", "edit", "coding", "--remove-target", "groq/z")
                        .err())
                .contains("did you mean groq/b");
        assertThat(shell.run("alias", "add", "coding", "--target", "a").exit()).isEqualTo(2);
        assertThat(shell.run("alias", "add", "empty").err()).contains("--target");
        assertThat(shell.run("alias", "add", "x", "--target", "a", "--strategy", "orderd")
                        .err())
                .contains("did you mean ordered");
    }

    @Test
    void an_alias_that_another_leads_to_goes_only_with_it() {
        shell.run("alias", "add", "inner", "--target", "groq/a");
        shell.run("alias", "add", "outer", "--target", "inner");
        assertThat(shell.run("alias", "remove", "inner").err()).contains("alias outer: inner");
        assertThat(shell.run("alias", "remove", "inner", "--cascade").exit()).isZero();
        assertThat(shell.run("alias", "list").out()).contains("no alias is configured");
    }

    @Test
    void a_limit_has_a_window_as_people_write_it() {
        assertThat(shell.run("limit", "add", "groq", "--window", "1w", "--requests", "20000", "--tokens", "5000000")
                        .exit())
                .isZero();
        assertThat(provider().items("rateLimits")).containsExactly(json("""
                        {"id":"week","models":["all"],"requests":20000,"tokens":5000000,\
                        "window":{"unit":"week","size":1}}"""));
        shell.run(
                "limit", "add", "groq", "--window", "7day", "--usd", "25.00", "--model", "a", "--safety-margin", "0.1");
        assertThat(shell.run("limit", "list").out()).contains("7-day", "day:7", "25.00");
        shell.run("limit", "edit", "groq", "week", "--requests", "10", "--clear", "tokens");
        assertThat(provider().items("rateLimits").getFirst())
                .isEqualTo(json("{\"id\":\"week\",\"models\":[\"all\"],\"requests\":10,"
                        + "\"window\":{\"unit\":\"week\",\"size\":1}}"));
        shell.run("limit", "remove", "groq", "week");
        shell.run("limit", "remove", "groq", "7-day");
        assertThat(provider().has("rateLimits")).isFalse();
        assertThat(shell.run("limit", "list", "groq").out()).contains("no limit is configured");
    }

    @Test
    void a_limit_says_what_it_wants() {
        assertThat(shell.run("limit", "add", "groq", "--window", "1w").err())
                .contains("--requests, --tokens and --usd");
        assertThat(shell.run("limit", "add", "groq", "--requests", "1").err()).contains("--window");
        assertThat(shell.run("limit", "add", "groq", "--window", "fortnight", "--requests", "1")
                        .err())
                .contains("fortnight is no window", "7day");
        assertThat(shell.run("limit", "add", "groq", "--window", "1d", "--requests", "0")
                        .err())
                .contains("rateLimits[0].requests");
        shell.run("limit", "add", "groq", "--window", "1d", "--requests", "1");
        assertThat(shell.run("limit", "add", "groq", "--window", "1d", "--requests", "1")
                        .err())
                .contains("sluice limit edit groq day");
        assertThat(shell.run("limit", "edit", "groq", "dya", "--requests", "1").err())
                .contains("did you mean day");
    }

    @Test
    void a_change_through_the_commands_is_refused_whole_and_names_every_error() {
        Shell.Ran refused = shell.run(
                "model", "add", "groq/c", "--context", "0", "--price", "inputs=1", "--quirk", "none", "--json");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.json().text("result")).isEqualTo("refused");
        assertThat(refused.json().items("errors")).hasSize(3);
    }
}
