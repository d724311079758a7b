package dev.sluice.protocol.bedrock;

import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import org.jspecify.annotations.Nullable;

/// The object `usage`. Its input tokens leave out cached ones, as [Usage] does.
final class UsageJson {
    private UsageJson() {}

    /// Cache writes are told by their time to live where the answer does; else all are of the usual five minutes.
    static Usage read(Json.Obj usage) {
        Long written = usage.whole("cacheWriteInputTokens");
        Long oneHour = null;
        for (Json item : usage.items("cacheDetails")) {
            if (item instanceof Json.Obj detail && "1h".equals(detail.text("ttl"))) {
                oneHour = or0(oneHour) + or0(detail.whole("inputTokens"));
            }
        }
        Long fiveMinutes = written == null || oneHour == null ? written : Long.valueOf(Math.max(0, written - oneHour));
        return new Usage(
                usage.whole("inputTokens"),
                usage.whole("cacheReadInputTokens"),
                fiveMinutes,
                oneHour,
                usage.whole("outputTokens"),
                null,
                null,
                null);
    }

    private static long or0(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
