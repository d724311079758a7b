package dev.sluice.protocol.openai.chat;

import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import org.jspecify.annotations.Nullable;

/// Chat's `usage`, both ways: its prompt includes cached and cache-written tokens, ours does not.
final class UsageJson {
    private UsageJson() {}

    static Usage read(Json.Obj usage) {
        Long prompt = usage.whole("prompt_tokens");
        Json.Obj in = orEmpty(usage.object("prompt_tokens_details"));
        Json.Obj out = orEmpty(usage.object("completion_tokens_details"));
        Long cached = in.whole("cached_tokens");
        if (cached == null) {
            cached = usage.whole("prompt_cache_hit_tokens"); // DeepSeek's own name
        }
        Long written = in.whole("cache_write_tokens");
        Long uncached = prompt == null ? null : Long.valueOf(Math.max(0, prompt - or0(cached) - or0(written)));
        return new Usage(
                uncached,
                cached,
                written,
                null,
                usage.whole("completion_tokens"),
                out.whole("reasoning_tokens"),
                in.whole("audio_tokens"),
                out.whole("audio_tokens"));
    }

    static Json.Obj write(Usage usage) {
        Json.Builder in = Json.object().put("cached_tokens", or0(usage.cacheRead()));
        if (usage.cacheWrite5m() != null || usage.cacheWrite1h() != null) {
            in.put("cache_write_tokens", usage.cacheWrite());
        }
        in.putIf("audio_tokens", usage.audioIn());
        Json.Builder out = Json.object().put("reasoning_tokens", or0(usage.reasoning()));
        out.putIf("audio_tokens", usage.audioOut());
        return Json.object()
                .put("prompt_tokens", usage.prompt())
                .put("completion_tokens", usage.outputOr0())
                .put("total_tokens", usage.prompt() + usage.outputOr0())
                .put("prompt_tokens_details", in.build())
                .put("completion_tokens_details", out.build())
                .build();
    }

    private static Json.Obj orEmpty(Json.@Nullable Obj object) {
        return object == null ? Json.Obj.EMPTY : object;
    }

    private static long or0(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
