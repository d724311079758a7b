package dev.sluice.core.routing;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which targets can do what a request needs. An unknown context window is taken to be large enough.
final class Suitability {
    private final RouteRequest request;
    private @Nullable Long tokens;

    Suitability(RouteRequest request) {
        this.request = request;
    }

    /// The targets in their order, those behind that lack a capability, and last those whose window is too small.
    List<Target> ordered(List<Target> targets) {
        return targets.stream()
                .sorted(Comparator.comparing((Target target) -> !holds(target))
                        .thenComparing(target -> !isCapable(target)))
                .toList();
    }

    /// The refusal when every window is known and none is large enough.
    Optional<Failure.Refused> refusal(List<Target> targets) {
        if (targets.isEmpty() || targets.stream().anyMatch(this::holds)) {
            return Optional.empty();
        }
        long largest = targets.stream().mapToLong(Suitability::window).max().orElse(0);
        // these words are what coding tools look for before they compact a conversation
        String message = "prompt is too long: " + tokens() + " tokens > " + largest + " maximum";
        return Optional.of(Failure.Refused.of(Failure.Kind.CONTEXT_WINDOW, message));
    }

    private boolean holds(Target target) {
        Long window = target.model().contextWindow();
        return window == null || window >= tokens();
    }

    /// Estimated once, and only where there is a window to compare it with.
    private long tokens() {
        if (tokens == null) {
            tokens = request.size().getAsLong();
        }
        return tokens;
    }

    private static long window(Target target) {
        Long window = target.model().contextWindow();
        return window == null ? Long.MAX_VALUE : window;
    }

    private boolean isCapable(Target target) {
        Capabilities can = target.model().capabilities();
        return (can.reasoning() || !request.wants().contains(Field.REASONING))
                && (can.structuredOutput() || !request.wants().contains(Field.RESPONSE_FORMAT))
                && (can.webSearch() || !request.wants().contains(Field.WEB_SEARCH));
    }
}
