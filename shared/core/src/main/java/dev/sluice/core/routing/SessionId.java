package dev.sluice.core.routing;

import dev.sluice.model.Headers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The conversation a request belongs to, by the tool's own word: what keeps it on one target.
public final class SessionId {
    private static final List<String> HEADERS =
            List.of("x-session-id", "x-claude-code-session-id", "session_id", "session-id");

    private SessionId() {}

    /// The first that is there and not blank.
    ///
    /// @param fromBody by the dialect's own field (`metadata.user_id`, `prompt_cache_key`)
    public static Optional<String> of(Headers headers, @Nullable String fromBody) {
        return Stream.concat(
                        HEADERS.stream().flatMap(name -> headers.all(name).stream()),
                        Optional.ofNullable(fromBody).stream())
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .findFirst();
    }
}
