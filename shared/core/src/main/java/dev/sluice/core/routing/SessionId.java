package dev.sluice.core.routing;

import dev.sluice.model.Headers;
import dev.sluice.protocol.Outline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The stable name of the conversation that a request belongs to, as its tool tells it (ROUTING.md, "Strategies").
public final class SessionId {
    private static final List<String> HEADERS =
            List.of("x-session-id", "x-claude-code-session-id", "session_id", "session-id");
    private static final int LONGEST = 512;

    private SessionId() {}

    /// The first found: a header, then the dialect's own field in the body. What is blank or longer than 512 characters is
    /// none.
    public static Optional<String> of(Headers headers, Outline outline) {
        return of(headers).or(() -> named(outline.sessionId()));
    }

    /// Without a body.
    public static Optional<String> of(Headers headers) {
        for (String name : HEADERS) {
            Optional<String> session = headers.first(name).flatMap(SessionId::named);
            if (session.isPresent()) {
                return session;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> named(@Nullable String text) {
        return text == null || text.isBlank() || text.length() > LONGEST ? Optional.empty() : Optional.of(text);
    }
}
