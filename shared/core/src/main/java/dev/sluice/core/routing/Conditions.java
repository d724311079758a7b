package dev.sluice.core.routing;

import dev.sluice.core.metering.Pace;
import dev.sluice.core.ports.Ledger;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a plan may depend on beside the configuration: how things stand at the moment of one request.
///
/// @param positions in shared rotations by alias, each taken for this request; where one is missing chance decides
/// @param standings what is known of a target without asking the store
/// @param pace how fast and how busy targets were lately
/// @param session the conversation's stable name; null: none
/// @param nanos of the clock that `pace` was told by
public record Conditions(
        Map<String, Long> positions,
        Function<Target, Ledger.Standing> standings,
        Pace pace,
        @Nullable String session,
        RandomGenerator random,
        Instant now,
        long nanos) {
    public Conditions {
        positions = Map.copyOf(positions);
    }
}
