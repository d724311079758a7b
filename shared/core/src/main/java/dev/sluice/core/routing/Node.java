package dev.sluice.core.routing;

import dev.sluice.core.config.AliasConfig.Strategy;
import java.util.ArrayList;
import java.util.List;

/// A name's targets as a tree: each group balances by its own strategy what its parent sends it.
sealed interface Node {
    record Leaf(Target target) implements Node {}

    /// The targets of one alias, of a direct route, or of a bare model id that several providers have.
    ///
    /// @param alias its id; empty when it is none
    /// @param fallbacks a strict second tier
    record Group(String alias, Strategy strategy, List<Branch> targets, List<Branch> fallbacks) implements Node {
        public Group {
            targets = List.copyOf(targets);
            fallbacks = List.copyOf(fallbacks);
        }

        boolean isEmpty() {
            return targets.isEmpty() && fallbacks.isEmpty();
        }

        /// Whether a tier takes turns by a position that all environments share.
        boolean rotates() {
            boolean byPosition = strategy == Strategy.ROUND_ROBIN || strategy == Strategy.WEIGHTED_RR;
            return byPosition && !alias.isEmpty() && Math.max(targets.size(), fallbacks.size()) > 1;
        }

        List<Branch> branches() {
            List<Branch> all = new ArrayList<>(targets);
            all.addAll(fallbacks);
            return all;
        }
    }

    /// What a group can choose, and its share there.
    ///
    /// @param key its stable name: a target's ref, `alias:` and an alias' id, or a bare model id
    record Branch(String key, int weight, Node node) {}

    /// Every target in the order of the document, one that stands in several places more than once.
    default List<Target> leaves() {
        return switch (this) {
            case Leaf(Target target) -> List.of(target);
            case Group group ->
                group.branches().stream()
                        .flatMap(branch -> branch.node().leaves().stream())
                        .toList();
        };
    }
}
