package dev.sluice.cli.command;

import dev.sluice.cli.key.LimitSpec;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.RateLimitJson;
import dev.sluice.model.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// A key's record in words; of its hash only the end is shown, enough to tell two keys apart.
final class KeyText {
    private static final int END = 8;

    private KeyText() {}

    static String status(KeyRecord key, Instant now) {
        if (key.revoked()) {
            return "revoked";
        }
        return key.isValid(now) ? "valid" : "expired";
    }

    static String expires(KeyRecord key) {
        return Optional.ofNullable(key.expires())
                .map(when -> when.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("never");
    }

    static String models(KeyRecord key) {
        return key.allowedModels().isEmpty() ? "all" : String.join(", ", new TreeSet<>(key.allowedModels()));
    }

    static String limits(KeyRecord key) {
        return key.limits().isEmpty() ? "none" : LimitSpec.format(key.limits());
    }

    static String kind(KeyRecord key) {
        return key.kind().name().toLowerCase(Locale.ROOT);
    }

    static String hashEnd(KeyRecord key) {
        return key.hash().substring(Math.max(0, key.hash().length() - END));
    }

    static boolean isMaster(KeyRecord key) {
        return key.kind() == Caller.Kind.MASTER;
    }

    static Json.Builder json(KeyRecord key, Instant now) {
        return Json.object()
                .put("name", key.name())
                .put("kind", kind(key))
                .put("status", status(key, now))
                .put("created", key.created().toString())
                .putIf("expires", key.expires() == null ? null : key.expires().toString())
                .put("models", Json.strings(List.copyOf(new TreeSet<>(key.allowedModels()))))
                .put(RateLimitJson.FIELD, RateLimitJson.encode(key.limits()))
                .put("hashEnd", hashEnd(key));
    }
}
