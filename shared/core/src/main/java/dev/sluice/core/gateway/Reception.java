package dev.sluice.core.gateway;

import dev.sluice.core.access.Access;
import dev.sluice.core.access.AllowedIps;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.Cors;
import dev.sluice.core.access.Look;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The first steps of every request: who asks, by which configuration, and with what body.
final class Reception {
    private final Access access;
    private final RecentRegistry registry;

    Reception(Access access, RecentRegistry registry) {
        this.access = access;
        this.registry = registry;
    }

    /// The configuration for whoever is not asked for a key.
    Look look() {
        return registry.look(Set.of());
    }

    /// Why the request is not even looked at: it came another way than through the owner's CloudFront. Health says nothing,
    /// and who looks after the function may ask for it where it is.
    Optional<Failure.Refused> stranger(InboundRequest inbound, Match match) {
        return match instanceof Match.Health ? Optional.empty() : access.edge().refusal(inbound.headers());
    }

    /// Who asks, and the configuration that the request goes by to its end.
    Outcome<ChatCall.Arrival> arrival(Exchange exchange, Dialect dialect) {
        InboundRequest inbound = exchange.inbound();
        if (inbound.isTooLate()) {
            return Outcome.bad(Failure.Refused.of(
                    Failure.Kind.TIMEOUT,
                    "No time is left for an answer: the function's timeout is too short, or has passed."));
        }
        Access.Given given =
                access.given(inbound.headers(), QueryString.parse(inbound.query()), dialect == Dialect.GEMINI);
        Look look = registry.look(given.hashes());
        return look.config()
                .then((ConfigSnapshot config) -> admitted(exchange, config))
                .then((ConfigSnapshot config) -> access.authenticate(given, look)
                        .then((Caller caller) -> {
                            exchange.calledBy(caller);
                            return Outcome.ok(
                                    new ChatCall.Arrival(exchange.id(), inbound, caller, config, look.stale()));
                        }));
    }

    private Outcome<ConfigSnapshot> admitted(Exchange exchange, ConfigSnapshot config) {
        InboundRequest inbound = exchange.inbound();
        Headers cors = new Cors(config.access().corsOrigins()).response(inbound.headers());
        exchange.addToAnswer(cors);
        String client = access.edge().clientAddress(inbound.headers(), inbound.clientAddress());
        Optional<Failure.Refused> refusal =
                AllowedIps.of(config.access().allowedIps()).refusal(client);
        if (refusal.isPresent()) {
            exchange.addToAnswer(cors.with(AllowedIps.MARK, AllowedIps.ADDRESS));
            return Outcome.bad(refusal.get());
        }
        return Outcome.ok(config);
    }

    /// The body's outline, known to the exchange from now on.
    ///
    /// @param outline by the dialect and the operation
    static Outcome<Outline> outlined(
            Exchange exchange, ConfigSnapshot config, Function<byte[], Outcome<Outline>> outline) {
        return body(exchange.inbound(), config)
                .then(body -> MediaTypes.check(exchange.inbound().headers(), exchange.dialect())
                        .then(_ -> outline.apply(body)))
                .then((Outline known) -> {
                    exchange.asksFor(known);
                    return Outcome.ok(known);
                });
    }

    /// Bad: it could not be read, or is larger than the owner allows.
    static Outcome<byte[]> body(InboundRequest inbound, ConfigSnapshot config) {
        if (inbound.problem() != null) {
            return Outcome.bad(inbound.problem());
        }
        return inbound.body().length <= config.maxRequestBytes()
                ? Outcome.ok(inbound.body())
                : Outcome.bad(Failure.Refused.of(
                        Failure.Kind.TOO_LARGE,
                        "The request body is larger than the limit of " + config.maxRequestBytes() + " bytes."));
    }
}
