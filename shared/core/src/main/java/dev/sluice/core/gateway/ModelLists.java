package dev.sluice.core.gateway;

import dev.sluice.core.routing.ModelDirectory.Entry;
import dev.sluice.model.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Model lists in the shapes that clients read.
final class ModelLists {
    /// No owner's model has a birthday we know.
    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private ModelLists() {}

    /// One page of the list.
    static Json.Obj list(ModelShape shape, ModelPage page) {
        List<Entry> entries = page.entries();
        Json items = Json.array(entries.stream().map(entry -> one(shape, entry)).toList());
        return switch (shape) {
            case OPENAI ->
                Json.object().put("object", "list").put("data", items).build();
            case ANTHROPIC ->
                Json.object()
                        .put("data", items)
                        .put("has_more", page.hasMore())
                        .put(
                                "first_id",
                                entries.isEmpty()
                                        ? Json.NULL
                                        : Json.of(entries.getFirst().id()))
                        .put(
                                "last_id",
                                entries.isEmpty()
                                        ? Json.NULL
                                        : Json.of(entries.getLast().id()))
                        .build();
            case GEMINI ->
                Json.object()
                        .put("models", items)
                        .when(page.hasMore(), b -> b.put("nextPageToken", Long.toString(page.end())))
                        .build();
            case OLLAMA -> Json.object().put("models", items).build();
        };
    }

    static Json.Obj one(ModelShape shape, Entry entry) {
        return switch (shape) {
            case OPENAI ->
                Json.object()
                        .put("id", entry.id())
                        .put("object", "model")
                        .put("created", CREATED.getEpochSecond())
                        .put("owned_by", entry.owner())
                        .build();
            case ANTHROPIC ->
                Json.object()
                        .put("type", "model")
                        .put("id", entry.id())
                        .put("display_name", entry.id())
                        .put("created_at", CREATED.toString())
                        .put("max_input_tokens", number(entry.contextWindow()))
                        .put("max_tokens", number(entry.maxOutputTokens()))
                        .put("capabilities", Json.NULL)
                        .put("line", Json.NULL)
                        .put("lifecycle", "active")
                        .put("deprecated_at", Json.NULL)
                        .put("retires_at", Json.NULL)
                        .build();
            case GEMINI ->
                Json.object()
                        .put("name", "models/" + entry.id())
                        .put("baseModelId", entry.id())
                        .put("version", "1")
                        .put("displayName", entry.id())
                        .putIf("inputTokenLimit", entry.contextWindow())
                        .putIf("outputTokenLimit", entry.maxOutputTokens())
                        .put("supportedGenerationMethods", Json.strings(List.of("generateContent", "countTokens")))
                        .put("thinking", entry.can().reasoning())
                        .build();
            case OLLAMA -> OllamaModels.listed(entry);
        };
    }

    private static Json number(@Nullable Long value) {
        return value == null ? Json.NULL : Json.of(value);
    }
}
