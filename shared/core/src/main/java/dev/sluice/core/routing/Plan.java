package dev.sluice.core.routing;

import java.util.List;

/// Which targets to try, in order.
///
/// @param route for the response header: `direct`, or the alias and its strategy as in `coding;auto`
/// @param candidates not empty, each target once
/// @param skipped what was left out and why, as `ref:reason`
public record Plan(String route, List<Candidate> candidates, List<String> skipped) {
    public Plan {
        candidates = List.copyOf(candidates);
        skipped = List.copyOf(skipped);
    }

    public List<Target> targets() {
        return candidates.stream().map(Candidate::target).toList();
    }
}
