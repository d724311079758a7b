package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import org.jspecify.annotations.Nullable;

/// The `usage` of Responses, both ways: its input includes cached and cache-written tokens, ours does not.
final class UsageJson {
    private UsageJson() {}

    static Usage read(Json.Obj usage) {
        Long input = usage.whole("input_tokens");
        Json.Obj in = orEmpty(usage.object("input_tokens_details"));
        Json.Obj out = orEmpty(usage.object("output_tokens_details"));
        Long cached = in.whole("cached_tokens");
        Long written = in.whole("cache_write_tokens");
        Long uncached = input == null ? null : Long.valueOf(Math.max(0, input - or0(cached) - or0(written)));
        return new Usage(
                uncached,
                cached,
                written,
                null,
                usage.whole("output_tokens"),
                out.whole("reasoning_tokens"),
                in.whole("audio_tokens"),
                out.whole("audio_tokens"));
    }

    /// Every count that the official type requires, zero where none was reported.
    static Json.Obj write(Usage usage) {
        return Json.object()
                .put("input_tokens", usage.prompt())
                .put(
                        "input_tokens_details",
                        Json.object()
                                .put("cached_tokens", or0(usage.cacheRead()))
                                .put("cache_write_tokens", usage.cacheWrite())
                                .build())
                .put("output_tokens", usage.outputOr0())
                .put(
                        "output_tokens_details",
                        Json.object()
                                .put("reasoning_tokens", or0(usage.reasoning()))
                                .build())
                .put("total_tokens", usage.prompt() + usage.outputOr0())
                .build();
    }

    private static Json.Obj orEmpty(Json.@Nullable Obj object) {
        return object == null ? Json.Obj.EMPTY : object;
    }

    private static long or0(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
