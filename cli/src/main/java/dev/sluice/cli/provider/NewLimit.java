package dev.sluice.cli.provider;

import dev.sluice.model.Json;

/// A limit of one provider's object, as it is added.
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

    public static boolean has(Json.Obj provider, String id) {
        return provider.items(LIMITS).stream().anyMatch(item -> WorkingCopy.isCalled(item, id));
    }
}
