package dev.sluice.model;

import org.jspecify.annotations.Nullable;

/// How tokens are drawn. Numbers keep their text; null is "not given".
public record Sampling(
        Json.@Nullable Num temperature,
        Json.@Nullable Num topP,
        Json.@Nullable Num topK,
        Json.@Nullable Num minP,
        Json.@Nullable Num seed,
        Json.@Nullable Num presencePenalty,
        Json.@Nullable Num frequencyPenalty,
        Json.@Nullable Obj logitBias,
        @Nullable Long choices,
        @Nullable Boolean logprobs,
        @Nullable Long topLogprobs) {
    public static final Sampling NONE = new Sampling(null, null, null, null, null, null, null, null, null, null, null);
}
