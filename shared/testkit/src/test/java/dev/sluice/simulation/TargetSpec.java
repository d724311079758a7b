package dev.sluice.simulation;

import dev.sluice.simulation.Behaviour.Script;

/// A target as it is when it is well, and what goes wrong with it.
///
/// @param medianMillis to first content
/// @param capacity requests a second, above which all get slower
record TargetSpec(String provider, String model, int weight, int medianMillis, int capacity, Script script) {
    static TargetSpec of(String ref, int weight, int medianMillis, int capacity, Script script) {
        String[] parts = ref.split("/", 2);
        return new TargetSpec(parts[0], parts[1], weight, medianMillis, capacity, script);
    }

    String ref() {
        return provider + "/" + model;
    }
}
