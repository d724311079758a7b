package dev.sluice.core.routing;

import dev.sluice.core.config.AliasConfig.Strategy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where a name leads, before any order: its targets as a tree of aliases, each with its own strategy.
///
/// Follows ROUTING.md, "From a model name to targets" and "Strategies". Immutable; asks nothing of the world until
/// [#plan(Conditions)] is given what it may know.
public final class Route {
    static final String DIRECT = "direct";

    private final Node.Group root;
    private final String label;
    private final List<Target> targets;
    private final List<String> skipped;
    private final Suitability suitability;

    Route(Node.Group root, List<String> skipped, Suitability suitability) {
        this.root = root;
        this.label = label(root);
        this.targets = targets(root);
        this.skipped = List.copyOf(skipped);
        this.suitability = suitability;
    }

    static String label(Node.Group root) {
        return root.alias().isEmpty()
                ? DIRECT
                : root.alias() + ";" + root.strategy().id();
    }

    /// Each target of the tree once, in the order of the document.
    static List<Target> targets(Node.Group root) {
        Map<String, Target> targets = new LinkedHashMap<>();
        root.leaves().forEach(target -> targets.putIfAbsent(target.ref(), target));
        return List.copyOf(targets.values());
    }

    /// For the response header: `direct`, or the alias and its strategy as in `coding;auto`.
    public String label() {
        return label;
    }

    public boolean isDirect() {
        return DIRECT.equals(label);
    }

    /// The targets in the order of the document, each once; not empty.
    public List<Target> targets() {
        return targets;
    }

    /// The direct route to one of the targets; empty when it is none of them.
    public Optional<Route> only(String ref) {
        return targets.stream()
                .filter(target -> target.ref().equals(ref))
                .findFirst()
                .map(target -> new Node.Branch(ref, 1, new Node.Leaf(target)))
                .map(branch -> new Node.Group("", Strategy.ORDERED, List.of(branch), List.of()))
                .map(group -> new Route(group, List.of(), suitability));
    }

    /// What was left out and why, as `ref:reason`.
    public List<String> skipped() {
        return skipped;
    }

    /// The aliases whose next shared position the plan needs. One inside a rotating alias takes its turns from that: with
    /// a position of its own, advanced by the same requests, it would keep step and always choose alike.
    public Set<String> rotations() {
        Set<String> rotations = new LinkedHashSet<>();
        collectRotations(root, rotations);
        return Collections.unmodifiableSet(rotations);
    }

    private static void collectRotations(Node node, Set<String> rotations) {
        if (node instanceof Node.Group group) {
            if (group.rotates()) {
                rotations.add(group.alias());
            } else {
                group.branches().forEach(branch -> collectRotations(branch.node(), rotations));
            }
        }
    }

    /// The order for one request as things stand. The same conditions, its chance included, give the same plan.
    public Plan plan(Conditions conditions) {
        return new Plan(label, suitability.ordered(new Ordering(conditions).of(root)), skipped);
    }
}
