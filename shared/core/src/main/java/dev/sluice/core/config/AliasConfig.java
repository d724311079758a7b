package dev.sluice.core.config;

import java.util.List;

/// A name for several targets.
///
/// @param fallbackTargets a strict second tier
public record AliasConfig(
        String id,
        Strategy strategy,
        List<WeightedRef> targets,
        List<WeightedRef> fallbackTargets,
        PolicySwitches policies) {
    public AliasConfig {
        targets = List.copyOf(targets);
        fallbackTargets = List.copyOf(fallbackTargets);
    }

    /// A ref (`provider/model`, a bare model id or another alias) and its share.
    public record WeightedRef(String ref, int weight) {}

    /// How an alias spreads its load.
    public enum Strategy {
        ORDERED("ordered"),
        ROUND_ROBIN("round-robin"),
        WEIGHTED_RR("weighted-rr"),
        QUOTA_AWARE_WEIGHTED_RR("quota-aware-weighted-rr"),
        AUTO("auto"),
        COST("cost"),
        LATENCY("latency"),
        LEAST_USED("least-used"),
        RANDOM("random");

        private final String id;

        Strategy(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }

        /// What it is carried out as: `cost` waits for prices.
        public Strategy inForce() {
            return this == COST ? ORDERED : this;
        }
    }
}
