package dev.sluice.protocol.anthropic;

import dev.sluice.model.Json;
import dev.sluice.model.Usage;
import org.jspecify.annotations.Nullable;

/// The object `usage`. Its input tokens leave out cached ones, as [Usage] does.
final class UsageJson {
    private UsageJson() {}

    /// Reads a report. Where a later one gives only the sum of cache writes and that sum is known by kinds, the
    /// kinds stand.
    ///
    /// @param before what was reported so far
    static Usage decode(Json.Obj usage, Usage before) {
        Json.Obj details = usage.object("output_tokens_details");
        Long written = usage.whole("cache_creation_input_tokens");
        Json.Obj kinds = usage.object("cache_creation");
        Long fiveMinutes = kinds == null ? null : kinds.whole("ephemeral_5m_input_tokens");
        Long oneHour = kinds == null ? null : kinds.whole("ephemeral_1h_input_tokens");
        if (fiveMinutes == null && oneHour == null && written != null && written != before.cacheWrite()) {
            fiveMinutes = Math.max(0, written - or0(before.cacheWrite1h()));
        } else if (fiveMinutes == null && oneHour == null && written != null && before.cacheWrite5m() == null) {
            fiveMinutes = written;
        }
        return new Usage(
                usage.whole("input_tokens"),
                usage.whole("cache_read_input_tokens"),
                fiveMinutes,
                oneHour,
                usage.whole("output_tokens"),
                details == null ? null : details.whole("thinking_tokens"),
                null,
                null);
    }

    /// The keys that `message_delta` has.
    static Json.Builder delta(Usage usage) {
        return Json.object()
                .put("input_tokens", or0(usage.inputUncached()))
                .put("output_tokens", usage.outputOr0())
                .put("cache_creation_input_tokens", usage.cacheWrite())
                .put("cache_read_input_tokens", or0(usage.cacheRead()))
                .put("output_tokens_details", reasoning(usage.reasoning()))
                .put("server_tool_use", Json.NULL);
    }

    /// All keys; those that may be null are there all the same, as the newer clients' types ask for them.
    static Json.Obj whole(Usage usage) {
        return delta(usage)
                .put("cache_creation", kinds(usage))
                .put("inference_geo", Json.NULL)
                .put("service_tier", Json.NULL)
                .put("speed", Json.NULL)
                .build();
    }

    private static Json reasoning(@Nullable Long tokens) {
        return tokens == null
                ? Json.NULL
                : Json.object().put("thinking_tokens", tokens).build();
    }

    /// Without writes for an hour the sum says it all.
    private static Json kinds(Usage usage) {
        if (or0(usage.cacheWrite1h()) == 0) {
            return Json.NULL;
        }
        return Json.object()
                .put("ephemeral_5m_input_tokens", or0(usage.cacheWrite5m()))
                .put("ephemeral_1h_input_tokens", or0(usage.cacheWrite1h()))
                .build();
    }

    private static long or0(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
