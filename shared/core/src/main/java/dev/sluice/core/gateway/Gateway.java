package dev.sluice.core.gateway;

import dev.sluice.core.access.Access;
import dev.sluice.core.access.RecentRegistry;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.metering.Pace;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.RequestSigning;
import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.resilience.RetryBudget;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The request path: one way in, one way out. Driven by every front; blocks the caller's thread until the answer is over.
public final class Gateway {
    private final Codecs codecs;
    private final Reception reception;
    private final Planning planning;
    private final Explanation explanation;
    private final Attempts attempts;
    private final Time time;
    private final RandomGenerator random;
    private final CallRecords records;
    private final LocalAnswers local;
    private final Counting counting;
    private final Resumption resumption;
    private final Understanding understanding;
    private final StoredAnswers stored;
    private final InFlight inFlight;

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
            RequestSigning signing,
            ResponseStore responses) {
        /// A world whose providers want no signed requests, and that keeps no answers.
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
            this(
                    codecs,
                    upstream,
                    ledger,
                    registry,
                    access,
                    credentials,
                    demo,
                    time,
                    random,
                    log,
                    RequestSigning.NONE,
                    ResponseStore.NONE);
        }
    }

    public Gateway(World world) {
        this(world, new InFlight());
    }

    /// @param inFlight where it tells what it is doing
    public Gateway(World world, InFlight inFlight) {
        this.inFlight = inFlight;
        this.codecs = world.codecs();
        this.reception = new Reception(world.access(), world.registry());
        Pace pace = new Pace();
        this.planning = new Planning(world, pace);
        this.explanation = new Explanation(world.codecs(), planning, world.time());
        this.time = world.time();
        this.random = world.random();
        this.records = new CallRecords(world.log(), world.time());
        this.local = new LocalAnswers(world.codecs(), world.demo());
        AuthHeaders auth = new AuthHeaders(world.credentials(), world.signing(), world.time());
        this.counting = new Counting(world, planning, auth);
        this.resumption = new Resumption(world.responses(), time);
        this.understanding =
                new Understanding(reception, planning, resumption, new Keeper(world.responses(), time), time);
        this.stored = new StoredAnswers(world.responses(), resumption, new KeptElsewhere(world, planning, auth));
        this.attempts = new Attempts(new Attempts.Means(
                codecs,
                world.upstream(),
                world.ledger(),
                auth,
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
        Optional<Failure.Refused> stranger = reception.stranger(exchange.inbound(), match);
        if (stranger.isPresent()) {
            Dialect dialect = match instanceof Match.DetectDialect ? dialect(exchange) : match.dialect();
            codecs.of(dialect).ifPresent(exchange::speaks);
            exchange.refuse(stranger.get());
            records.refused(exchange, stranger.get());
            return;
        }
        switch (match) {
            case Match.Chat(Dialect dialect, RequestHead head) -> chat(exchange, dialect, head);
            case Match.DetectDialect(RequestHead head) -> detected(exchange, head);
            case Match.ListModels(ModelShape shape) ->
                known(exchange, LocalAnswers.dialectOf(shape), caller -> local.models(exchange, caller, shape));
            case Match.OneModel(ModelShape shape, String id) ->
                known(exchange, LocalAnswers.dialectOf(shape), caller -> local.model(exchange, caller, shape, id));
            case Match.ShowModel _ -> known(exchange, Dialect.OLLAMA_CHAT, caller -> local.shown(exchange, caller));
            case Match.RunningModels _ -> known(exchange, Dialect.OLLAMA_CHAT, _ -> local.runningModels(exchange));
            case Match.OllamaVersion _ -> known(exchange, Dialect.OLLAMA_CHAT, _ -> local.ollamaVersion(exchange));
            case Match.Protocol _ -> local.protocol(exchange);
            case Match.Explain(RequestHead head) -> explain(exchange, head);
            case Match.CountTokens(Dialect dialect, RequestHead head) -> count(exchange, dialect, head);
            case Match.Stored asked ->
                known(exchange, Dialect.OPENAI_RESPONSES, caller -> local.stored(exchange, stored.of(caller, asked)));
            case Match.Later(Dialect dialect, String what) -> later(exchange, dialect, what);
            case Match.Health _ -> local.health(exchange);
            case Match.Hello(String words) -> local.hello(exchange, words);
            case Match.Preflight _ -> local.preflight(exchange, reception.look());
            case Match.WebSocketUpgrade _ -> local.noWebSocket(exchange);
            case Match.MethodNotAllowed(Dialect nearest, String allow) ->
                records.refused(exchange, local.methodNotAllowed(exchange, nearest, allow));
            case Match.NotFound(Dialect nearest) -> records.refused(exchange, local.notFound(exchange, nearest));
        }
    }

    /// As the body and the headers tell it.
    private static Dialect dialect(Exchange exchange) {
        Outcome<JsonSpans> top = JsonScanner.topLevel(exchange.inbound().body());
        return top instanceof Outcome.Ok<JsonSpans>(JsonSpans spans)
                ? DialectDetection.of(spans, exchange.inbound().headers()).orElse(Dialect.OPENAI_CHAT)
                : Dialect.OPENAI_CHAT;
    }

    private void detected(Exchange exchange, RequestHead head) throws ClientGone {
        Dialect dialect = dialect(exchange);
        chat(
                exchange,
                dialect,
                DialectDetection.head(head, dialect, exchange.inbound().body()));
    }

    /// The path of a chat request, step by step.
    private void chat(Exchange exchange, Dialect dialect, RequestHead head) throws ClientGone {
        DialectCodec codec = codecs.of(dialect).orElse(null);
        if (codec == null) {
            later(exchange, dialect, dialect.id());
            return;
        }
        exchange.speaks(codec);
        switch (understanding.of(exchange, codec, head)) {
            case Outcome.Bad<Understanding.Next>(Failure failure) -> {
                exchange.refuse(failure);
                records.refused(exchange, failure);
            }
            case Outcome.Ok<Understanding.Next>(Understanding.Call(ChatCall call)) -> answered(exchange, call);
            case Outcome.Ok<Understanding.Next>(Understanding.Here(String type, byte[] body)) -> {
                local.answered(exchange, type, body);
                records.answeredHere(exchange);
            }
        }
    }

    private void answered(Exchange exchange, ChatCall call) {
        inFlight.begin(call);
        try {
            Ending ending = attempts.run(call, lost -> exchange.lost(call, lost.failure(), lost.relay()));
            understanding.ended(call, ending);
            records.ended(exchange, call, ending);
        } finally {
            inFlight.end(call);
        }
    }

    /// How many tokens a request has. No attempt of it is made, so nothing is admitted and nothing settled.
    private void count(Exchange exchange, Dialect dialect, RequestHead head) throws ClientGone {
        DialectCodec codec = codecs.of(dialect).orElse(null);
        CountCodec counts = codec == null ? null : codec.counts().orElse(null);
        if (codec == null || counts == null) {
            later(exchange, dialect, "token counting");
            return;
        }
        exchange.speaks(codec);
        Outcome<Counting.Counted> answer = reception
                .arrival(exchange, dialect)
                .then(arrival -> Reception.outlined(exchange, arrival.config(), body -> counts.outline(body, head))
                        .then(outline -> resumption.of(arrival.caller(), dialect, outline))
                        .then(asked -> counting.count(arrival, codec, counts, asked)));
        switch (answer) {
            case Outcome.Bad<Counting.Counted>(Failure failure) -> {
                exchange.refuse(failure);
                records.refused(exchange, failure);
            }
            case Outcome.Ok<Counting.Counted>(Counting.Counted counted) -> {
                local.counted(exchange, counted, counts.encode(counted.tokens()));
                records.counted(exchange, counted);
            }
        }
    }

    /// What the gateway tells by itself, to whom it knows.
    private interface Telling {
        /// Why it was not told, when it was not.
        Optional<Failure> to(ChatCall.Arrival caller) throws ClientGone;
    }

    private void known(Exchange exchange, Dialect dialect, Telling telling) throws ClientGone {
        codecs.of(dialect).ifPresent(exchange::speaks);
        switch (reception.arrival(exchange, dialect)) {
            case Outcome.Bad<ChatCall.Arrival>(Failure failure) -> {
                local.refuse(exchange, dialect, failure);
                records.refused(exchange, failure);
            }
            case Outcome.Ok<ChatCall.Arrival>(ChatCall.Arrival arrival) ->
                telling.to(arrival).ifPresent(failure -> records.refused(exchange, failure));
        }
    }

    private void explain(Exchange exchange, RequestHead head) throws ClientGone {
        switch (reception.arrival(exchange, Dialect.OPENAI_CHAT).then(arrival -> explanation.of(arrival, head))) {
            case Outcome.Bad<Explanation.Told>(Failure failure) -> {
                exchange.refuse(failure);
                records.refused(exchange, failure);
            }
            case Outcome.Ok<Explanation.Told>(Explanation.Told told) -> local.explained(exchange, told);
        }
    }

    private void later(Exchange exchange, Dialect dialect, String what) throws ClientGone {
        Outcome<ChatCall.Arrival> arrival = reception.arrival(exchange, dialect);
        Failure failure = arrival instanceof Outcome.Bad<ChatCall.Arrival>(Failure refused)
                ? refused
                : Failure.Refused.of(
                        Failure.Kind.NOT_IMPLEMENTED, "This version of Sluice does not serve " + what + " yet.");
        local.refuse(exchange, dialect, failure);
        records.refused(exchange, failure);
    }
}
