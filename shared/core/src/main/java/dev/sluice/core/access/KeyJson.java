package dev.sluice.core.access;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitJson;
import dev.sluice.model.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A key's record as JSON: the one form it has in every store.
///
/// What is wrong in any field that narrows a key makes the whole record unreadable: a store leaves such a record out, as
/// if there were none, and tells its owner. Fields of later versions are left alone.
public final class KeyJson {
    private KeyJson() {}

    public static Json.Obj encode(KeyRecord key) {
        return Json.object()
                .put("hash", key.hash())
                .put("name", key.name())
                .put("kind", key.kind().name().toLowerCase(Locale.ROOT))
                .put("revoked", key.revoked())
                .put("created", key.created().toString())
                .putIf("expires", key.expires() == null ? null : key.expires().toString())
                .put("allowedModels", Json.strings(List.copyOf(new TreeSet<>(key.allowedModels()))))
                .put(RateLimitJson.FIELD, RateLimitJson.encode(key.limits()))
                .build();
    }

    /// The record; empty when it cannot be read as a whole.
    public static Optional<KeyRecord> decode(Json.Obj object) {
        String hash = object.text("hash", "");
        String name = object.text("name", "");
        Caller.Kind kind = kind(object.text("kind", ""));
        Boolean revoked = object.bool("revoked");
        Instant created = instant(object.field("created"));
        boolean isEndless = object.present("expires") == null;
        Instant expires = instant(object.field("expires"));
        List<String> models = models(object.field("allowedModels"));
        List<RateLimitConfig> limits = limits(object);
        if (hash.isEmpty() || name.isEmpty() || kind == null || revoked == null || created == null) {
            return Optional.empty();
        }
        if (models == null || limits == null || !isEndless && expires == null) {
            return Optional.empty();
        }
        return Optional.of(new KeyRecord(hash, name, kind, revoked, created, expires, Set.copyOf(models), limits));
    }

    private static Caller.@Nullable Kind kind(String word) {
        return switch (word) {
            case "master" -> Caller.Kind.MASTER;
            case "client" -> Caller.Kind.CLIENT;
            default -> null; // nobody has a key as anonymous
        };
    }

    private static @Nullable Instant instant(@Nullable Json value) {
        try {
            return value instanceof Json.Str(String text) ? Instant.parse(text) : null;
        } catch (DateTimeParseException noTime) {
            return null;
        }
    }

    /// Null: something that is no list of names. It must not become "all".
    private static @Nullable List<String> models(@Nullable Json value) {
        if (!(value instanceof Json.Arr(List<Json> items))) {
            return null;
        }
        List<String> models = new ArrayList<>();
        for (Json item : items) {
            if (!(item instanceof Json.Str(String model)) || model.isEmpty()) {
                return null;
            }
            models.add(model);
        }
        return models;
    }

    private static @Nullable List<RateLimitConfig> limits(Json.Obj object) {
        RateLimitJson.Reading reading = RateLimitJson.decode(object);
        return object.has(RateLimitJson.FIELD) && reading.errors().isEmpty() ? reading.limits() : null;
    }
}
