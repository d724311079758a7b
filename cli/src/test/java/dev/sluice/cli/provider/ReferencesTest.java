package dev.sluice.cli.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final String DOCUMENT = """
            {"version": 1, "defaultModel": "best",
             "providers": [
               {"id": "one", "endpoints": {"openai-chat": "https://one.example/v1"},
                "models": ["a", {"id": "b", "aliases": ["bee"], "fallbackModels": ["two/c"]}],
                "rateLimits": [{"id": "m", "models": ["a"], "requests": 5, "window": {"unit": "month", "size": 1}}]},
               {"id": "two", "endpoints": {"openai-chat": "https://two.example/v1"}, "models": ["c"]}],
             "modelAliases": {
               "best": {"targets": [{"ref": "good"}]},
               "good": {"targets": [{"ref": "two/c"}], "fallbackTargets": [{"ref": "c"}]},
               "mixed": {"targets": [{"ref": "bee"}, {"ref": "c"}]}}}
            """;

    private static WorkingCopy copy() {
        return new WorkingCopy(3, Objects.requireNonNull(JsonText.objectOrNull(DOCUMENT)));
    }

    @Test
    void nothing_goes_where_everything_leads_somewhere() {
        References.Pruned pruned = References.prune(copy());
        assertThat(pruned.gone()).isEmpty();
        assertThat(pruned.copy()).isEqualTo(copy());
    }

    @Test
    void what_led_to_a_provider_goes_with_what_led_to_that() {
        References.Pruned pruned = References.prune(copy().withoutProvider("two"));
        assertThat(pruned.gone())
                .containsExactly(
                        "alias good: two/c",
                        "alias good: c",
                        "alias good: no target is left",
                        "alias mixed: c",
                        "fallback of one/b: two/c",
                        "alias best: good",
                        "alias best: no target is left",
                        "defaultModel: best");
        assertThat(pruned.copy().aliases()).containsOnlyKeys("mixed");
        assertThat(pruned.copy().document().has("defaultModel")).isFalse();
        assertThat(pruned.copy().provider("one").items("models").getLast())
                .isEqualTo(JsonText.objectOrNull("{\"id\":\"b\",\"aliases\":[\"bee\"]}"));
    }

    @Test
    void a_limit_for_a_model_that_is_gone_goes() {
        WorkingCopy copy = copy();
        References.Pruned pruned =
                References.prune(copy.withProvider(ProviderModels.without(copy.provider("one"), "a")));
        assertThat(pruned.gone()).containsExactly("limit m of one: a");
        assertThat(pruned.copy().provider("one").items("rateLimits")).isEmpty();
    }

    @Test
    void an_alias_that_bears_its_models_name_stays_while_the_model_does() {
        WorkingCopy copy = copy().withAlias("a", alias("a"));
        assertThat(References.prune(copy).gone()).isEmpty();
        WorkingCopy without = copy.withProvider(ProviderModels.without(copy.provider("one"), "a"));
        assertThat(References.prune(without).copy().aliases()).doesNotContainKey("a");
    }

    private static Json.Obj alias(String ref) {
        return Json.object()
                .put("targets", Json.Arr.of(Json.object().put("ref", ref).build()))
                .build();
    }
}
