package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.gateway.Planning.Wish;
import dev.sluice.core.ports.Ledger.Fill;
import dev.sluice.core.ports.Ledger.Recovery;
import dev.sluice.core.ports.Ledger.Standing;
import dev.sluice.core.ports.Time;
import dev.sluice.core.routing.Candidate;
import dev.sluice.core.routing.Outlook;
import dev.sluice.core.routing.Plan;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The plan that a request would have now, told to the owner and not carried out (docs/routing.md, "Explain").
///
/// Nothing is admitted and no turn is taken: the next request has the plan that was told, where chance does not decide.
final class Explanation {
    private final Codecs codecs;
    private final Planning planning;
    private final Time time;

    Explanation(Codecs codecs, Planning planning, Time time) {
        this.codecs = codecs;
        this.planning = planning;
        this.time = time;
    }

    /// @param status of the answer: that of the refusal where the request would be refused
    record Told(int status, Json.Obj document) {}

    /// Bad: it cannot be told to this caller, or the question is no request.
    Outcome<Told> of(ChatCall.Arrival arrival, RequestHead head) {
        if (arrival.caller().kind() == Caller.Kind.CLIENT) {
            return Outcome.bad(Failure.Refused.of(Failure.Kind.PERMISSION, "Only the master key may ask for a plan."));
        }
        return wish(arrival, head).then(wish -> Outcome.ok(told(wish)));
    }

    /// From a model's name in the query, or a chat request as the body, or both: then the name in the query counts.
    private Outcome<Wish> wish(ChatCall.Arrival arrival, RequestHead head) {
        InboundRequest inbound = arrival.inbound();
        String model = head.query().get("model");
        return dialect(arrival, head).then((Dialect client) -> {
            if (inbound.problem() != null) {
                return Outcome.bad(inbound.problem());
            }
            if (inbound.body().length == 0) {
                return Outcome.ok(new Wish(arrival, client, model == null ? "" : model, null));
            }
            DialectCodec codec = codecs.of(client).orElse(null);
            if (codec == null) {
                return Outcome.bad(notSpoken(client.id()));
            }
            return codec.requests()
                    .outline(inbound.body(), DialectDetection.head(head, client, inbound.body()))
                    .then((Outline outline) ->
                            Outcome.ok(new Wish(arrival, client, model == null ? outline.model() : model, outline)));
        });
    }

    private static Outcome<Dialect> dialect(ChatCall.Arrival arrival, RequestHead head) {
        String named = head.query().get("dialect");
        if (named == null) {
            Optional<Dialect> detected =
                    JsonScanner.topLevel(arrival.inbound().body()) instanceof Outcome.Ok<JsonSpans>(JsonSpans spans)
                            ? DialectDetection.of(spans, arrival.inbound().headers())
                            : Optional.empty();
            return Outcome.ok(detected.orElse(Dialect.OPENAI_CHAT));
        }
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.id().equals(named))
                .findFirst()
                .map(Outcome::ok)
                .orElseGet(() -> Outcome.bad(notSpoken(named)));
    }

    private static Failure notSpoken(String dialect) {
        return Failure.Refused.field("dialect", "The dialect '" + dialect + "' is not spoken here.");
    }

    private Told told(Wish wish) {
        Json.Builder document = Json.object().put("model", wish.model());
        return switch (planning.preview(wish)) {
            case Outcome.Ok<Plan>(Plan plan) ->
                new Told(
                        200,
                        about(document.put("route", plan.route()), wish)
                                .put("candidates", candidates(wish, plan))
                                .put("skipped", skipped(plan.skipped()))
                                .put("error", Json.NULL)
                                .build());
            case Outcome.Bad<Plan>(Failure failure) ->
                new Told(
                        PlainErrors.encode(failure).status(),
                        about(document.put("route", Json.NULL), wish)
                                .put("candidates", Json.Arr.of())
                                .put("skipped", Json.Arr.of())
                                .put("error", failure.message())
                                .build());
        };
    }

    private static Json.Builder about(Json.Builder document, Wish wish) {
        String session = wish.session();
        return document.put("version", wish.arrival().config().version())
                .put("session", session == null ? Json.NULL : Json.of(session))
                .put("state", wish.arrival().configIsStale() ? Json.Arr.of(Json.of("stale-config")) : Json.Arr.of());
    }

    private Json candidates(Wish wish, Plan plan) {
        Json[] candidates = new Json[plan.candidates().size()];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = candidate(wish, plan.candidates().get(i), i + 1);
        }
        return Json.Arr.of(candidates);
    }

    private Json candidate(Wish wish, Candidate candidate, int place) {
        Instant now = time.now();
        Standing standing = planning.standing(wish.arrival(), candidate.target());
        Dialect dialect = candidate.target().dialect();
        return Json.object()
                .put("place", place)
                .put("ref", candidate.target().ref())
                .put("dialect", dialect.id())
                .put("lane", dialect == wish.client() ? "identity" : "translated")
                .put("weight", decimal(candidate.weight()))
                .put("reason", candidate.reason())
                .put("usable", Outlook.of(standing, now).isUsable())
                .put("buckets", array(standing.fills().stream().map(Explanation::bucket)))
                .put("failures", standing.failures())
                .put("recovery", recovery(standing.recovery()))
                .build();
    }

    private static Json bucket(Fill fill) {
        return Json.object()
                .put("id", fill.bucket())
                .put("unit", fill.unit())
                .put("used", fill.used())
                .put("most", fill.most())
                .put("remaining", decimal(fill.remaining()))
                .put("resets", fill.resets().toString())
                .build();
    }

    private static Json recovery(@Nullable Recovery recovery) {
        return recovery == null
                ? Json.NULL
                : Json.object()
                        .put("at", recovery.at().toString())
                        .put("category", recovery.category().id())
                        .put("named", recovery.named())
                        .build();
    }

    /// `ref:reason`; a ref may hold colons, a reason does not.
    private static Json skipped(List<String> skipped) {
        return array(skipped.stream().map(one -> {
            int colon = one.lastIndexOf(':');
            return Json.object()
                    .put("ref", one.substring(0, colon))
                    .put("reason", one.substring(colon + 1))
                    .build();
        }));
    }

    private static Json array(Stream<? extends Json> items) {
        return Json.Arr.of(items.toArray(Json[]::new));
    }

    private static Json decimal(double value) {
        return new Json.Num(BigDecimal.valueOf(value)
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString());
    }
}
