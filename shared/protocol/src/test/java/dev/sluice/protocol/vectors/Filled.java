package dev.sluice.protocol.vectors;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.model.Signature;
import dev.sluice.protocol.seal.Seal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Inputs with what only this gateway can write in the place of the vectors' words for it:
/// `$GATEWAY_SEALED(anthropic,thinking=hmm,signature=SIG)`.
final class Filled {
    private static final String SEALED = "$GATEWAY_SEALED(";

    private Filled() {}

    static Json.Obj of(Json.Obj body) {
        return (Json.Obj) filled(body);
    }

    private static Json filled(Json value) {
        return switch (value) {
            case Json.Obj object -> {
                Map<String, Json> fields = new LinkedHashMap<>();
                object.fields().forEach((name, field) -> fields.put(name, filled(field)));
                yield new Json.Obj(fields);
            }
            case Json.Arr(List<Json> items) ->
                new Json.Arr(items.stream().map(Filled::filled).toList());
            case Json.Str(String text) when text.startsWith(SEALED) -> Json.of(sealed(text));
            default -> value;
        };
    }

    private static String sealed(String word) {
        String[] parts = word.substring(SEALED.length(), word.length() - 1).split(",", -1);
        String text = null;
        String signature = "";
        for (String part : parts) {
            text = after(part, "thinking=", text);
            signature = String.valueOf(after(part, "signature=", signature));
        }
        Dialect issuer = Dialect.parse(parts[0]).orElseThrow();
        return PresentCodecs.SEAL.seal(new Seal.Content(new Signature(issuer, signature), false, text, null));
    }

    private static @Nullable String after(String part, String name, @Nullable String otherwise) {
        return part.startsWith(name) ? part.substring(name.length()) : otherwise;
    }
}
