package dev.sluice.protocol.gemini;

import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import org.jspecify.annotations.Nullable;

/// `usageMetadata`, both ways: its prompt includes what was cached, its candidates leave thoughts out.
final class UsageJson {
    private UsageJson() {}

    static Usage read(Json.Obj raw) {
        Json.Obj usage = ProtoJson.camel(raw);
        Long prompt = usage.whole("promptTokenCount");
        Long cached = usage.whole("cachedContentTokenCount");
        Long candidates = usage.whole("candidatesTokenCount");
        Long thoughts = usage.whole("thoughtsTokenCount");
        Long uncached = prompt == null
                ? null
                : Long.valueOf(Math.max(0, prompt - or0(cached)) + or0(usage.whole("toolUsePromptTokenCount")));
        Long output = candidates == null && thoughts == null ? null : Long.valueOf(or0(candidates) + or0(thoughts));
        return new Usage(
                uncached,
                cached,
                null,
                null,
                output,
                thoughts,
                audio(usage, "promptTokensDetails"),
                audio(usage, "candidatesTokensDetails"));
    }

    private static @Nullable Long audio(Json.Obj usage, String details) {
        for (Json item : usage.items(details)) {
            if (item instanceof Json.Obj detail && "AUDIO".equals(detail.text("modality"))) {
                return ProtoJson.camel(detail).whole("tokenCount");
            }
        }
        return null;
    }

    static Json.Obj write(Usage usage) {
        long thoughts = Math.min(or0(usage.reasoning()), usage.outputOr0());
        Long cached = usage.cacheRead();
        return Json.object()
                .put("promptTokenCount", usage.prompt())
                .when(cached != null && cached > 0, o -> o.put("cachedContentTokenCount", or0(cached)))
                .put("candidatesTokenCount", usage.outputOr0() - thoughts)
                .when(thoughts > 0, o -> o.put("thoughtsTokenCount", thoughts))
                .put("totalTokenCount", usage.prompt() + usage.outputOr0())
                .build();
    }

    private static long or0(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
