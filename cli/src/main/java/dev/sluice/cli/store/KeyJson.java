package dev.sluice.cli.store;

import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.config.RateLimitConfig.Unit;
import dev.sluice.core.config.RateLimitConfig.Window;
import dev.sluice.model.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key's record as JSON; its limits have the form of the configuration's.
final class KeyJson {
    private KeyJson() {}

    static Json.Obj encode(KeyRecord key) {
        Instant expires = key.expires();
        return Json.object()
                .put("hash", key.hash())
                .put("name", key.name())
                .put("kind", key.kind().name().toLowerCase(Locale.ROOT))
                .put("revoked", key.revoked())
                .put("created", key.created().toString())
                .putIf("expires", expires == null ? null : expires.toString())
                .put(
                        "allowedModels",
                        Json.strings(key.allowedModels().stream().sorted().toList()))
                .put(
                        "limits",
                        Json.array(key.limits().stream().map(KeyJson::encode).toList()))
                .build();
    }

    private static Json.Obj encode(RateLimitConfig limit) {
        return Json.object()
                .put("id", limit.id())
                .put("name", limit.name())
                .put("models", Json.strings(limit.models()))
                .putIf("requests", limit.requests())
                .putIf("tokens", limit.tokens())
                .putIf(
                        "usd",
                        limit.usd() == null ? null : String.valueOf(limit.usd().toPlainString()))
                .put(
                        "window",
                        Json.object()
                                .put("unit", limit.window().unit().name().toLowerCase(Locale.ROOT))
                                .put("size", limit.window().size())
                                .build())
                .put("safetyMargin", new Json.Num(limit.safetyMargin().toPlainString()))
                .build();
    }

    /// The record; empty when any part of it cannot be read: a key that allows less than was meant is refused, never
    /// one that allows more let in.
    static Optional<KeyRecord> decode(Json.Obj object) {
        try {
            String expires = object.text("expires");
            return Optional.of(new KeyRecord(
                    text(object, "hash"),
                    text(object, "name"),
                    Caller.Kind.valueOf(text(object, "kind").toUpperCase(Locale.ROOT)),
                    object.isTrue("revoked"),
                    Instant.parse(text(object, "created")),
                    expires == null ? null : Instant.parse(expires),
                    models(object),
                    limits(object)));
        } catch (IllegalArgumentException | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    private static Set<String> models(Json.Obj object) {
        return new LinkedHashSet<>(strings(object, "allowedModels"));
    }

    private static List<RateLimitConfig> limits(Json.Obj object) {
        List<RateLimitConfig> limits = new ArrayList<>();
        for (Json item : items(object, "limits")) {
            if (!(item instanceof Json.Obj limit)) {
                throw new IllegalArgumentException("a limit is no object");
            }
            limits.add(limit(limit));
        }
        return limits;
    }

    private static RateLimitConfig limit(Json.Obj limit) {
        Json.Obj window = limit.object("window");
        Long size = window == null ? null : window.whole("size");
        if (window == null || size == null || size < 1) {
            throw new IllegalArgumentException("no window");
        }
        return new RateLimitConfig(
                text(limit, "id"),
                text(limit, "name"),
                strings(limit, "models"),
                limit.whole("requests"),
                limit.whole("tokens"),
                limit.has("usd") ? new BigDecimal(text(limit, "usd")) : null,
                new Window(Unit.valueOf(text(window, "unit").toUpperCase(Locale.ROOT)), Math.toIntExact(size)),
                margin(limit.field("safetyMargin")));
    }

    private static BigDecimal margin(@Nullable Json margin) {
        return margin instanceof Json.Num(String literal) ? new BigDecimal(literal) : BigDecimal.ZERO;
    }

    private static List<String> strings(Json.Obj object, String name) {
        List<String> texts = new ArrayList<>();
        for (Json item : items(object, name)) {
            if (!(item instanceof Json.Str(String text))) {
                throw new IllegalArgumentException(name + " holds what is no text");
            }
            texts.add(text);
        }
        return texts;
    }

    private static List<Json> items(Json.Obj object, String name) {
        if (!(object.field(name) instanceof Json.Arr(List<Json> items))) {
            throw new IllegalArgumentException(name + " is no list");
        }
        return items;
    }

    private static String text(Json.Obj object, String name) {
        String text = object.text(name);
        if (text == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return text;
    }
}
