package dev.sluice.core.limits;

import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.core.ports.Ledger.Reserve;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The caps that hold for a call now, as counters of a state item (ADMISSION.md 2). Caps in dollars are not in force yet.
final class Buckets {
    private static final String REQUESTS = "requests";
    private static final String TOKENS = "tokens";
    private static final String ALL = "all";

    private Buckets() {}

    /// One cap in its present window.
    ///
    /// @param bucket the id of the bucket
    /// @param unit `requests` or `tokens`
    /// @param counter the attribute's name
    /// @param most the cap less its safety margin
    /// @param resets when the window ends
    record Cap(String bucket, String unit, String counter, long most, Instant resets) {
        boolean isOfTokens() {
            return unit.equals(TOKENS);
        }
    }

    /// What one call takes from a cap.
    record Charge(Cap cap, long amount) {
        boolean neverFits() {
            return amount > cap.most();
        }
    }

    /// @param model null: every bucket holds, whatever its models
    static List<Cap> matching(List<RateLimitConfig> limits, @Nullable String model, Instant now) {
        if (limits.isEmpty()) {
            return List.of();
        }
        List<Cap> caps = new ArrayList<>();
        for (RateLimitConfig limit : limits) {
            if (model != null && !matches(limit, model)) {
                continue;
            }
            Windows.Span window = Windows.at(limit.window(), now);
            String label = limit.id() + "/" + Windows.label(limit, window.start());
            add(caps, limit, REQUESTS, "q/" + label, limit.requests(), window.end());
            add(caps, limit, TOKENS, "t/" + label, limit.tokens(), window.end());
        }
        return caps;
    }

    private static boolean matches(RateLimitConfig limit, String model) {
        return limit.models().contains(ALL) || limit.models().contains(model);
    }

    private static void add(
            List<Cap> caps, RateLimitConfig limit, String unit, String counter, @Nullable Long cap, Instant resets) {
        if (cap != null) {
            caps.add(new Cap(limit.id(), unit, counter, limit.most(cap), resets));
        }
    }

    /// What the call takes from each.
    static List<Charge> charges(List<Cap> caps, Reserve reserve) {
        List<Charge> charges = new ArrayList<>(caps.size());
        for (Cap cap : caps) {
            charges.add(new Charge(cap, cap.isOfTokens() ? tokens(cap, reserve) : 1));
        }
        return charges;
    }

    /// An answer as long as it may be seldom comes: a prompt that fits is let in, and then has the bucket to itself.
    private static long tokens(Cap cap, Reserve reserve) {
        long prompt = Math.max(0, reserve.prompt());
        long whole = Saturated.sum(prompt, Math.max(0, reserve.output()));
        return whole > cap.most() && prompt <= cap.most() ? cap.most() : whole;
    }
}
