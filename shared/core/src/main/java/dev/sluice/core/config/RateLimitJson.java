package dev.sluice.core.config;

import dev.sluice.core.config.ConfigReading.ConfigError;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Locale;

/// Buckets as JSON, in the one form they have in the configuration: for those that are kept elsewhere.
public final class RateLimitJson {
    /// The field that holds them.
    public static final String FIELD = "rateLimits";

    private RateLimitJson() {}

    /// Buckets as they were read.
    ///
    /// @param errors what is wrong with them; empty: nothing
    public record Reading(List<RateLimitConfig> limits, List<ConfigError> errors) {}

    /// The list for the field.
    public static Json encode(List<RateLimitConfig> limits) {
        return Json.array(limits.stream().map(RateLimitJson::encode).toList());
    }

    private static Json.Obj encode(RateLimitConfig limit) {
        return Json.object()
                .put("id", limit.id())
                .put("name", limit.name())
                .put("models", Json.strings(limit.models()))
                .putIf("requests", limit.requests())
                .putIf("tokens", limit.tokens())
                .putIf("usd", limit.usd() == null ? null : limit.usd().toPlainString())
                .put(
                        "window",
                        Json.object()
                                .put("unit", limit.window().unit().name().toLowerCase(Locale.ROOT))
                                .put("size", limit.window().size())
                                .build())
                .put("safetyMargin", new Json.Num(limit.safetyMargin().toPlainString()))
                .build();
    }

    /// The buckets in that object's field, checked as those of a provider that lets any model id through; none when it
    /// is missing.
    public static Reading decode(Json.Obj holder) {
        Findings findings = new Findings();
        List<String> others = List.copyOf(holder.fields().keySet());
        List<RateLimitConfig> limits =
                new RateLimitReading(findings, List.of(), true).read(ObjectFields.of(holder, "", others, findings));
        return new Reading(List.copyOf(limits), findings.errors());
    }
}
