package dev.sluice.core.gateway;

import dev.sluice.core.routing.ModelDirectory.Entry;
import dev.sluice.model.Json;
import java.util.List;

/// Model lists in the three shapes that clients read.
final class ModelLists {
    /// 2026-01-01 as OpenAI writes it: no owner's model has a birthday we know.
    private static final long CREATED = 1_767_225_600L;

    private ModelLists() {}

    /// The whole list in one page.
    static Json.Obj list(ModelShape shape, List<Entry> entries) {
        List<Json.Obj> items = entries.stream().map(entry -> one(shape, entry)).toList();
        return switch (shape) {
            case OPENAI ->
                Json.object()
                        .put("object", "list")
                        .put("data", Json.array(items))
                        .build();
            case ANTHROPIC ->
                Json.object()
                        .put("data", Json.array(items))
                        .put("has_more", false)
                        .put(
                                "first_id",
                                items.isEmpty()
                                        ? Json.NULL
                                        : Json.of(entries.getFirst().id()))
                        .put(
                                "last_id",
                                items.isEmpty()
                                        ? Json.NULL
                                        : Json.of(entries.getLast().id()))
                        .build();
            case GEMINI -> Json.object().put("models", Json.array(items)).build();
        };
    }

    static Json.Obj one(ModelShape shape, Entry entry) {
        return switch (shape) {
            case OPENAI ->
                Json.object()
                        .put("id", entry.id())
                        .put("object", "model")
                        .put("created", CREATED)
                        .put("owned_by", entry.owner())
                        .build();
            case ANTHROPIC ->
                Json.object()
                        .put("type", "model")
                        .put("id", entry.id())
                        .put("display_name", entry.id())
                        .put("created_at", "2026-01-01T00:00:00Z")
                        .putIf("max_input_tokens", entry.contextWindow())
                        .putIf("max_tokens", entry.maxOutputTokens())
                        .build();
            case GEMINI ->
                Json.object()
                        .put("name", "models/" + entry.id())
                        .put("displayName", entry.id())
                        .putIf("inputTokenLimit", entry.contextWindow())
                        .putIf("outputTokenLimit", entry.maxOutputTokens())
                        .put("supportedGenerationMethods", Json.strings(List.of("generateContent", "countTokens")))
                        .build();
        };
    }
}
