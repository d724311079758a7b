package dev.sluice.protocol.vectors;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.IdentityLane;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.translate.FailureClassifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// A call whose client and upstream speak the same dialect: bytes in, the same bytes out.
final class PassthroughKind {
    private PassthroughKind() {}

    static void run(Vector vector, DialectCodec codec) {
        vector.expectOnly(
                "raw",
                "raw_equal",
                "raw_any_of",
                "path_equal",
                "headers",
                "headers_absent",
                "headers_optional",
                "response_raw",
                "response_raw_equal",
                "response_status",
                "response_headers");
        RequestHead head = Setup.head(vector.input(), codec.dialect());
        String raw = vector.input().text("raw", "");
        Outline outline = switch (codec.requests().outline(raw.getBytes(StandardCharsets.UTF_8), head)) {
            case Outcome.Ok<Outline>(Outline value) -> value;
            case Outcome.Bad<Outline>(Failure failure) -> throw new AssertionError(Checks.said(failure));
        };
        String model = Vector.objectOf(vector.context(), "model_alias").text(outline.model(), outline.model());
        EncodedRequest sent =
                codec.requests().splice(outline, new Setup(vector.context()).profile(codec.dialect(), model));
        request(vector.expect(), raw, new String(sent.body(), StandardCharsets.UTF_8));
        Headers headers = codec.forwarded(head.headers()).and(sent.headers());
        Checks.headers(vector.expect(), headers);
        if (vector.expect().isTrue("path_equal")) {
            Checks.that(vector.input().text("path", "").endsWith(sent.path()), "the path became " + sent.path());
        }
        if (vector.expect().has("response_status")) {
            error(vector.expect(), codec);
        } else if (vector.expect().has("response_raw")) {
            stream(vector.expect().text("response_raw", ""), sent, codec);
        }
    }

    private static void request(Json.Obj expect, String raw, String sent) {
        Checks.that(!expect.isTrue("raw_equal") || raw.equals(sent), "the bytes were changed: " + sent);
        if (expect.has("raw")) {
            Checks.matches(new Patterns(), expect.field("raw"), Json.of(sent));
        }
        List<Json> alternatives = expect.items("raw_any_of");
        Checks.that(alternatives.isEmpty() || alternatives.contains(Json.of(sent)), "other bytes: " + sent);
    }

    private static void stream(String raw, EncodedRequest sent, DialectCodec codec) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        for (StreamRun.Cuts cuts : List.of(StreamRun.Cuts.WHOLE, StreamRun.Cuts.BYTES, StreamRun.Cuts.random(4))) {
            IdentityLane lane = new IdentityLane(
                    codec.answers().frames(), codec.answers().tap(sent, Outline.NONE), "text/event-stream");
            StreamRun run = StreamRun.of(lane, bytes, false, cuts);
            String written = new String(run.written(), StandardCharsets.UTF_8);
            Checks.that(raw.equals(written), "the stream's bytes were changed: " + written);
        }
    }

    /// The bytes of an error are relayed above the codecs. What a codec must give for it: the judgement that they may be shown,
    /// and what the upstream says of trying again.
    private static void error(Json.Obj expect, DialectCodec codec) {
        Headers headers = Setup.headers(Json.object()
                .put("headers", Vector.objectOf(expect, "response_headers"))
                .build());
        Long status = expect.whole("response_status");
        UpstreamError error = codec.failures()
                .decode(
                        status == null ? 0 : status.intValue(),
                        headers,
                        expect.text("response_raw", "").getBytes(StandardCharsets.UTF_8),
                        Instant.ofEpochSecond(Setup.NOW));
        Failure.Upstream failure = FailureClassifier.classify(error);
        boolean mayBeShown = failure.category() != Failure.Category.AUTH_FAILED
                && failure.category() != Failure.Category.CONFIGURATION_ERROR;
        Checks.that(mayBeShown, "the error may not be relayed: " + failure.category());
        Checks.that(status != null && failure.status() == status, "the status became " + failure.status());
        headers.first("retry-after")
                .ifPresent(value -> Checks.that(
                        failure.retryAfter() != null
                                && value.equals(
                                        Long.toString(failure.retryAfter().toSeconds())),
                        "retry-after became " + failure.retryAfter()));
        headers.first("x-should-retry")
                .ifPresent(value -> Checks.that(
                        Boolean.valueOf(value).equals(failure.shouldRetry()),
                        "x-should-retry became " + failure.shouldRetry()));
    }
}
