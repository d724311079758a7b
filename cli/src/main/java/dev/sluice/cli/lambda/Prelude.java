package dev.sluice.cli.lambda;

import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Status and headers of an answer, as the runtime has them in JSON.
record Prelude(int status, Headers headers) {
    /// Reads the JSON that stands before the eight NUL bytes; null when it is none that a client could be given.
    static @Nullable Prelude parse(byte[] bytes, int length) {
        Json.Obj json = JsonText.objectOrNull(bytes, 0, length);
        return json == null ? null : of(json);
    }

    /// Status 200 unless `statusCode` says otherwise.
    static @Nullable Prelude of(Json.Obj json) {
        Long status = json.has("statusCode") ? json.whole("statusCode") : Long.valueOf(200);
        if (status == null || status < 200 || status > 599) {
            return null;
        }
        List<Headers.Field> fields = new ArrayList<>();
        Json.Obj headers = json.object("headers");
        if (headers != null) {
            for (Map.Entry<String, Json> header : headers.fields().entrySet()) {
                String value = text(header.getValue());
                if (value == null || header.getKey().isEmpty()) {
                    return null;
                }
                fields.add(new Headers.Field(header.getKey(), value));
            }
        }
        for (Json cookie : json.items("cookies")) {
            if (cookie instanceof Json.Str(String value)) {
                fields.add(new Headers.Field("set-cookie", value));
            }
        }
        return new Prelude(status.intValue(), new Headers(fields));
    }

    private static @Nullable String text(Json value) {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Num(String literal) -> literal;
            case Json.Bool bool -> bool == Json.Bool.TRUE ? "true" : "false";
            case Json.Null _, Json.Arr _, Json.Obj _ -> null;
        };
    }
}
