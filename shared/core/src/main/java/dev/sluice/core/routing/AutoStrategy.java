package dev.sluice.core.routing;

import java.util.ArrayList;
import java.util.List;

/// `auto`: a session keeps its target, so that the provider's prompt cache does; without a session as
/// `quota-aware-weighted-rr`.
///
/// A session's order hangs on configured weights alone, never on quota or health as they change: only while a target cannot
/// be used at all does it stand last, and only its own sessions move, to come back to it afterwards.
final class AutoStrategy {
    private AutoStrategy() {}

    static List<Pick> order(List<Option> options, long position, Conditions conditions) {
        String session = conditions.session();
        return session == null ? QuotaAwareStrategy.order(options, position, conditions) : sticky(options, session);
    }

    private static List<Pick> sticky(List<Option> options, String session) {
        long hash = StableHash.of(session);
        List<Pick> order = new ArrayList<>(Balance.usableFirst(Draw.order(
                options, Option::weight, option -> StableHash.of(hash, option.key()), "next for session " + session)));
        Pick first = order.getFirst();
        if (first.option().outlook().isUsable()) {
            order.set(0, first.because("session " + session + " keeps to it"));
        }
        return order;
    }
}
