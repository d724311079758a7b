package dev.sluice.protocol.vectors;

import dev.sluice.model.Answer;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;

/// An upstream's whole answer on its way to a client.
final class ResponseKind {
    private ResponseKind() {}

    static void run(Vector vector, UpstreamCodec upstream, DialectCodec client) {
        vector.expectOnly("outcome", "status", "body", "any_of", "asserts", "asserts_any", "alt_outcome");
        Checks.that(
                Long.valueOf(200).equals(vector.input().whole("status")),
                "only answers of status 200 are of this kind");
        Setup setup = new Setup(vector.context());
        byte[] body = JsonText.bytes(Vector.objectOf(vector.input(), "body"));
        Json.Obj expect = vector.expect();
        switch (upstream.answers().decode(body, setup.names())) {
            case Outcome.Ok<Answer>(Answer answer) -> {
                byte[] written = client.answers().encode(answer, setup.client(client, false));
                Checks.that("ok".equals(expect.text("outcome")), "an error is expected, but it was answered");
                Checks.body(expect, Checks.json(written));
            }
            case Outcome.Bad<Answer>(Failure failure) ->
                failed(expect, client.failures().encode(failure, "req_1"), failure);
        }
    }

    private static void failed(Json.Obj expect, ErrorAnswer answer, Failure failure) {
        Json.Obj other = Vector.objectOf(expect, "alt_outcome");
        if ("error".equals(expect.text("outcome"))) {
            Checks.error(expect, expect.field("body"), answer);
        } else {
            Checks.that("error".equals(other.text("outcome")), "it failed: " + Checks.said(failure));
            Checks.error(other, other.field("body"), answer);
        }
    }
}
