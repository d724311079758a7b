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
    /// The outline of a request that nobody made.
    public static final Outline NONE =
            new Outline(new byte[0], RequestHead.NONE, JsonSpans.NONE, "", false, false, null, null, Set.of());

    /// Where a conversation stands in the bodies of the dialects.
    private static final List<String> TURNS = List.of("messages", "input", "contents");

    /// The names in parts that hold images, as JSON strings: quotes inside a text are escaped and cannot look like them.
    private static final List<String> IMAGE_PARTS =
            List.of("\"image_url\"", "\"image\"", "\"input_image\"", "\"inlineData\"", "\"inline_data\"", "\"images\"");

    /// Whether the messages seem to carry images. Nothing is decoded, so a tool's argument of such a name counts too: good
    /// enough to prefer a target, not to refuse one.
    public boolean carriesImages() {
        return TURNS.stream().map(top::field).anyMatch(turns -> turns != null && hasImage(turns));
    }

    private boolean hasImage(JsonSpans.Span turns) {
        return IMAGE_PARTS.stream().anyMatch(part -> ByteScan.indexOf(body, turns.from(), turns.to(), part) >= 0);
    }
}
