package dev.sluice.core.gateway;

import dev.sluice.core.media.MediaFetch;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.core.routing.Target;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.MediaSource;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.translate.LinkedMedia;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one request links to, fetched at most once over all its attempts, where its target takes it inline alone and the
/// owner wants it so (`fetchRemoteMedia`).
///
/// All that one request may cause is bounded: in links, in bytes, in time from its first fetch on.
final class FetchedMedia {
    private static final int MOST_LINKS = 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<String, Part> parts = new HashMap<>();
    private long bytesLeft = 4L * MediaFetch.LARGEST;
    private @Nullable Deadline deadline;

    /// @param bytes null: there are none
    /// @param reason why not
    private record Part(MediaSource.@Nullable Base64 bytes, String reason) {}

    /// Bad: something is not to be had, or is not what it should be.
    Outcome<ChatRequest> into(ChatRequest request, ChatCall call, Target target, MediaFetch fetch, Time time) {
        return target.policies().fetchRemoteMedia()
                ? LinkedMedia.inlined(request, target.profile(), link -> bytes(link, call, fetch, time))
                : Outcome.ok(request);
    }

    private Outcome<MediaSource.Base64> bytes(LinkedMedia.Link link, ChatCall call, MediaFetch fetch, Time time) {
        Part part = parts.get(link.url());
        if (part == null) {
            part = fetched(link.url(), call, fetch, time);
            parts.put(link.url(), part);
        }
        String kind = link.kind().name().toLowerCase(Locale.ROOT);
        MediaSource.Base64 bytes = part.bytes();
        if (bytes == null) {
            return refused(link, "The linked " + kind + " cannot be fetched: " + part.reason() + ".");
        }
        boolean isImage = bytes.mime().startsWith("image/");
        return isImage == (link.kind() == LinkedMedia.Kind.IMAGE)
                ? Outcome.ok(bytes)
                : refused(link, "The link leads to no " + kind + " but to " + bytes.mime() + ".");
    }

    private Part fetched(String url, ChatCall call, MediaFetch fetch, Time time) {
        if (parts.size() >= MOST_LINKS) {
            return new Part(null, "a request may have " + MOST_LINKS + " of them");
        }
        if (deadline == null) {
            Duration left = call.deadline.remaining(time.nanos());
            deadline = Deadline.of(time.nanos(), Waits.min(left, LONGEST));
        }
        Duration connect = call.config.timeouts().connect();
        return switch (fetch.of(url, bytesLeft, connect, deadline)) {
            case MediaFetch.Found(byte[] bytes, String type) -> {
                bytesLeft -= bytes.length;
                yield new Part(new MediaSource.Base64(Base64.getEncoder().encodeToString(bytes), type), "");
            }
            case MediaFetch.Refused(String reason) -> new Part(null, reason);
        };
    }

    private static Outcome<MediaSource.Base64> refused(LinkedMedia.Link link, String message) {
        return Outcome.bad(Failure.Refused.field(link.path(), message));
    }
}
