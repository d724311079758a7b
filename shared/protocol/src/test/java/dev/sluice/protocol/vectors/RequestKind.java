package dev.sluice.protocol.vectors;

import dev.sluice.model.Degradation;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.openai.responses.ResponsesCodec;
import dev.sluice.protocol.openai.responses.ResponsesHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A client's request on its way to an upstream.
final class RequestKind {
    private RequestKind() {}

    static void run(Vector vector, DialectCodec source, UpstreamCodec target) {
        vector.expectOnly(
                "outcome",
                "status",
                "body",
                "any_of",
                "asserts",
                "asserts_any",
                "error",
                "headers",
                "headers_absent",
                "headers_optional",
                "path",
                "warnings",
                "warnings_optional",
                "body_bytes_equal",
                "alt_outcome");
        byte[] body = JsonText.bytes(Filled.of(Vector.objectOf(vector.input(), "body")));
        RequestHead head = Setup.head(vector.input(), source.dialect());
        Outcome<EncodedRequest> outcome = source == target
                ? source.requests().outline(body, head).then(outline -> Outcome.ok(splice(vector, outline, source)))
                : encode(stored(body, head, vector), head, new Setup(vector.context()), source, target);
        String wanted = vector.expect().text("outcome", "");
        switch (outcome) {
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) -> {
                Checks.that(wanted.equals("forward"), "expected " + wanted + ", but it was forwarded");
                forwarded(vector, body, head, encoded, source);
            }
            case Outcome.Bad<EncodedRequest>(Failure failure) -> rejected(vector, source, failure);
        }
    }

    /// With what a store of earlier answers has of it.
    private static byte[] stored(byte[] body, RequestHead head, Vector vector) {
        Json.Obj store = Vector.objectOf(vector.context(), "store");
        if (store.isEmpty()
                || !(new ResponsesCodec(PresentCodecs.SEAL).requests().outline(body, head)
                        instanceof Outcome.Ok<Outline>(Outline outline))) {
            return body;
        }
        List<Json> earlier = new ArrayList<>();
        ResponsesHistory.previous(outline).map(id -> Vector.objectOf(store, id)).ifPresent(answer -> {
            earlier.addAll(answer.items("input"));
            earlier.addAll(answer.items("output"));
        });
        return switch (ResponsesHistory.resumed(outline, earlier, Map.of())) {
            case Outcome.Ok<Outline>(Outline resumed) -> resumed.body();
            case Outcome.Bad<Outline>(Failure failure) -> throw new AssertionError(Checks.said(failure));
        };
    }

    /// Decodes by one dialect, encodes by another.
    static Outcome<EncodedRequest> encode(
            byte[] body, RequestHead head, Setup setup, DialectCodec source, UpstreamCodec target) {
        return source.requests()
                .outline(body, head)
                .then(outline -> source.requests()
                        .decode(outline)
                        .then(request ->
                                target.requests().encode(request, setup.profile(target.dialect(), outline.model()))));
    }

    private static EncodedRequest splice(Vector vector, Outline outline, DialectCodec codec) {
        TargetProfile profile = new Setup(vector.context()).profile(codec.dialect(), outline.model());
        return codec.requests().splice(outline, profile);
    }

    private static void rejected(Vector vector, DialectCodec source, Failure failure) {
        Json.Obj expect = vector.expect();
        Json.Obj other = Vector.objectOf(expect, "alt_outcome");
        ErrorAnswer answer = source.failures().encode(failure, "req_1");
        if ("reject".equals(expect.text("outcome"))) {
            Checks.error(expect, expect.field("error"), answer);
        } else {
            Checks.that("reject".equals(other.text("outcome")), "it was refused: " + Checks.said(failure));
            Checks.error(other, other.field("error"), answer);
        }
    }

    private static void forwarded(
            Vector vector, byte[] original, RequestHead head, EncodedRequest encoded, DialectCodec source) {
        Json.Obj expect = vector.expect();
        if (!(Checks.json(encoded.body()) instanceof Json.Obj body)) {
            throw new AssertionError("the body is no object");
        }
        List<String> problems = BaseRules.problems(vector.target(), body);
        Checks.that(problems.isEmpty(), "base rules: " + String.join(", ", problems));
        Checks.body(expect, body);
        if (expect.has("path")) {
            Checks.matches(new Patterns(), expect.field("path"), Json.of(encoded.path()));
        }
        boolean same = vector.source().equals(vector.target());
        Headers headers = same ? source.forwarded(head.headers()).and(encoded.headers()) : encoded.headers();
        Checks.headers(expect, headers);
        if (expect.isTrue("body_bytes_equal")) {
            Checks.that(Arrays.equals(original, encoded.body()), "the body's bytes were changed");
        }
        List<String> degraded =
                encoded.degraded().stream().map(Degradation::path).toList();
        for (String warning : Patterns.strings(expect.items("warnings"))) {
            Checks.that(degraded.contains(warning), "no warning for " + warning + " but for " + degraded);
        }
    }
}
