package dev.sluice.core.gateway;

import dev.sluice.core.config.Timeouts;
import dev.sluice.core.metering.Meter;
import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.relay.OverheardLane;
import dev.sluice.core.relay.Relay;
import dev.sluice.core.relay.Relayed;
import dev.sluice.core.routing.Target;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Headers;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.IdentityLane;
import dev.sluice.protocol.Lane;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.StreamTap;
import dev.sluice.protocol.TranslatedLane;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.UpstreamError;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.FailureClassifier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One attempt at one target: send, wait, and bring the answer to the client or tell why not.
final class Attempt {
    private final Upstream upstream;
    private final Time time;
    private final ChatCall call;
    private final Target target;
    private final UpstreamCodec codec;
    private final EncodedRequest encoded;
    private final Permit permit;
    private final Meter meter;

    Attempt(
            Upstream upstream,
            Time time,
            ChatCall call,
            Target target,
            UpstreamCodec codec,
            EncodedRequest encoded,
            Permit permit) {
        this.upstream = upstream;
        this.time = time;
        this.call = call;
        this.target = target;
        this.codec = codec;
        this.encoded = encoded;
        this.permit = permit;
        this.meter = permit.meter();
    }

    Attempted run(AuthHeaders.Addition auth) {
        Upstream.Call outbound = outbound(auth);
        permit.sent();
        try {
            return switch (await(upstream.send(outbound))) {
                case Upstream.Answer.Broken(Upstream.Breakage breakage, String message) ->
                    failed(broken(breakage, message), null);
                case Upstream.Answer.Complete(int status, Headers headers, byte[] body) ->
                    status / 100 == 2
                            ? whole(status, headers, body)
                            : refused(status, headers, auth.concealedIn(body), auth.minted() != null);
                case Upstream.Answer.Streaming(int status, Headers headers, ByteStream body) ->
                    MediaTypes.isJson(headers) ? gathered(status, headers, body) : pumped(status, headers, body);
            };
        } catch (ClientGone gone) {
            return new Attempted.ClientLeft();
        }
    }

    private Timeouts timeouts() {
        return call.config.timeouts();
    }

    private Upstream.Call outbound(AuthHeaders.Addition auth) {
        Headers forwarded = call.isIdentity(target) ? call.codec.forwarded(call.inbound.headers()) : Headers.NONE;
        String accept = encoded.stream() ? codec.answers().streamType() : Outbound.JSON;
        return new Outbound(target, encoded, forwarded, auth)
                .call(accept, timeouts(), call.deadline.remaining(time.nanos()));
    }

    private Relay relay() {
        return new Relay(time, timeouts().idle(), call.deadline, call.client);
    }

    private Attempted pumped(int status, Headers headers, ByteStream body) {
        Lane lane = lane(headers);
        return relayed(status, relay().pump(body, lane, () -> head(lane, headers), meter));
    }

    /// Some providers answer a wish for a stream with JSON: their answer, or an error with status 200.
    private Attempted gathered(int status, Headers headers, ByteStream body) throws ClientGone {
        return switch (relay().gather(body, () -> Waits.keepAlive(call))) {
            case Outcome.Ok<byte[]>(byte[] whole) -> whole(status, headers, whole);
            case Outcome.Bad<byte[]>(Failure failure) -> failedLate(failure);
        };
    }

    /// Waits for the upstream's headers; keeps a streaming client's connection alive meanwhile.
    private Upstream.Answer await(Upstream.Pending pending) throws ClientGone {
        Upstream.Answer answer = null;
        try {
            while (answer == null) {
                Duration left = call.deadline.remaining(time.nanos());
                if (left.isZero()) {
                    return new Upstream.Answer.Broken(
                            Upstream.Breakage.TOTAL_TIMEOUT, "No answer within the time for a call.");
                }
                answer = pending.await(encoded.stream() ? Waits.min(left, call.client.untilKeepAlive()) : left);
                if (answer == null
                        && encoded.stream()
                        && call.client.untilKeepAlive().isZero()) {
                    Waits.keepAlive(call);
                }
            }
            return answer;
        } finally {
            if (answer == null) {
                pending.cancel();
            }
        }
    }

    private Lane lane(Headers upstream) {
        if (call.isIdentity(target)) {
            StreamTap tap = call.codec.answers().tap(encoded, call.outline);
            String usual = codec.answers().streamType();
            String type = upstream.first("content-type")
                    .filter(said -> said.startsWith(usual))
                    .orElse(usual);
            Lane lane = new IdentityLane(codec.answers().frames(), tap, tap.contentType(type));
            return call.keeper == null ? lane : new OverheardLane(lane, call.keeper.ofPassedStream(call, target));
        }
        ClientContext context = call.context(translated(), time.now());
        Lane lane = new TranslatedLane(
                codec.answers().frames(),
                codec.answers().decoder(encoded.names()),
                call.codec.answers().encoder(context));
        return call.keeper == null
                ? lane
                : new OverheardLane(lane, call.keeper.ofTranslatedStream(call, target, context));
    }

    /// The client's request: it was decoded when it was encoded for this target.
    private ChatRequest translated() {
        return switch (call.request()) {
            case Outcome.Ok<ChatRequest>(ChatRequest request) -> request;
            case Outcome.Bad<ChatRequest>(Failure failure) ->
                throw new IllegalStateException("encoded without being decoded: " + failure.message());
        };
    }

    private Headers head(Lane lane, Headers upstream) {
        return ResponseHead.of(call, call.isIdentity(target) ? ResponseHead.relayed(upstream) : Headers.NONE)
                .with("content-type", lane.contentType())
                .with("cache-control", "no-cache");
    }

    private Attempted relayed(int status, Relayed relayed) {
        return switch (relayed) {
            case Relayed.Complete _ -> new Attempted.Answered(status);
            case Relayed.NotBegun(Failure failure) -> failedLate(failure);
            case Relayed.Cut(Failure failure) -> new Attempted.Cut(asUpstream(failure));
            case Relayed.ClientLeft _ -> new Attempted.ClientLeft();
        };
    }

    private Attempted whole(int status, Headers headers, byte[] body) throws ClientGone {
        WholeAnswer answer = new WholeAnswer(call, target, codec, encoded, time);
        return switch (answer.deliver(status, headers, body, meter)) {
            case Outcome.Ok<Integer>(Integer sent) -> new Attempted.Answered(sent);
            case Outcome.Bad<Integer>(Failure failure) -> failedLate(failure);
        };
    }

    /// @param isMinted whether it was sent with a token that can be made anew
    private Attempted refused(int status, Headers headers, byte[] body, boolean isMinted) {
        permit.refused();
        // what stands in a redirect names places that are no business of the client's
        byte[] said = status < 400 ? new byte[0] : body;
        UpstreamError error = codec.failures().decode(status, headers, said, time.now());
        Failure.Upstream failure = FailureClassifier.classify(error);
        boolean isOfTheDialect = status >= 400 && JsonText.objectOrNull(body, 0, body.length) != null;
        ErrorAnswer relay = call.isIdentity(target) && isOfTheDialect
                ? new ErrorAnswer(
                        status,
                        ResponseHead.relayed(headers)
                                .with(
                                        "content-type",
                                        headers.first("content-type").orElse("application/json")),
                        body)
                : null;
        Attempted.Failed failed = failed(failure, relay);
        return FailureClassifier.isExpiredIdentity(error) || isMinted && status == 401
                ? new Attempted.Failed(failed.failure(), failed.relay(), false, true)
                : failed;
    }

    private Attempted.Failed failed(Failure.Upstream failure, @Nullable ErrorAnswer relay) {
        return failure.category() == Category.AUTH_FAILED
                ? new Attempted.Failed(failure.saying(AuthHeaders.refusal(target.provider())), null)
                : new Attempted.Failed(failure, relay);
    }

    private Attempted failedLate(Failure failure) {
        Failure.Upstream late = asUpstream(failure);
        if (late.status() != 0) {
            permit.refused();
        }
        return new Attempted.Failed(failed(late, null).failure(), null, true, false);
    }

    private static Failure.Upstream asUpstream(Failure failure) {
        return failure instanceof Failure.Upstream upstream
                ? upstream
                : Failure.Upstream.of(Category.MALFORMED_ANSWER, failure.message());
    }

    private Failure.Upstream broken(Upstream.Breakage breakage, String message) {
        switch (breakage) {
            case CONNECT, CONNECT_TIMEOUT, PRIVATE_ADDRESS -> permit.neverArrived();
            // an idle connection that the provider had closed: it has done nothing
            case STALE -> permit.refused();
            case RESET, FIRST_BYTE_TIMEOUT, TOTAL_TIMEOUT, MALFORMED, CANCELLED -> {}
        }
        Category category = switch (breakage) {
            case CONNECT, RESET -> Category.NETWORK_ERROR;
            case CONNECT_TIMEOUT -> Category.CONNECT_TIMEOUT;
            case PRIVATE_ADDRESS -> Category.CONFIGURATION_ERROR;
            case STALE -> Category.STALE_CONNECTION;
            case FIRST_BYTE_TIMEOUT -> Category.FIRST_BYTE_TIMEOUT;
            case TOTAL_TIMEOUT, CANCELLED -> Category.CANCELLED;
            case MALFORMED -> Category.MALFORMED_ANSWER;
        };
        return Failure.Upstream.of(category, "Provider " + target.provider().id() + ": " + message);
    }
}
