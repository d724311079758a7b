package dev.sluice.protocol;

import dev.sluice.model.Field;
import dev.sluice.protocol.json.JsonSpans;
import java.util.List;
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
/// @param wants which of `TOOLS`, `REASONING`, `RESPONSE_FORMAT` and `WEB_SEARCH` the request uses
public record Outline(
        byte[] body,
        RequestHead head,
        JsonSpans top,
        String model,
        boolean stream,
        boolean includeUsage,
        @Nullable String sessionId,
        @Nullable Long maxOutputTokens,
        Set<Field> wants) {
    /// The types of parts that hold images, as JSON strings: quotes inside a text are escaped and cannot look like them.
    private static final List<String> IMAGE_PARTS = List.of("\"image_url\"", "\"image\"", "\"input_image\"");

    /// Whether the messages seem to carry images. Nothing is decoded, so a tool's argument of such a name counts too: good
    /// enough to prefer a target, not to refuse one.
    public boolean carriesImages() {
        JsonSpans.Span messages = top.field("messages");
        JsonSpans.Span turns = messages == null ? top.field("input") : messages;
        if (turns == null) {
            return false;
        }
        for (String part : IMAGE_PARTS) {
            if (ByteScan.indexOf(body, turns.from(), turns.to(), part) >= 0) {
                return true;
            }
        }
        return false;
    }
}
