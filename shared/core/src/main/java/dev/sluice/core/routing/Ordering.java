package dev.sluice.core.routing;

import dev.sluice.core.routing.Node.Branch;
import dev.sluice.core.routing.Node.Group;
import dev.sluice.core.routing.Node.Leaf;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts a tree's targets in order, level by level, each target at its first place. For one request and one thread.
final class Ordering {
    private static final long UNKNOWN = -1;
    private static final String SECOND_TIER = "second tier";

    private final Conditions conditions;
    private final Map<String, Outlook> outlooks = new HashMap<>();
    private final Map<String, Candidate> placed = new LinkedHashMap<>();

    Ordering(Conditions conditions) {
        this.conditions = conditions;
    }

    List<Candidate> of(Group root) {
        place(root, 1, "named", UNKNOWN);
        return List.copyOf(placed.values());
    }

    private void place(Node node, double weight, String reason, long turn) {
        switch (node) {
            case Leaf(Target target) ->
                placed.computeIfAbsent(target.ref(), _ -> new Candidate(target, weight, reason));
            case Group group -> {
                long position = group.rotates() ? position(group, turn) : turn;
                tier(group, group.targets(), position, reason);
                tier(group, group.fallbacks(), position, SECOND_TIER);
            }
        }
    }

    private void tier(Group group, List<Branch> branches, long position, String reason) {
        if (branches.size() == 1) {
            Branch only = branches.getFirst();
            place(only.node(), only.weight(), reason, position);
        } else if (!branches.isEmpty()) {
            boolean isSecond = reason.startsWith(SECOND_TIER);
            List<Option> options = branches.stream().map(this::option).toList();
            for (Pick pick : Balance.of(group.strategy()).order(options, position, conditions)) {
                String why = isSecond ? SECOND_TIER + ": " + pick.reason() : pick.reason();
                place(pick.option().node(), pick.weight(), why, pick.turn() < 0 ? position : pick.turn());
            }
        }
    }

    /// Its parent's turns where a rotation stands in another, else the shared position, else chance.
    private long position(Group group, long turn) {
        Long shared = turn >= 0 ? Long.valueOf(turn) : conditions.positions().get(group.alias());
        return shared == null ? conditions.random().nextLong() & Long.MAX_VALUE : shared;
    }

    private Option option(Branch branch) {
        List<Target> leaves = branch.node().leaves();
        return new Option(
                branch.key(),
                branch.weight(),
                Outlook.best(leaves.stream().map(this::outlook).toList()),
                leaves.stream().map(Target::ref).distinct().toList(),
                branch.node());
    }

    private Outlook outlook(Target target) {
        return outlooks.computeIfAbsent(
                target.ref(), _ -> Outlook.of(conditions.standings().apply(target), conditions.now()));
    }
}
