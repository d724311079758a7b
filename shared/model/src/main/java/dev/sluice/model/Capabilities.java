package dev.sluice.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a target model at a provider can do. Names and defaults are those of the configuration's `capabilities`.
public record Capabilities(
        @Nullable String maxTokensParam,
        @Nullable Long maxOutputTokens,
        boolean sampling,
        boolean stop,
        @Nullable Integer maxStop,
        boolean tools,
        boolean vision,
        boolean pdf,
        boolean reasoning,
        List<ReasoningWish.Effort> efforts,
        Thinking thinking,
        ReasoningHistory reasoningHistory,
        boolean midSystem,
        @Nullable Boolean customTools,
        boolean webSearch,
        boolean structuredOutput,
        boolean promptCache,
        boolean promptCacheBreakpoint,
        @Nullable Integer toolNameMax,
        @Nullable Integer toolIdMax,
        boolean streamOptions,
        boolean prefill,
        boolean geminiSignatureRequired,
        boolean functionResponseParts,
        GeminiThinking geminiThinking,
        @Nullable String family,
        Set<Quirk> quirks) {

    /// How an Anthropic-style target is told to think.
    public enum Thinking {
        BUDGET,
        ADAPTIVE
    }

    /// How a Gemini-style target is told to think.
    public enum GeminiThinking {
        LEVEL,
        BUDGET
    }

    /// In which field a Chat-style target takes earlier reasoning back.
    public enum ReasoningHistory {
        NONE,
        REASONING_CONTENT,
        REASONING_DETAILS
    }

    /// Deviations from a dialect's letter, as data.
    public enum Quirk {
        /// Instructions go in `developer` messages rather than `system`.
        DEVELOPER_ROLE,
        /// Text in `<think>` tags is reasoning.
        THINK_TAGS,
        /// A Gemini-style target knows schemas in its own subset of OpenAPI only.
        OPENAPI_SCHEMA,
        /// A Bedrock-style target refuses temperature and top-p together.
        TEMPERATURE_OR_TOP_P
    }

    public Capabilities {
        efforts = List.copyOf(efforts);
        quirks = Set.copyOf(quirks);
    }

    /// What is assumed of a model nobody described.
    public static final Capabilities DEFAULT = new Capabilities(
            null,
            null,
            true,
            true,
            null,
            true,
            true,
            true,
            true,
            List.of(ReasoningWish.Effort.LOW, ReasoningWish.Effort.MEDIUM, ReasoningWish.Effort.HIGH),
            Thinking.ADAPTIVE,
            ReasoningHistory.NONE,
            true,
            null,
            false,
            true,
            true,
            false,
            null,
            null,
            true,
            false,
            false,
            false,
            GeminiThinking.LEVEL,
            null,
            Set.of());
}
