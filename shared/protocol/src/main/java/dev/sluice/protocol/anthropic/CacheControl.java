package dev.sluice.protocol.anthropic;

import dev.sluice.model.Json;
import dev.sluice.model.Mark;
import org.jspecify.annotations.Nullable;

/// The field `cache_control`: a prompt-cache breakpoint.
final class CacheControl {
    static final String NAME = "cache_control";

    private CacheControl() {}

    static Mark.@Nullable CacheTtl decode(Json.Obj holder, String path, FieldReader fields) {
        Json.Obj control = fields.object(holder, NAME, path);
        if (control == null) {
            return null;
        }
        return "1h".equals(fields.text(control, "ttl", FieldReader.path(path, NAME)))
                ? Mark.CacheTtl.ONE_HOUR
                : Mark.CacheTtl.FIVE_MINUTES;
    }

    /// Five minutes are the default and are not spelled out, as clients do not.
    static Json.Obj encode(Mark.CacheTtl ttl) {
        Json.Builder control = Json.object().put("type", "ephemeral");
        return switch (ttl) {
            case FIVE_MINUTES -> control.build();
            case ONE_HOUR -> control.put("ttl", "1h").build();
        };
    }
}
