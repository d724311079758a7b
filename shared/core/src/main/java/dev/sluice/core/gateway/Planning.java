package dev.sluice.core.gateway;

import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.metering.Pace;
import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.Time;
import dev.sluice.core.routing.Conditions;
import dev.sluice.core.routing.Plan;
import dev.sluice.core.routing.Route;
import dev.sluice.core.routing.RouteRequest;
import dev.sluice.core.routing.Router;
import dev.sluice.core.routing.SessionId;
import dev.sluice.model.Dialect;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// From an outlined request to its plan: the route behind the name, put in order as things stand.
final class Planning {
    private final Set<Dialect> dialects;
    private final Ledger ledger;
    private final Pace pace;
    private final ProviderConfig demo;
    private final Time time;
    private final RandomGenerator random;

    Planning(Gateway.World world, Pace pace) {
        this.dialects = world.codecs().dialects();
        this.ledger = world.ledger();
        this.pace = pace;
        this.demo = world.demo();
        this.time = world.time();
        this.random = world.random();
    }

    /// The plan of one request, which takes its turn in every rotation that it needs.
    Outcome<Plan> plan(ChatCall.Arrival arrival, Dialect client, Outline outline) {
        String session = SessionId.of(arrival.inbound().headers(), outline).orElse(null);
        RouteRequest request = new RouteRequest(
                client,
                outline.model(),
                arrival.caller(),
                outline.wants(),
                () -> TokenEstimate.of(outline.body()),
                outline::carriesImages,
                dialects);
        return Router.route(request, arrival.config(), demo).then((Route route) -> {
            Map<String, Long> positions = new HashMap<>();
            for (String alias : route.rotations()) {
                ledger.position(alias).ifPresent(position -> positions.put(alias, position));
            }
            return Outcome.ok(route.plan(conditions(arrival, positions, session)));
        });
    }

    private Conditions conditions(ChatCall.Arrival arrival, Map<String, Long> positions, @Nullable String session) {
        return new Conditions(
                positions,
                target -> ledger.standing(
                        arrival.config(), target.provider(), target.model().id()),
                pace,
                session,
                random,
                time.now(),
                time.nanos());
    }
}
