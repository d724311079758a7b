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
import dev.sluice.core.routing.Target;
import dev.sluice.model.Dialect;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// From a request to its plan: the route behind the name it asks for, put in order as things stand.
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

    /// What is asked for, by whom and in which conversation.
    ///
    /// @param outline of the body; null: there is none
    /// @param only the one target that may answer (`provider/model`); null: whichever the model's name leads to
    record Wish(
            ChatCall.Arrival arrival,
            Dialect client,
            String model,
            @Nullable Outline outline,
            @Nullable String only) {
        Wish(ChatCall.Arrival arrival, Dialect client, String model, @Nullable Outline outline) {
            this(arrival, client, model, outline, null);
        }

        static Wish of(ChatCall.Arrival arrival, Dialect client, Resumption.Resumed asked) {
            return new Wish(arrival, client, asked.outline().model(), asked.outline(), asked.target());
        }

        private Wish named(String other) {
            return new Wish(arrival, client, other, outline, null);
        }

        @Nullable
        String session() {
            return (outline == null
                            ? SessionId.of(arrival.inbound().headers())
                            : SessionId.of(arrival.inbound().headers(), outline))
                    .orElse(null);
        }
    }

    /// Where a request leads, and how its plan is made once it may be sent: whoever is refused takes no turn.
    record Planned(Route route, Supplier<Plan> plan) {}

    Outcome<Planned> planned(Wish wish) {
        return route(wish)
                .then(route ->
                        Outcome.ok(new Planned(route, () -> route.plan(conditions(wish, route, ledger::position)))));
    }

    /// The plan as things seem to stand, for what is no request: asks no store, takes no turn (a rotation begins
    /// with its first), and is of any size.
    Outcome<Plan> glance(Wish wish) {
        return route(wish, () -> 0)
                .then(route -> Outcome.ok(route.plan(conditions(wish, route, _ -> OptionalLong.of(0)))));
    }

    /// The plan that the next request would have. Asks the store how things stand, and takes nothing.
    Outcome<Plan> preview(Wish wish) {
        return route(wish).then((Route route) -> {
            List<ProviderConfig> providers =
                    route.targets().stream().map(Target::provider).distinct().toList();
            ledger.refresh(providers);
            return Outcome.ok(route.plan(conditions(wish, route, ledger::peek)));
        });
    }

    Ledger.Standing standing(ChatCall.Arrival arrival, Target target) {
        return ledger.standing(
                arrival.config(), target.provider(), target.model().id());
    }

    private Outcome<Route> route(Wish wish) {
        Outline outline = wish.outline();
        return route(wish, () -> outline == null ? 0 : TokenEstimate.of(outline.body()));
    }

    private Outcome<Route> route(Wish wish, LongSupplier size) {
        Outcome<Route> named = anyRoute(wish, size);
        String only = wish.only();
        if (only == null) {
            return named;
        }
        Optional<Route> narrowed =
                named instanceof Outcome.Ok<Route>(Route route) ? route.only(only) : Optional.empty();
        return narrowed.map(Outcome::ok).orElseGet(() -> anyRoute(wish.named(only), size));
    }

    private Outcome<Route> anyRoute(Wish wish, LongSupplier size) {
        Outline outline = wish.outline();
        ChatCall.Arrival arrival = wish.arrival();
        RouteRequest request = outline == null
                ? new RouteRequest(wish.client(), wish.model(), arrival.caller(), Set.of(), 0, dialects)
                : new RouteRequest(
                        wish.client(),
                        wish.model(),
                        arrival.caller(),
                        outline.wants(),
                        size,
                        outline::carriesImages,
                        dialects);
        return Router.route(request, arrival.config(), demo);
    }

    private Conditions conditions(Wish wish, Route route, Function<String, OptionalLong> rotation) {
        Map<String, Long> positions = new HashMap<>();
        for (String alias : route.rotations()) {
            rotation.apply(alias).ifPresent(position -> positions.put(alias, position));
        }
        return new Conditions(
                positions,
                target -> standing(wish.arrival(), target),
                pace,
                wish.session(),
                random,
                time.now(),
                time.nanos());
    }
}
