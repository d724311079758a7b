package dev.sluice.core.routing;

import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.model.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be expected of a target, or of an alias, as last seen.
///
/// @param worth the share (0 to 1) of its weight that quota and health leave
/// @param why it cannot be used now; empty when it can
public record Outlook(double worth, String why) {
    private static final double LEAST_HEALTH = 0.05;

    public boolean isUsable() {
        return why.isEmpty();
    }

    public static Outlook of(Standing standing, Instant now) {
        double remaining = remaining(standing.fills(), now);
        return new Outlook(remaining * health(standing.failures()), why(standing.recovery(), remaining, now));
    }

    /// An alias is worth as much as the best behind it.
    static Outlook best(List<Outlook> outlooks) {
        Outlook best = outlooks.getFirst();
        for (Outlook outlook : outlooks) {
            if (outlook.isUsable() == best.isUsable() ? outlook.worth() > best.worth() : outlook.isUsable()) {
                best = outlook;
            }
        }
        return best;
    }

    static double health(int failures) {
        return Math.max(LEAST_HEALTH, 1 / (1 + 0.5 * failures));
    }

    /// Of the tightest bucket; one whose window has ended since it was seen is whole again.
    private static double remaining(List<Fill> fills, Instant now) {
        double least = 1;
        for (Fill fill : fills) {
            if (fill.resets().isAfter(now)) {
                least = Math.min(least, fill.remaining());
            }
        }
        return least;
    }

    private static String why(@Nullable Recovery recovery, double remaining, Instant now) {
        if (recovery != null && recovery.at().isAfter(now)) {
            return recovery.category() == Failure.Category.TEMPORARY_ERROR ? "breaker open" : "cools down";
        }
        return remaining > 0 ? "" : "quota exhausted";
    }
}
