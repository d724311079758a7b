package dev.sluice.core.gateway;

import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.counting.PromptTokens;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.core.routing.Candidate;
import dev.sluice.core.routing.Outlook;
import dev.sluice.core.routing.Plan;
import dev.sluice.core.routing.Target;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.CountEncoding;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.UpstreamCodec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How many tokens a request has: asked of the first target of its plan that can count, else estimated.
///
/// A count is no request: it is not admitted, takes no turn, and whatever a provider answers says nothing about its
/// health (docs/request-path.md, "Counting tokens").
final class Counting {
    /// A tool waits for the number before it sends its request.
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Codecs codecs;
    private final Planning planning;
    private final Upstream upstream;
    private final AuthHeaders auth;
    private final Time time;
    private final Countless countless = new Countless();

    Counting(Gateway.World world, Planning planning, AuthHeaders auth) {
        this.codecs = world.codecs();
        this.planning = planning;
        this.upstream = world.upstream();
        this.auth = auth;
        this.time = world.time();
    }

    /// @param by who counted; for an estimate, whose model it is for
    record Counted(long tokens, Target by, boolean isEstimate, String route) {}

    /// Bad: the request is none, or leads nowhere.
    Outcome<Counted> count(ChatCall.Arrival arrival, DialectCodec client, CountCodec counts, Resumption.Resumed asked) {
        Planning.Wish wish = Planning.Wish.of(arrival, client.dialect(), asked);
        return planning.glance(wish)
                .then((Plan plan) -> new Question(arrival, client, counts, asked.outline()).answer(plan));
    }

    /// One request that shall be counted.
    private final class Question {
        private final ChatCall.Arrival arrival;
        private final DialectCodec client;
        private final CountCodec counts;
        private final Outline outline;
        private @Nullable Outcome<ChatRequest> decoded;

        Question(ChatCall.Arrival arrival, DialectCodec client, CountCodec counts, Outline outline) {
            this.arrival = arrival;
            this.client = client;
            this.counts = counts;
            this.outline = outline;
        }

        /// Decoded at most once.
        private Outcome<ChatRequest> request() {
            if (decoded == null) {
                decoded = counts.decode(outline);
            }
            return decoded;
        }

        Outcome<Counted> answer(Plan plan) {
            Optional<Target> counting = counting(plan);
            Long tokens = counting.isPresent() ? asked(counting.get()) : null;
            if (tokens != null) {
                return Outcome.ok(new Counted(tokens, counting.get(), false, plan.route()));
            }
            Target first = plan.targets().getFirst();
            return request().then((ChatRequest request) -> {
                long estimate = PromptTokens.of(request, first.model().capabilities());
                return Outcome.ok(new Counted(estimate, first, true, plan.route()));
            });
        }

        private Optional<Target> counting(Plan plan) {
            return plan.candidates().stream()
                    .map(Candidate::target)
                    .filter(target -> Outlook.of(planning.standing(arrival, target), time.now())
                            .isUsable())
                    .flatMap(target -> spoken(target).stream())
                    .filter(target -> countless.allows(target, time.nanos()))
                    .findFirst();
        }

        /// The target in each of its provider's dialects that can count, its own first.
        private List<Target> spoken(Target target) {
            Set<Dialect> dialects = new LinkedHashSet<>();
            dialects.add(target.dialect());
            dialects.addAll(ConfigSnapshot.dialectsOf(target.provider(), target.model()));
            List<Target> spoken = new ArrayList<>();
            for (Dialect dialect : dialects) {
                if (target.provider().endpoints().get(dialect) instanceof URI base
                        && countsOf(dialect).isPresent()) {
                    spoken.add(new Target(
                            target.provider(), target.model(), dialect, base, target.weight(), target.policies()));
                }
            }
            return spoken;
        }

        private Optional<? extends CountEncoding> countsOf(Dialect dialect) {
            return codecs.upstream(dialect).flatMap(UpstreamCodec::counts);
        }

        /// Null: it did not say.
        private @Nullable Long asked(Target target) {
            CountEncoding encoding = countsOf(target.dialect()).orElseThrow();
            return encoded(target, encoding) instanceof Outcome.Ok<EncodedRequest>(EncodedRequest encoded)
                            && auth.of(target, encoded)
                                    instanceof Outcome.Ok<AuthHeaders.Addition>(AuthHeaders.Addition secret)
                    ? number(target, encoding, sent(target, encoded, secret))
                    : null;
        }

        private Outcome<EncodedRequest> encoded(Target target, CountEncoding encoding) {
            return target.dialect() == client.dialect()
                    ? Outcome.ok(counts.splice(outline, target.profile()))
                    : request().then((ChatRequest request) -> encoding.encode(request, target.profile()));
        }

        private Upstream.Answer sent(Target target, EncodedRequest encoded, AuthHeaders.Addition secret) {
            Headers forwarded = target.dialect() == client.dialect()
                    ? client.forwarded(arrival.inbound().headers())
                    : Headers.NONE;
            Deadline deadline = Waits.deadline(arrival, LONGEST, time);
            Upstream.Pending pending = upstream.send(new Outbound(target, encoded, forwarded, secret)
                    .call(Outbound.JSON, arrival.config().timeouts(), deadline.remaining(time.nanos())));
            return Waits.answer(pending, deadline, time);
        }

        private @Nullable Long number(Target target, CountEncoding encoding, Upstream.Answer answer) {
            return switch (answer) {
                case Upstream.Answer.Complete(int status, Headers _, byte[] body) -> {
                    if (status == 200) {
                        countless.can(target);
                    } else if (encoding.isCountless(status, body)) {
                        countless.cannot(target, time.nanos());
                    }
                    yield status == 200 && encoding.decode(body) instanceof Outcome.Ok<Long>(Long tokens)
                            ? tokens
                            : null;
                }
                case Upstream.Answer.Streaming streaming -> {
                    streaming.body().close();
                    yield null;
                }
                case Upstream.Answer.Broken _ -> null;
            };
        }
    }
}
