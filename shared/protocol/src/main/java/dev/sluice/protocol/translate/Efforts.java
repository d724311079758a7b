package dev.sluice.protocol.translate;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Field;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns one way of asking for thought into another: efforts of several vocabularies, and budgets in tokens.
public final class Efforts {
    /// Fewer tokens than this no provider takes for a budget.
    public static final long SMALLEST_BUDGET = 1024;

    private Efforts() {}

    /// The nearest allowed effort at or below the wanted one; when there is none, the lowest allowed. `NONE` answers only a
    /// wish for `NONE`, as it is no lesser degree of thought. No list at all allows everything.
    public static Effort clamp(Effort wanted, List<Effort> allowed) {
        if (allowed.isEmpty() || allowed.contains(wanted)) {
            return wanted;
        }
        Effort below = null;
        Effort lowest = null;
        for (Effort effort : allowed) {
            if (effort == Effort.NONE) {
                continue;
            }
            if (lowest == null || effort.compareTo(lowest) < 0) {
                lowest = effort;
            }
            if (effort.compareTo(wanted) < 0 && (below == null || effort.compareTo(below) > 0)) {
                below = effort;
            }
        }
        if (below != null) {
            return below;
        }
        return lowest == null ? Effort.NONE : lowest;
    }

    /// The effort that a wish amounts to; null: it names none.
    public static @Nullable Effort of(ReasoningWish wish) {
        return switch (wish) {
            case ReasoningWish.Unset _ -> null;
            case ReasoningWish.Off _ -> Effort.NONE;
            case ReasoningWish.Adaptive(Effort effort, String _) -> effort;
            case ReasoningWish.Budget(long tokens, Effort effort, String _) ->
                effort != null ? effort : ofBudget(tokens);
            case ReasoningWish.ByEffort(Effort effort) -> effort;
        };
    }

    /// The effort that the target is told: the nearest it has, and no word where it cannot be told not to think.
    ///
    /// @param allowed the target's efforts
    public static @Nullable Effort told(ChatRequest request, List<Effort> allowed, Losses losses) {
        Effort wanted = of(request.reasoning());
        if (wanted == null) {
            return null;
        }
        if (wanted == Effort.NONE && !allowed.contains(Effort.NONE)) {
            losses.drop(request.pathOf(Field.REASONING));
            return null;
        }
        return nearest(wanted, allowed, request, losses);
    }

    /// The nearest allowed effort, as in [#clamp]; that it is another is told.
    public static Effort nearest(Effort wanted, List<Effort> allowed, ChatRequest request, Losses losses) {
        Effort nearest = clamp(wanted, allowed);
        if (nearest != wanted) {
            losses.change(request.pathOf(Field.REASONING), "clamped");
        }
        return nearest;
    }

    /// Tells what becomes of the wish on a target that does not think: nothing, unless it was for no thought.
    public static void reportUnthinking(ChatRequest request, Losses losses) {
        Effort wanted = of(request.reasoning());
        if (wanted != null && wanted != Effort.NONE) {
            losses.drop(request.pathOf(Field.REASONING));
        }
    }

    /// The effort that a budget amounts to.
    public static Effort ofBudget(long tokens) {
        if (tokens <= 0) {
            return Effort.NONE;
        }
        if (tokens < SMALLEST_BUDGET) {
            return Effort.MINIMAL;
        }
        if (tokens < 4096) {
            return Effort.LOW;
        }
        if (tokens < 16_384) {
            return Effort.MEDIUM;
        }
        if (tokens < 32_768) {
            return Effort.HIGH;
        }
        return tokens < 65_536 ? Effort.XHIGH : Effort.MAX;
    }

    /// The budget that an effort amounts to: at least [#SMALLEST_BUDGET] and at most three quarters of the output, so that
    /// room is left for an answer. 0 means no thought: none was wished, or the output has no room for any.
    public static long toBudget(Effort effort, long maxOutputTokens) {
        long wanted = switch (effort) {
            case NONE -> 0;
            case MINIMAL -> SMALLEST_BUDGET;
            case LOW -> 2048;
            case MEDIUM -> 8192;
            case HIGH -> 24_576;
            case XHIGH -> 49_152;
            case MAX -> 65_536;
        };
        if (wanted == 0 || maxOutputTokens <= SMALLEST_BUDGET) {
            return 0;
        }
        return Math.max(SMALLEST_BUDGET, Math.min(wanted, maxOutputTokens / 4 * 3));
    }
}
