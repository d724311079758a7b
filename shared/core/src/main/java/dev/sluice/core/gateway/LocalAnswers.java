package dev.sluice.core.gateway;

import dev.sluice.core.access.Cors;
import dev.sluice.core.access.Look;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.routing.ModelDirectory;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the gateway answers by itself: health, model lists, preflights, and no for an answer.
final class LocalAnswers {
    private static final Headers JSON = Headers.of("content-type", "application/json");
    private static final byte[] NOTHING = new byte[0];

    private final Codecs codecs;
    private final ProviderConfig demo;

    LocalAnswers(Codecs codecs, ProviderConfig demo) {
        this.codecs = codecs;
        this.demo = demo;
    }

    void health(Exchange exchange) throws ClientGone {
        exchange.send(
                200, JSON, JsonText.bytes(Json.object().put("status", "ok").build()));
    }

    void explained(Exchange exchange, Explanation.Told told) throws ClientGone {
        exchange.send(told.status(), JSON, JsonText.bytes(told.document()));
    }

    void hello(Exchange exchange, String words) throws ClientGone {
        byte[] body = words.getBytes(StandardCharsets.UTF_8);
        exchange.send(200, words.isEmpty() ? Headers.NONE : Headers.of("content-type", "text/plain"), body);
    }

    void protocol(Exchange exchange) throws ClientGone {
        exchange.send(200, JSON, JsonText.bytes(ProtocolAnswer.of(codecs)));
    }

    void counted(Exchange exchange, Counting.Counted counted, byte[] body) throws ClientGone {
        exchange.send(200, ResponseHead.of(counted).and(JSON), body);
    }

    Optional<Failure> stored(Exchange exchange, Outcome<StoredAnswers.Told> answer) throws ClientGone {
        return switch (answer) {
            case Outcome.Ok<StoredAnswers.Told>(StoredAnswers.Told told) -> {
                exchange.send(200, told.relayed().and(JSON), told.body());
                yield Optional.empty();
            }
            case Outcome.Bad<StoredAnswers.Told>(Failure failure) -> {
                refuse(exchange, Dialect.OPENAI_RESPONSES, failure);
                yield Optional.of(failure);
            }
        };
    }

    /// What no model is asked for.
    void answered(Exchange exchange, String type, byte[] body) throws ClientGone {
        exchange.send(200, Headers.of("content-type", type), body);
    }

    Optional<Failure> ollamaVersion(Exchange exchange) throws ClientGone {
        json(exchange, Json.object().put("version", OllamaModels.VERSION).build());
        return Optional.empty();
    }

    /// None: what is in memory is elsewhere.
    Optional<Failure> runningModels(Exchange exchange) throws ClientGone {
        json(exchange, Json.object().put("models", Json.Arr.of()).build());
        return Optional.empty();
    }

    private static void json(Exchange exchange, Json.Obj body) throws ClientGone {
        exchange.send(200, JSON, JsonText.bytes(body));
    }

    /// The upgrade that Codex tries first: 426 at once makes it use plain HTTP.
    void noWebSocket(Exchange exchange) throws ClientGone {
        Failure failure = Failure.Refused.of(Failure.Kind.NOT_IMPLEMENTED, "Use POST; there is no websocket here.");
        exchange.send(
                426,
                JSON.with("connection", "close"),
                encode(Dialect.OPENAI_RESPONSES, failure, exchange).body());
    }

    void preflight(Exchange exchange, Look look) throws ClientGone {
        Headers request = exchange.inbound().headers();
        Optional<Headers> allowed = look.config() instanceof Outcome.Ok<ConfigSnapshot>(ConfigSnapshot config)
                ? new Cors(config.access().corsOrigins()).preflight(request)
                : Optional.empty();
        if (allowed.isPresent()) {
            exchange.send(204, allowed.get(), NOTHING);
        } else {
            exchange.refuse(Failure.Refused.of(Failure.Kind.PERMISSION, "This browser origin is not allowed."));
        }
    }

    /// Says no, and why.
    Failure methodNotAllowed(Exchange exchange, Dialect nearest, String allow) throws ClientGone {
        Failure failure = Failure.Refused.of(Failure.Kind.METHOD_NOT_ALLOWED, "This path takes " + allow + ".");
        ErrorAnswer error = encode(nearest, failure, exchange);
        exchange.send(error.status(), error.headers().with("allow", allow), error.body());
        return failure;
    }

    /// Says no, and why.
    Failure notFound(Exchange exchange, Dialect nearest) throws ClientGone {
        Failure failure = Failure.Refused.of(
                Failure.Kind.NOT_FOUND,
                "There is no " + exchange.inbound().method() + " at this path. The base URL of OpenAI clients"
                        + " ends in /v1, that of Anthropic clients does not.");
        refuse(exchange, nearest, failure);
        return failure;
    }

    /// Refuses in the form of any dialect.
    void refuse(Exchange exchange, Dialect dialect, Failure failure) throws ClientGone {
        exchange.refuse(encode(dialect, failure, exchange));
    }

    private ErrorAnswer encode(Dialect dialect, Failure failure, Exchange exchange) {
        return codecs.of(dialect)
                .map(codec -> codec.failures().encode(failure, exchange.id().toString()))
                .orElseGet(() -> PlainErrors.encode(failure));
    }

    /// In whose form a list of that shape is refused.
    static Dialect dialectOf(ModelShape shape) {
        return switch (shape) {
            case OPENAI -> Dialect.OPENAI_CHAT;
            case ANTHROPIC -> Dialect.ANTHROPIC;
            case GEMINI -> Dialect.GEMINI;
            case OLLAMA -> Dialect.OLLAMA_CHAT;
        };
    }

    /// The list, or the part of it that the query names. Why not, when it cannot be told.
    Optional<Failure> models(Exchange exchange, ChatCall.Arrival arrival, ModelShape shape) throws ClientGone {
        List<ModelDirectory.Entry> entries = ModelDirectory.list(arrival.config(), demo, arrival.caller());
        Map<String, String> query = QueryString.parse(exchange.inbound().query());
        return switch (ModelPage.of(shape, entries, query)) {
            case Outcome.Ok<ModelPage>(ModelPage page) -> {
                json(exchange, ModelLists.list(shape, page));
                yield Optional.empty();
            }
            case Outcome.Bad<ModelPage>(Failure failure) -> refused(exchange, shape, failure);
        };
    }

    /// One model, also one that no list has. Why not, when there is none.
    Optional<Failure> model(Exchange exchange, ChatCall.Arrival arrival, ModelShape shape, String id)
            throws ClientGone {
        return told(exchange, shape, entry(arrival, id), entry -> ModelLists.one(shape, entry));
    }

    /// The model that the body names. Why not, when there is none.
    Optional<Failure> shown(Exchange exchange, ChatCall.Arrival arrival) throws ClientGone {
        return switch (Reception.body(exchange.inbound(), arrival.config()).then(LocalAnswers::named)) {
            case Outcome.Ok<String>(String id) ->
                told(exchange, ModelShape.OLLAMA, entry(arrival, id), OllamaModels::shown);
            case Outcome.Bad<String>(Failure failure) -> refused(exchange, ModelShape.OLLAMA, failure);
        };
    }

    private static Outcome<String> named(byte[] body) {
        Json.Obj asked = JsonText.objectOrNull(body, 0, body.length);
        String id = asked == null ? "" : asked.text("model", asked.text("name", ""));
        return id.isEmpty() ? Outcome.bad(Failure.Refused.field("model", "model is required")) : Outcome.ok(id);
    }

    private Optional<ModelDirectory.Entry> entry(ChatCall.Arrival arrival, String id) {
        return ModelDirectory.find(arrival.config(), demo, arrival.caller(), id);
    }

    private Optional<Failure> told(
            Exchange exchange,
            ModelShape shape,
            Optional<ModelDirectory.Entry> entry,
            Function<ModelDirectory.Entry, Json.Obj> form)
            throws ClientGone {
        if (entry.isEmpty()) {
            Failure failure = Failure.Refused.of(Failure.Kind.MODEL_NOT_FOUND, "There is no model of this name here.");
            return refused(exchange, shape, failure);
        }
        json(exchange, form.apply(entry.get()));
        return Optional.empty();
    }

    private Optional<Failure> refused(Exchange exchange, ModelShape shape, Failure failure) throws ClientGone {
        refuse(exchange, dialectOf(shape), failure);
        return Optional.of(failure);
    }
}
