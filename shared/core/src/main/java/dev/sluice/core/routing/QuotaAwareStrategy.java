package dev.sluice.core.routing;

import java.util.List;

/// `quota-aware-weighted-rr`: drawn for every request anew by weight x remaining share of the tightest matching bucket x
/// health; what cannot be used now comes last.
///
/// Without a cursor: weights that change with every request would make nothing of one, and a draw needs no store.
final class QuotaAwareStrategy {
    /// Nothing is worth less, or what is used up could not be drawn at all.
    private static final double LEAST_WORTH = 1e-6;

    private QuotaAwareStrategy() {}

    static List<Pick> order(List<Option> options, long position, Conditions conditions) {
        return Balance.usableFirst(Draw.order(
                options,
                option ->
                        option.weight() * Math.max(LEAST_WORTH, option.outlook().worth()),
                _ -> conditions.random().nextLong(),
                "drawn by weight, quota and health"));
    }
}
