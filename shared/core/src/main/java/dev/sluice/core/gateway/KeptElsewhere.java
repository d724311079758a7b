package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.gateway.StoredAnswers.Told;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.core.routing.Target;
import dev.sluice.core.stored.StoredResponse;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.translate.FailureClassifier;
import dev.sluice.protocol.translate.ToolNames;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Asks a provider about an answer that it keeps.
///
/// That is no request: it is not admitted, and whatever the provider answers says nothing about its health.
final class KeptElsewhere {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Codecs codecs;
    private final Planning planning;
    private final Upstream upstream;
    private final AuthHeaders auth;
    private final Time time;

    KeptElsewhere(Gateway.World world, Planning planning, AuthHeaders auth) {
        this.codecs = world.codecs();
        this.planning = planning;
        this.upstream = world.upstream();
        this.auth = auth;
        this.time = world.time();
    }

    /// Bad: the provider has no such answer, does not tell it, or is not there any more.
    ///
    /// @param below the answer's own path, as in `/input_items`; empty: the answer itself
    Outcome<Told> ask(ChatCall.Arrival arrival, StoredResponse response, String method, String below) {
        String query = QueryString.without("key", arrival.inbound().query());
        String path = "/v1/responses/" + QueryString.encodedPath(response.id()) + below
                + (query.isEmpty() ? "" : "?" + query);
        return target(arrival, response).then(target -> {
            EncodedRequest asked =
                    new EncodedRequest(path, Headers.NONE, new byte[0], false, ToolNames.none(), false, List.of());
            return auth.of(target, asked)
                    .then(secret -> told(response, target, secret, sent(arrival, target, asked, secret, method)));
        });
    }

    /// Whoever got the answer may come back to it, also a key that reaches its target by an alias only.
    private Outcome<Target> target(ChatCall.Arrival arrival, StoredResponse response) {
        Caller caller = arrival.caller();
        Caller owner = new Caller(caller.keyHash(), caller.name(), caller.kind(), Set.of(), caller.limits());
        ChatCall.Arrival owners =
                new ChatCall.Arrival(arrival.id(), arrival.inbound(), owner, arrival.config(), arrival.configIsStale());
        return planning.glance(new Planning.Wish(owners, Dialect.OPENAI_RESPONSES, response.target(), null))
                .then(plan -> plan.targets().stream()
                        .filter(target -> target.ref().equals(response.target()))
                        .filter(target -> target.dialect() == Dialect.OPENAI_RESPONSES)
                        .findFirst()
                        .map(Outcome::ok)
                        .orElseGet(() -> Outcome.bad(Resumption.missing(response.id(), null))));
    }

    private Upstream.Answer sent(
            ChatCall.Arrival arrival, Target target, EncodedRequest asked, AuthHeaders.Addition secret, String method) {
        Headers forwarded = codec().forwarded(arrival.inbound().headers());
        Deadline deadline = Waits.deadline(arrival, LONGEST, time);
        Upstream.Call call = new Outbound(target, asked, forwarded, secret)
                .call(Outbound.JSON, arrival.config().timeouts(), deadline.remaining(time.nanos()));
        return Waits.answer(upstream.send(call.by(method)), deadline, time);
    }

    private Outcome<Told> told(
            StoredResponse response, Target target, AuthHeaders.Addition secret, Upstream.Answer answer) {
        return switch (answer) {
            case Upstream.Answer.Complete(int status, Headers headers, byte[] body) -> {
                if (status / 100 == 2) {
                    yield Outcome.ok(new Told(ResponseHead.relayed(headers), body));
                }
                yield Outcome.bad(
                        status == 404
                                ? Resumption.missing(response.id(), null)
                                : refusal(target, status, headers, secret.concealedIn(body)));
            }
            case Upstream.Answer.Streaming streaming -> {
                streaming.body().close();
                yield Outcome.bad(Failure.Upstream.of(
                        Category.MALFORMED_ANSWER, "The provider gave a stream that nobody asked for."));
            }
            case Upstream.Answer.Broken(var _, String message) ->
                Outcome.bad(Failure.Upstream.of(
                        Category.NETWORK_ERROR, "Provider " + target.provider().id() + ": " + message));
        };
    }

    private Failure refusal(Target target, int status, Headers headers, byte[] body) {
        Failure.Upstream failure =
                FailureClassifier.classify(codec().failures().decode(status, headers, body, time.now()));
        return failure.category() == Category.AUTH_FAILED
                ? failure.saying(AuthHeaders.refusal(target.provider()))
                : failure;
    }

    private DialectCodec codec() {
        return codecs.of(Dialect.OPENAI_RESPONSES).orElseThrow();
    }
}
