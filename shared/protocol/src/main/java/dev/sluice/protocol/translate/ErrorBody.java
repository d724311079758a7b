package dev.sluice.protocol.translate;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An error of a provider that may be Google, which has a form of its own also where it speaks another vendor's dialect: in an
/// array where a stream was asked for.
public final class ErrorBody {
    private ErrorBody() {}

    /// The object that the body is, or the first item of the array; null: neither.
    public static Json.@Nullable Obj of(byte[] body) {
        return switch (JsonText.parse(body)) {
            case JsonText.Parsed.Value(Json.Obj object) -> object;
            case JsonText.Parsed.Value(Json.Arr(List<Json> items))
            when !items.isEmpty() && items.getFirst() instanceof Json.Obj first -> first;
            case JsonText.Parsed.Value _, JsonText.Parsed.Malformed _ -> null;
        };
    }

    /// The word for an error's kind: Google has it in `status`, and says by nothing else that a quota is a rate. Null: none.
    public static @Nullable String type(Json.Obj error) {
        String type = error.text("type");
        return type == null ? error.text("status") : type;
    }
}
