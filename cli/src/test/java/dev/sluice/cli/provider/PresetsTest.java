package dev.sluice.cli.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.ConfigReader;
import dev.sluice.core.config.ConfigReading;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    private static final Presets PRESETS = Presets.read();

    static List<Preset> presets() {
        return PRESETS.all();
    }

    @Test
    void there_are_at_least_25_each_with_an_id_and_a_name_of_its_own() {
        assertThat(PRESETS.all()).hasSizeGreaterThanOrEqualTo(25);
        assertThat(new HashSet<>(PRESETS.ids())).hasSameSizeAs(PRESETS.ids());
        assertThat(PRESETS.all().stream().map(Preset::name)).doesNotHaveDuplicates();
    }

    @Test
    void the_usual_ones_are_among_them() {
        assertThat(PRESETS.ids())
                .contains(
                        "openai",
                        "anthropic",
                        "gemini",
                        "bedrock",
                        "vertex",
                        "vertex-claude",
                        "azure",
                        "openrouter",
                        "groq",
                        "mistral",
                        "deepseek",
                        "xai",
                        "together",
                        "fireworks",
                        "cerebras",
                        "sambanova",
                        "nvidia",
                        "moonshot",
                        "zai",
                        "qwen",
                        "minimax",
                        "perplexity",
                        "cohere",
                        "huggingface",
                        "github-models",
                        "cloudflare",
                        "ollama",
                        "lm-studio",
                        "vllm",
                        "llama-cpp");
    }

    @ParameterizedTest
    @MethodSource("presets")
    void each_names_the_documents_it_follows_and_the_day(Preset preset) {
        assertThat(preset.documents()).isNotEmpty().allMatch(document -> document.startsWith("https://"));
        assertThat(LocalDate.parse(preset.checked())).isAfter(LocalDate.of(2026, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void none_is_called_tested_that_was_not(Preset preset) {
        assertThat(preset.tested()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void each_makes_a_provider_that_the_configuration_takes(Preset preset) {
        Map<String, String> values = new TreeMap<>();
        preset.variables().keySet().forEach(name -> values.put(name, "x1"));
        Json.Obj provider = new NewProvider(preset.id(), preset, values, Map.of(), List.of("a-model")).json();
        Json.Obj document = Json.object()
                .put("version", 1)
                .put("providers", Json.Arr.of(provider))
                .build();
        assertThat(ConfigReader.read(JsonText.bytes(document), 1)).isInstanceOf(ConfigReading.Good.class);
        assertThat(JsonText.print(provider.object("endpoints"))).doesNotContain("{region}", "{resource}", "{account}");
    }

    @ParameterizedTest
    @MethodSource("presets")
    void who_wants_a_secret_says_where_it_comes_from(Preset preset) {
        if (preset.credential() == null) {
            assertThat(preset.local()).isTrue();
        } else {
            assertThat(preset.credential().variable()).matches("[A-Z][A-Z0-9_]+");
            assertThat(preset.credential().where()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("presets")
    void every_variable_is_in_a_url_and_every_place_in_a_url_has_one(Preset preset) {
        String urls = String.join(" ", preset.endpoints().values());
        preset.variables().keySet().forEach(name -> assertThat(urls).contains("{" + name + "}"));
        String filled = urls;
        for (String name : preset.variables().keySet()) {
            filled = filled.replace("{" + name + "}", "").replace("{" + name + "-}", "");
        }
        assertThat(filled).doesNotContain("{", "}");
    }
}
