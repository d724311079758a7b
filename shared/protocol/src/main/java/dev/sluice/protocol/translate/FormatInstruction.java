package dev.sluice.protocol.translate;

import dev.sluice.model.ResponseFormat;
import dev.sluice.protocol.json.JsonText;
import org.jspecify.annotations.Nullable;

/// Asks in words for the shape of an answer that the target cannot be told to keep.
public final class FormatInstruction {
    private FormatInstruction() {}

    /// Null: nothing needs to be said.
    public static @Nullable String of(ResponseFormat format, boolean structuredOutput) {
        return switch (format) {
            case ResponseFormat.Text _ -> null;
            case ResponseFormat.JsonObject _ ->
                "Answer with one JSON object and nothing else: no prose around it, no code fence.";
            case ResponseFormat.JsonSchema schema ->
                structuredOutput
                        ? null
                        : "Answer with one JSON value and nothing else: no prose around it, no code fence. It must be valid"
                                + " against this JSON Schema:\n" + JsonText.print(schema.schema());
        };
    }
}
