package dev.sluice.cli.provider;

import dev.sluice.cli.provider.ModelOffers.Listed;
import dev.sluice.core.gateway.DirectCalls;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// Asks a provider's endpoints for what costs nothing: their lists of models.
public final class Reach {
    private final Trial.World world;
    private final Duration patience;

    /// @param patience for the first byte, and between two
    public Reach(Trial.World world, Duration patience) {
        this.world = world;
        this.patience = patience;
    }

    /// What one endpoint has answered.
    ///
    /// @param isPrivate whether the address was refused, being on a private network
    /// @param isTried whether the secret was sent
    /// @param ahead how far the endpoint's clock is before this one's; empty: it does not say
    public record Seen(
            String provider,
            Dialect dialect,
            URI base,
            Listed listed,
            boolean isPrivate,
            boolean isTried,
            Duration took,
            Optional<Duration> ahead) {}

    /// The dialects that a provider has endpoints of, as it is configured.
    public static List<Dialect> dialects(Json.Obj provider) {
        return TrialSubject.of(provider).dialects();
    }

    /// @param provider its object in the configuration
    /// @param withSecret false: only whether the endpoint is there
    public Seen of(Json.Obj provider, Dialect dialect, boolean withSecret) {
        Json.Obj asked = withSecret
                ? provider
                : provider.without("credential")
                        .with("auth", Json.object().put("type", "none").build());
        TrialSubject subject = TrialSubject.of(asked);
        Target endpoint = subject.endpoint(dialect);
        DirectCalls calls = new DirectCalls(world.credentials(), world.signing(), world.time());
        TrialCall call = new TrialCall(world.upstream(), calls, world.time(), Trial.timeouts(patience));
        // Where there is no list, any answer shows that somebody is there.
        String path = ModelOffers.path(dialect).orElse("/");
        long begin = world.time().nanos();
        return switch (call.prepareGet(endpoint, path, ModelOffers.headers(dialect))) {
            case Outcome.Bad<DirectCalls.Prepared>(var failure) ->
                seen(endpoint, new Listed.Refused(failure.message()), false, withSecret, begin, Optional.empty());
            case Outcome.Ok<DirectCalls.Prepared>(DirectCalls.Prepared prepared) -> {
                Upstream.Answer answer = call.get(prepared);
                boolean isPrivate = answer instanceof Upstream.Answer.Broken(Upstream.Breakage breakage, var _)
                        && breakage == Upstream.Breakage.PRIVATE_ADDRESS;
                yield seen(endpoint, listed(dialect, answer), isPrivate, withSecret, begin, ahead(answer, begin));
            }
        };
    }

    private static Listed listed(Dialect dialect, Upstream.Answer answer) {
        Listed listed = ModelOffers.read(answer);
        boolean isAsked = ModelOffers.path(dialect).isPresent() || listed instanceof Listed.Unreached;
        return isAsked ? listed : new Listed.NoList("this dialect has no list of models");
    }

    private Seen seen(
            Target endpoint, Listed listed, boolean isPrivate, boolean isTried, long begin, Optional<Duration> ahead) {
        return new Seen(
                endpoint.provider().id(),
                endpoint.dialect(),
                endpoint.base(),
                listed,
                isPrivate,
                isTried,
                since(begin),
                ahead);
    }

    private Duration since(long begin) {
        return Duration.ofNanos(world.time().nanos() - begin);
    }

    /// The header has whole seconds, and was written about half way.
    private Optional<Duration> ahead(Upstream.Answer answer, long begin) {
        Instant middle = world.time().now().minus(since(begin).dividedBy(2));
        return switch (answer) {
            case Upstream.Answer.Complete(int _, Headers headers, byte[] _) -> ahead(headers.first("date"), middle);
            case Upstream.Answer.Broken _, Upstream.Answer.Streaming _ -> Optional.empty();
        };
    }

    /// How far an answer's `Date` is before that moment; empty: there is none that can be read.
    public static Optional<Duration> ahead(Optional<String> date, Instant moment) {
        try {
            return date.map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .map(theirs -> Duration.between(moment, theirs));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
