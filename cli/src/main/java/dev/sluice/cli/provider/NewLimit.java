package dev.sluice.cli.provider;

import dev.sluice.model.Json;
import java.util.List;

/// A limit of one provider's object, as it is added, edited and removed.
public final class NewLimit {
    private static final String LIMITS = "rateLimits";

    private NewLimit() {}

    /// Over all models, with no window and no cap yet.
    public static Json.Obj bare(String id) {
        return Json.object()
                .put("id", id)
                .put("models", Json.Arr.of(Json.of("all")))
                .build();
    }

    /// The provider with that limit as its last.
    public static Json.Obj with(Json.Obj provider, Json.Obj limit) {
        return provider.with(LIMITS, WorkingCopy.put(provider.items(LIMITS), limit, _ -> false));
    }

    /// The provider with that limit in the place of the one of its id.
    public static Json.Obj edited(Json.Obj provider, Json.Obj limit) {
        String id = limit.text("id", "");
        return provider.with(
                LIMITS, WorkingCopy.put(provider.items(LIMITS), limit, item -> WorkingCopy.isCalled(item, id)));
    }

    public static Json.Obj without(Json.Obj provider, String id) {
        List<Json> left = WorkingCopy.without(provider.items(LIMITS), item -> WorkingCopy.isCalled(item, id));
        return left.isEmpty() ? provider.without(LIMITS) : provider.with(LIMITS, Json.array(left));
    }

    /// The limit; refuses an unknown id with the nearest known one.
    public static Json.Obj find(Json.Obj provider, String id) {
        List<Json.Obj> limits = WorkingCopy.objects(provider.items(LIMITS));
        return limits.stream()
                .filter(limit -> WorkingCopy.isCalled(limit, id))
                .findFirst()
                .orElseThrow(() -> WorkingCopy.unknown(
                        "limit of " + provider.text("id", "") + " called",
                        id,
                        limits.stream().map(limit -> limit.text("id", "")).toList(),
                        "sluice limit list"));
    }

    public static boolean has(Json.Obj provider, String id) {
        return provider.items(LIMITS).stream().anyMatch(item -> WorkingCopy.isCalled(item, id));
    }
}
