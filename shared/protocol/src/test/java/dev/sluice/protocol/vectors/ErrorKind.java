package dev.sluice.protocol.vectors;

import dev.sluice.model.Answer;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.FailureClassifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// An upstream's error, or the gateway's own, on its way to a client.
final class ErrorKind {
    private ErrorKind() {}

    static void run(Vector vector, UpstreamCodec upstream, DialectCodec client) {
        long status = Objects.requireNonNull(vector.input().whole("status"), "status");
        Failure failure = status == 200
                ? inBody(upstream, body(vector))
                : FailureClassifier.classify(upstream.failures()
                        .decode(
                                (int) status,
                                Setup.headers(vector.input()),
                                body(vector),
                                Instant.ofEpochSecond(Setup.NOW)));
        check(vector, client.failures().encode(failure, "req_1"));
    }

    static void gateway(Vector vector, DialectCodec client) {
        check(vector, client.failures().encode(fault(vector, client), "req_1"));
    }

    private static Failure fault(Vector vector, DialectCodec client) {
        String raw = vector.context().text("client_raw");
        if (raw != null) {
            byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
            return switch (client.requests().outline(bytes, Setup.head(vector.input(), client.dialect()))) {
                case Outcome.Ok<Outline> _ -> throw new AssertionError("the malformed body was taken");
                case Outcome.Bad<Outline>(Failure failure) -> failure;
            };
        }
        return switch (vector.context().text("fault", "")) {
            case "unknown_model" ->
                Failure.Refused.of(Failure.Kind.MODEL_NOT_FOUND, "The model `x` was not found. The closest is `y`.");
            case "upstream_connect_timeout" ->
                Failure.Upstream.of(Failure.Category.TIMEOUT, "The provider could not be reached in time.");
            default ->
                throw new IllegalStateException(
                        "unknown fault " + vector.context().text("fault"));
        };
    }

    private static Failure inBody(UpstreamCodec upstream, byte[] body) {
        return switch (upstream.answers().decode(body, new Setup(Json.Obj.EMPTY).names())) {
            case Outcome.Ok<Answer> _ -> throw new AssertionError("the error was taken for an answer");
            case Outcome.Bad<Answer>(Failure failure) -> failure;
        };
    }

    private static byte[] body(Vector vector) {
        String raw = vector.input().text("raw");
        Json body = vector.input().field("body");
        return raw != null
                ? raw.getBytes(StandardCharsets.UTF_8)
                : JsonText.bytes(body == null ? Json.Obj.EMPTY : body);
    }

    private static void check(Vector vector, ErrorAnswer answer) {
        vector.expectOnly("outcome", "status", "body", "any_of", "headers", "headers_absent", "headers_optional");
        List<Json> alternatives = vector.expect().items("any_of");
        if (alternatives.isEmpty()) {
            Checks.error(vector.expect(), vector.expect().field("body"), answer);
            return;
        }
        // An alternative with an action is one that a gateway may choose to take instead of answering
        for (Json.Obj alternative : Vector.objects(alternatives)) {
            if (!alternative.has("action")) {
                Checks.error(alternative, alternative.field("body"), answer);
            }
        }
    }
}
