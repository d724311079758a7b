package dev.sluice.core.gateway;

import dev.sluice.core.routing.Target;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.protocol.ErrorAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The failures of one request so far, and which of them helps the client most.
final class Losses {
    private final List<Loss> losses = new ArrayList<>();
    private @Nullable Long windowToBeat;

    record Loss(Target target, Failure failure, @Nullable ErrorAnswer relay) {}

    void add(Target target, Failure failure, @Nullable ErrorAnswer relay) {
        losses.add(new Loss(target, failure, relay));
    }

    boolean isEmpty() {
        return losses.isEmpty();
    }

    /// Whether any provider was asked; what a target cannot carry never left, and without a credential nothing did.
    boolean haveAttempts() {
        return losses.stream()
                .anyMatch(loss -> loss.failure() instanceof Failure.Upstream upstream
                        && upstream.category() != Category.NOT_SUPPORTED
                        && upstream.category() != Category.CONFIGURATION_ERROR);
    }

    boolean tried(Target target) {
        return losses.stream().anyMatch(loss -> loss.target().equals(target));
    }

    /// Whether the provider itself said that it must not be asked this again.
    boolean forbidsRepeat(Target target) {
        return losses.stream()
                .anyMatch(loss -> loss.target().equals(target)
                        && loss.failure() instanceof Failure.Upstream upstream
                        && Boolean.FALSE.equals(upstream.shouldRetry()));
    }

    /// From now on only targets with a larger context window than this one's make sense.
    void needsLargerWindowThan(Target target) {
        Long window = target.model().contextWindow();
        windowToBeat = window == null ? Long.valueOf(Long.MAX_VALUE) : window;
    }

    boolean isHopeless(Target target) {
        Long window = target.model().contextWindow();
        return windowToBeat != null && (window == null || window <= windowToBeat);
    }

    /// What the client is told of them.
    Ending ending() {
        Loss loss = mostUseful();
        return new Ending.Lost(loss.failure(), loss.relay());
    }

    /// The most useful failure; of equally useful ones the latest.
    private Loss mostUseful() {
        Loss best = losses.getFirst();
        for (Loss loss : losses) {
            if (rank(loss.failure()) <= rank(best.failure())) {
                best = loss;
            }
        }
        return best;
    }

    /// First what the client can change about its request, then what passes by itself, last what the owner must mend.
    private static int rank(Failure failure) {
        return switch (failure) {
            case Failure.Refused _ -> 4;
            case Failure.Upstream upstream -> rank(upstream.category());
        };
    }

    private static int rank(Category category) {
        return switch (category) {
            case CONTEXT_OVERFLOW -> 0;
            case INVALID_REQUEST, REQUEST_TOO_LARGE, POLICY_BLOCKED, CANCELLED -> 1;
            case RATE_LIMITED, OVERLOADED -> 2;
            case TEMPORARY_ERROR,
                    MALFORMED_ANSWER,
                    TRUNCATED,
                    TIMEOUT,
                    NETWORK_ERROR,
                    CONNECT_TIMEOUT,
                    FIRST_BYTE_TIMEOUT,
                    STALE_CONNECTION -> 3;
            case NOT_SUPPORTED -> 4;
            case BILLING_EXHAUSTED -> 5;
            case AUTH_FAILED, FORBIDDEN, MODEL_NOT_FOUND, PATH_NOT_FOUND -> 6;
            case CONFIGURATION_ERROR -> 7;
        };
    }
}
