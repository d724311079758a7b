package dev.sluice.protocol;

import dev.sluice.model.Field;
import dev.sluice.protocol.json.JsonSpans;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What routing must know of a request, found by one scan of its bytes: nothing is decoded until a translation needs it.
///
/// @param body the bytes as they came
/// @param top where each top-level value stands in the body
/// @param model as asked, empty when missing
/// @param stream whether the client wants a stream
/// @param includeUsage whether the client itself asked for usage in its stream
/// @param sessionId the conversation's stable name by the dialect's own field (`metadata.user_id`, `prompt_cache_key`)
/// @param maxOutputTokens null when not given
/// @param wants which of `TOOLS` and `REASONING` the request uses
public record Outline(
        byte[] body,
        RequestHead head,
        JsonSpans top,
        String model,
        boolean stream,
        boolean includeUsage,
        @Nullable String sessionId,
        @Nullable Long maxOutputTokens,
        Set<Field> wants) {}
