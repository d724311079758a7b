package dev.sluice.core.routing;

import java.util.List;

/// Which targets to try, in order.
///
/// @param route for the response header: `direct`, or the alias and its strategy as in `coding;ordered`
/// @param targets not empty
/// @param skipped what was left out and why, as `ref:reason`
public record Plan(String route, List<Target> targets, List<String> skipped) {
    public Plan {
        targets = List.copyOf(targets);
        skipped = List.copyOf(skipped);
    }
}
