package dev.sluice.protocol.vectors;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.CountEncoding;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.json.JsonText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A client's question how many tokens its request has, and the provider's answer.
final class CountKind {
    private CountKind() {}

    /// @param target null: the provider's dialect cannot count
    static void run(Vector vector, DialectCodec client, CountCodec source, @Nullable CountEncoding target) {
        vector.expectOnly(
                "outcome",
                "status",
                "path",
                "body",
                "error",
                "headers",
                "headers_absent",
                "body_bytes_equal",
                "upstream_body",
                "upstream_response");
        byte[] body = JsonText.bytes(Vector.objectOf(vector.input(), "body"));
        RequestHead head = Setup.head(vector.input(), client.dialect());
        String wanted = vector.expect().text("outcome", "");
        switch (source.outline(body, head).then(outline -> sent(vector, source, target, outline))) {
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) -> {
                Checks.that(!wanted.equals("reject"), "expected a refusal, but it was sent");
                if (target != null && wanted.equals("forward")) {
                    forwarded(vector, body, encoded);
                    answered(vector, source, target);
                }
            }
            case Outcome.Bad<EncodedRequest>(Failure failure) -> {
                Checks.that(wanted.equals("reject"), "it was refused: " + Checks.said(failure));
                Checks.error(
                        vector.expect(),
                        vector.expect().field(vector.expect().has("error") ? "error" : "body"),
                        client.failures().encode(failure, "req_1"));
            }
        }
    }

    private static Outcome<EncodedRequest> sent(
            Vector vector, CountCodec source, @Nullable CountEncoding target, Outline outline) {
        if (target == null) {
            return source.decode(outline).then(_ -> Outcome.ok(EncodedRequest.NONE));
        }
        TargetProfile profile = new Setup(vector.context())
                .profile(Dialect.parse(vector.target()).orElseThrow(), outline.model());
        return source == target
                ? Outcome.ok(source.splice(outline, profile))
                : source.decode(outline).then((ChatRequest request) -> target.encode(request, profile));
    }

    private static void forwarded(Vector vector, byte[] original, EncodedRequest encoded) {
        Json.Obj expect = vector.expect();
        if (expect.has("path")) {
            Checks.matches(new Patterns(), expect.field("path"), Json.of(encoded.path()));
        }
        if (expect.has("upstream_body")) {
            Checks.matches(new Patterns(), expect.field("upstream_body"), Checks.json(encoded.body()));
        }
        if (expect.isTrue("body_bytes_equal")) {
            Checks.that(Arrays.equals(original, encoded.body()), "the body's bytes were changed");
        }
        Checks.headers(expect, encoded.headers());
    }

    private static void answered(Vector vector, CountCodec source, CountEncoding target) {
        Json response = vector.expect().field("upstream_response");
        if (response == null) {
            return;
        }
        switch (target.decode(JsonText.bytes(response))) {
            case Outcome.Ok<Long>(Long tokens) ->
                Checks.matches(new Patterns(), vector.expect().field("body"), Checks.json(source.encode(tokens)));
            case Outcome.Bad<Long>(Failure failure) -> throw new AssertionError(Checks.said(failure));
        }
    }
}
