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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    void hello(Exchange exchange) throws ClientGone {
        exchange.send(200, Headers.NONE, NOTHING);
    }

    /// The upgrade that Codex tries first: 426 at once makes it use plain HTTP.
    void noWebSocket(Exchange exchange) throws ClientGone {
        Failure failure = Failure.Refused.of(Failure.Kind.NOT_IMPLEMENTED, "Use POST; there is no websocket here.");
        exchange.send(
                426,
                JSON.with("connection", "close"),
                PlainErrors.encode(Dialect.OPENAI_RESPONSES, failure).body());
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

    /// Refuses in the form of any dialect, also one that has no codec yet.
    void refuse(Exchange exchange, Dialect dialect, Failure failure) throws ClientGone {
        exchange.refuse(encode(dialect, failure, exchange));
    }

    private ErrorAnswer encode(Dialect dialect, Failure failure, Exchange exchange) {
        return codecs.of(dialect)
                .map(codec -> codec.failures().encode(failure, exchange.id().toString()))
                .orElseGet(() -> PlainErrors.encode(dialect, failure));
    }

    /// In whose form a list of that shape is refused.
    static Dialect dialectOf(ModelShape shape) {
        return switch (shape) {
            case OPENAI -> Dialect.OPENAI_CHAT;
            case ANTHROPIC -> Dialect.ANTHROPIC;
            case GEMINI -> Dialect.GEMINI;
        };
    }

    /// The list, or one of it when an id is given.
    void models(Exchange exchange, ChatCall.Arrival arrival, ModelShape shape, @Nullable String id) throws ClientGone {
        if (id == null) {
            List<ModelDirectory.Entry> entries = ModelDirectory.list(arrival.config(), demo, arrival.caller());
            exchange.send(200, JSON, JsonText.bytes(ModelLists.list(shape, entries)));
            return;
        }
        Optional<ModelDirectory.Entry> entry = ModelDirectory.find(arrival.config(), demo, arrival.caller(), id);
        if (entry.isPresent()) {
            exchange.send(200, JSON, JsonText.bytes(ModelLists.one(shape, entry.get())));
        } else {
            refuse(
                    exchange,
                    dialectOf(shape),
                    Failure.Refused.of(Failure.Kind.MODEL_NOT_FOUND, "There is no model of this name here."));
        }
    }
}
