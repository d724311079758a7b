package dev.sluice.cli.importing;

import dev.sluice.cli.provider.Preset;
import dev.sluice.cli.provider.Presets;
import dev.sluice.model.Dialect;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What other gateways call the providers that there are presets for.
final class Vendors {
    private static final Map<String, String> PRESETS = Map.ofEntries(
            Map.entry("together_ai", "together"),
            Map.entry("fireworks_ai", "fireworks"),
            Map.entry("nvidia_nim", "nvidia"),
            Map.entry("dashscope", "qwen"),
            Map.entry("cohere_chat", "cohere"),
            Map.entry("github", "github-models"),
            Map.entry("ollama_chat", "ollama"),
            Map.entry("lm_studio", "lm-studio"),
            Map.entry("hosted_vllm", "vllm"),
            Map.entry("vllm", "vllm"),
            Map.entry("vertex_ai", "vertex"),
            Map.entry("bedrock_converse", "bedrock"),
            Map.entry("text-completion-openai", "openai"),
            Map.entry("glm", "zai"),
            Map.entry("z.ai", "zai"),
            Map.entry("kimi", "moonshot"),
            Map.entry("moonshotai", "moonshot"),
            Map.entry("pplx", "perplexity"),
            Map.entry("ds", "deepseek"),
            Map.entry("grok", "xai"),
            Map.entry("google", "gemini"),
            Map.entry("hf", "huggingface"));

    private static final Presets KNOWN = Presets.read();

    private Vendors() {}

    /// The preset of a provider as another gateway names it.
    static Optional<Preset> preset(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return KNOWN.of(PRESETS.getOrDefault(lower, lower.replace('_', '-')));
    }

    /// The dialect that it is spoken to in first.
    static Dialect first(Preset preset) {
        return preset.endpoints().keySet().iterator().next();
    }
}
