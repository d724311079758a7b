package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.Capabilities;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.ResponseFormat;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks in words for the shape of an answer that the target cannot be told to keep, and tells that it may differ.
public final class FormatInstruction {
    private static final String ALONE = " and nothing else: no prose around it, no code fence.";

    private FormatInstruction() {}

    /// The request with the words among its instructions, where they are needed.
    ///
    /// @param knowsAnyJson whether the target's API can be asked for a JSON object of no schema
    public static ChatRequest spoken(ChatRequest request, Capabilities caps, boolean knowsAnyJson, Losses losses) {
        String words = words(request.format(), caps.structuredOutput(), knowsAnyJson);
        if (words == null) {
            return request;
        }
        losses.drop(request.pathOf(Field.RESPONSE_FORMAT));
        List<Block.Text> system = new ArrayList<>(request.system());
        system.add(new Block.Text(words));
        return new ChatRequest.Builder(request).system(system).build();
    }

    /// Null: nothing needs to be said.
    private static @Nullable String words(ResponseFormat format, boolean isStructured, boolean knowsAnyJson) {
        return switch (format) {
            case ResponseFormat.Text _ -> null;
            case ResponseFormat.JsonObject _ ->
                isStructured && knowsAnyJson ? null : "Answer with one JSON object" + ALONE;
            case ResponseFormat.JsonSchema schema ->
                isStructured
                        ? null
                        : "Answer with one JSON value" + ALONE + " It must be valid against this JSON Schema:\n"
                                + JsonText.print(schema.schema());
        };
    }
}
