package dev.sluice.core.gateway;

import dev.sluice.core.routing.Target;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The chat requests that this process is answering now, for its owner to look at. Without prompts, answers, keys.
///
/// Thread-safe. Requests come and go without a lock; what is told of one may be a moment old.
public final class InFlight {
    private final Set<ChatCall> calls = ConcurrentHashMap.newKeySet();

    /// One request on its way.
    ///
    /// @param id as its client is told it
    /// @param caller the key's name
    /// @param tool as it calls itself; null: it does not
    /// @param dialect the client's
    /// @param target `provider/model` of the attempt under way, or the last one; null: none was made yet
    /// @param attempts how many were made
    /// @param sentBytes of the answer, so far
    /// @param age since the request came
    public record Seen(
            String id,
            String caller,
            @Nullable String tool,
            String model,
            String dialect,
            @Nullable String target,
            int attempts,
            boolean streamed,
            long sentBytes,
            Duration age) {}

    void begin(ChatCall call) {
        calls.add(call);
    }

    void end(ChatCall call) {
        calls.remove(call);
    }

    /// The oldest first.
    public List<Seen> seen() {
        return calls.stream()
                .map(InFlight::seen)
                .sorted(Comparator.comparing(Seen::age).reversed().thenComparing(Seen::id))
                .toList();
    }

    private static Seen seen(ChatCall call) {
        ChatCall.Try now = call.now;
        Target target = now == null ? null : now.target();
        return new Seen(
                call.id.toString(),
                call.caller.name(),
                ClientTool.of(call.inbound.headers()).orElse(null),
                call.asked.model(),
                call.codec.dialect().id(),
                target == null ? null : target.ref(),
                now == null ? 0 : now.number(),
                call.asked.stream(),
                call.client.sentBytes(),
                call.age());
    }
}
