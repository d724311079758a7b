package dev.sluice.core.gateway;

import dev.sluice.core.access.Access;
import dev.sluice.core.access.AllowedIps;
import dev.sluice.core.access.Caller;
import dev.sluice.core.access.Cors;
import dev.sluice.core.access.Look;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.metering.Pace;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.RequestSigning;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.relay.ClientStream;
import dev.sluice.core.resilience.BodyHash;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.core.resilience.LoopBreaker;
import dev.sluice.core.resilience.RetryBudget;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The request path: one way in, one way out. Driven by every front; blocks the caller's thread until the answer is over.
public final class Gateway {
    private final Codecs codecs;
    private final Access access;
    private final RecentRegistry registry;
    private final Planning planning;
    private final Explanation explanation;
    private final Attempts attempts;
    private final LoopBreaker loops = new LoopBreaker();
    private final Time time;
    private final RandomGenerator random;
    private final CallRecords records;
    private final LocalAnswers local;

    /// What the gateway needs of the world.
    ///
    /// @param demo the built-in provider, reached by every name while nothing is configured
    public record World(
            Codecs codecs,
            Upstream upstream,
            Ledger ledger,
            RecentRegistry registry,
            Access access,
            Credentials credentials,
            ProviderConfig demo,
            Time time,
            RandomGenerator random,
            CallLog log,
            RequestSigning signing) {
        /// A world whose providers want no signed requests.
        public World(
                Codecs codecs,
                Upstream upstream,
                Ledger ledger,
                RecentRegistry registry,
                Access access,
                Credentials credentials,
                ProviderConfig demo,
                Time time,
                RandomGenerator random,
                CallLog log) {
            this(codecs, upstream, ledger, registry, access, credentials, demo, time, random, log, RequestSigning.NONE);
        }
    }

    public Gateway(World world) {
        this.codecs = world.codecs();
        this.access = world.access();
        this.registry = world.registry();
        Pace pace = new Pace();
        this.planning = new Planning(world, pace);
        this.explanation = new Explanation(world.codecs(), planning, world.time());
        this.time = world.time();
        this.random = world.random();
        this.records = new CallRecords(world.log(), world.time());
        this.local = new LocalAnswers(world.codecs(), world.demo());
        this.attempts = new Attempts(new Attempts.Means(
                codecs,
                world.upstream(),
                world.ledger(),
                new AuthHeaders(world.credentials(), world.signing(), world.time()),
                time,
                random,
                new RetryBudget(),
                pace,
                new Waits(time)));
    }

    /// Answers one request, whatever it is.
    public void handle(InboundRequest inbound, ClientResponse response) {
        Exchange exchange = new Exchange(RequestId.next(random), inbound, response, time);
        try {
            dispatch(exchange, Endpoint.match(inbound.method(), inbound.path(), inbound.query(), inbound.headers()));
        } catch (ClientGone gone) {
            records.clientGone(exchange);
        } catch (RuntimeException bug) {
            records.bug(exchange, bug);
            exchange.brokenByBug();
        }
    }

    private void dispatch(Exchange exchange, Match match) throws ClientGone {
        switch (match) {
            case Match.Chat(Dialect dialect, RequestHead head) -> chat(exchange, dialect, head);
            case Match.DetectDialect(RequestHead head) -> detected(exchange, head);
            case Match.ListModels(ModelShape shape) -> models(exchange, shape, null);
            case Match.OneModel(ModelShape shape, String id) -> models(exchange, shape, id);
            case Match.Explain(RequestHead head) -> explain(exchange, head);
            case Match.CountTokens(Dialect dialect) -> later(exchange, dialect, "token counting");
            case Match.Later(Dialect dialect, String what) -> later(exchange, dialect, what);
            case Match.Health _ -> local.health(exchange);
            case Match.Hello _ -> local.hello(exchange);
            case Match.Preflight _ -> local.preflight(exchange, registry.look(Set.of()));
            case Match.WebSocketUpgrade _ -> local.noWebSocket(exchange);
            case Match.MethodNotAllowed(Dialect nearest, String allow) ->
                records.refused(exchange, local.methodNotAllowed(exchange, nearest, allow));
            case Match.NotFound(Dialect nearest) -> records.refused(exchange, local.notFound(exchange, nearest));
        }
    }

    private void detected(Exchange exchange, RequestHead head) throws ClientGone {
        Outcome<JsonSpans> top = JsonScanner.topLevel(exchange.inbound().body());
        Dialect dialect = top instanceof Outcome.Ok<JsonSpans>(JsonSpans spans)
                ? DialectDetection.of(spans, exchange.inbound().headers()).orElse(Dialect.OPENAI_CHAT)
                : Dialect.OPENAI_CHAT;
        chat(exchange, dialect, head);
    }

    /// The path of a chat request, step by step.
    private void chat(Exchange exchange, Dialect dialect, RequestHead head) throws ClientGone {
        DialectCodec codec = codecs.of(dialect).orElse(null);
        if (codec == null) {
            later(exchange, dialect, dialect.id());
            return;
        }
        exchange.speaks(codec);
        Outcome<ChatCall> call = arrival(exchange, dialect)
                .then(arrival -> outlined(exchange, arrival.config(), codec, head)
                        .then(outline -> notLooping(arrival, outline)
                                .then(_ -> planning.planned(Planning.Wish.of(arrival, codec.dialect(), outline)))
                                .then(planned -> Outcome.ok(started(exchange, arrival, codec, outline, planned)))));
        switch (call) {
            case Outcome.Bad<ChatCall>(Failure failure) -> {
                exchange.refuse(failure);
                records.refused(exchange, failure);
            }
            case Outcome.Ok<ChatCall>(ChatCall ready) -> answered(exchange, ready);
        }
    }

    /// Who asks, and the configuration that the request goes by to its end.
    private Outcome<ChatCall.Arrival> arrival(Exchange exchange, Dialect dialect) {
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

    private static Outcome<ConfigSnapshot> admitted(Exchange exchange, ConfigSnapshot config) {
        InboundRequest inbound = exchange.inbound();
        exchange.allow(new Cors(config.access().corsOrigins()).response(inbound.headers()));
        Optional<Failure.Refused> refusal =
                AllowedIps.of(config.access().allowedIps()).refusal(inbound.clientAddress());
        return refusal.isPresent() ? Outcome.bad(refusal.get()) : Outcome.ok(config);
    }

    private static Outcome<byte[]> body(InboundRequest inbound, ConfigSnapshot config) {
        if (inbound.problem() != null) {
            return Outcome.bad(inbound.problem());
        }
        return inbound.body().length <= config.maxRequestBytes()
                ? Outcome.ok(inbound.body())
                : Outcome.bad(Failure.Refused.of(
                        Failure.Kind.TOO_LARGE,
                        "The request body is larger than the limit of " + config.maxRequestBytes() + " bytes."));
    }

    private Outcome<Outline> outlined(Exchange exchange, ConfigSnapshot config, DialectCodec codec, RequestHead head) {
        return body(exchange.inbound(), config)
                .then(body -> MediaTypes.check(exchange.inbound().headers())
                        .then(_ -> codec.requests().outline(body, head)))
                .then((Outline outline) -> {
                    exchange.asksFor(outline);
                    return Outcome.ok(outline);
                });
    }

    private Outcome<Outline> notLooping(ChatCall.Arrival arrival, Outline outline) {
        if (isLooping(arrival, outline)) {
            return Outcome.bad(new Failure.Refused(
                    Failure.Kind.RATE_LIMITED,
                    "The same request was sent more than "
                            + arrival.config().loopBreaker().repeats()
                            + " times and keeps failing; it is not sent on. Change the request or wait a minute.",
                    null,
                    null));
        }
        return Outcome.ok(outline);
    }

    private boolean isLooping(ChatCall.Arrival arrival, Outline outline) {
        return !loops.isIdle()
                && loops.isLooping(
                        arrival.caller().keyHash(),
                        BodyHash.of(outline.body()),
                        arrival.config().loopBreaker(),
                        time.nanos());
    }

    private ChatCall started(
            Exchange exchange,
            ChatCall.Arrival arrival,
            DialectCodec codec,
            Outline outline,
            Planning.Planned planned) {
        Duration total = arrival.config().timeouts().total();
        Duration remaining = exchange.inbound().remaining();
        Deadline deadline =
                Deadline.of(exchange.startedNanos(), remaining == null ? total : Waits.min(total, remaining));
        ClientStream client = exchange.stream(arrival.config().timeouts().keepAlive());
        return new ChatCall(arrival, codec, outline, planned, deadline, client);
    }

    private void answered(Exchange exchange, ChatCall call) {
        Ending ending = attempts.run(call, lost -> exchange.lost(call, lost.failure(), lost.relay()));
        if (!(ending instanceof Ending.Answered)) {
            loops.failed(
                    call.caller.keyHash(), BodyHash.of(call.outline.body()), call.config.loopBreaker(), time.nanos());
        } else if (!loops.isIdle()) {
            loops.succeeded(call.caller.keyHash(), BodyHash.of(call.outline.body()));
        }
        records.ended(exchange, call, ending);
    }

    private void models(Exchange exchange, ModelShape shape, @Nullable String id) throws ClientGone {
        Dialect dialect = LocalAnswers.dialectOf(shape);
        codecs.of(dialect).ifPresent(exchange::speaks);
        switch (arrival(exchange, dialect)) {
            case Outcome.Bad<ChatCall.Arrival>(Failure failure) -> {
                exchange.refuse(failure);
                records.refused(exchange, failure);
            }
            case Outcome.Ok<ChatCall.Arrival>(ChatCall.Arrival arrival) -> local.models(exchange, arrival, shape, id);
        }
    }

    private void explain(Exchange exchange, RequestHead head) throws ClientGone {
        switch (arrival(exchange, Dialect.OPENAI_CHAT).then(arrival -> explanation.of(arrival, head))) {
            case Outcome.Bad<Explanation.Told>(Failure failure) -> {
                exchange.refuse(failure);
                records.refused(exchange, failure);
            }
            case Outcome.Ok<Explanation.Told>(Explanation.Told told) -> local.explained(exchange, told);
        }
    }

    private void later(Exchange exchange, Dialect dialect, String what) throws ClientGone {
        Outcome<ChatCall.Arrival> arrival = arrival(exchange, dialect);
        Failure failure = arrival instanceof Outcome.Bad<ChatCall.Arrival>(Failure refused)
                ? refused
                : Failure.Refused.of(
                        Failure.Kind.NOT_IMPLEMENTED, "This version of Sluice does not serve " + what + " yet.");
        local.refuse(exchange, dialect, failure);
        records.refused(exchange, failure);
    }
}
