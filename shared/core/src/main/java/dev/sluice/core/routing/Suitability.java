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
    private @Nullable Boolean images;

    Suitability(RouteRequest request) {
        this.request = request;
    }

    /// The candidates in their order, those behind that lack a capability, and last those whose window is too small.
    List<Candidate> ordered(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> new Judged(candidate, holds(candidate.target()), lacks(candidate.target())))
                .sorted(Comparator.comparing((Judged one) -> !one.holds())
                        .thenComparing(one -> !one.lacks().isEmpty()))
                .map(Judged::explained)
                .toList();
    }

    /// @param lacks what it cannot do; empty: nothing
    private record Judged(Candidate candidate, boolean holds, String lacks) {
        Candidate explained() {
            if (!holds) {
                return candidate.behind("its context window is too small");
            }
            return lacks.isEmpty() ? candidate : candidate.behind("without " + lacks);
        }
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

    /// The first capability that the request needs and the target has not; empty: none.
    private String lacks(Target target) {
        Capabilities can = target.model().capabilities();
        if (!can.tools() && wants(Field.TOOLS)) {
            return "tools";
        }
        if (!can.reasoning() && wants(Field.REASONING)) {
            return "reasoning";
        }
        if (!can.structuredOutput() && wants(Field.RESPONSE_FORMAT)) {
            return "structured output";
        }
        if (!can.webSearch() && wants(Field.WEB_SEARCH)) {
            return "web search";
        }
        return !can.vision() && carriesImages() ? "images" : "";
    }

    private boolean wants(Field field) {
        return request.wants().contains(field);
    }

    /// Looked for once, and only where there is a target that takes none.
    private boolean carriesImages() {
        if (images == null) {
            images = request.images().getAsBoolean();
        }
        return images;
    }
}
