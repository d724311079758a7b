package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.core.gateway.Planning.Planned;
import dev.sluice.core.relay.ClientStream;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.core.routing.Plan;
import dev.sluice.core.routing.Route;
import dev.sluice.core.routing.Target;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Degradation;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One chat request on its way: what was asked, by whom, by which configuration, and what has been tried so far.
final class ChatCall {
    final RequestId id;
    final InboundRequest inbound;
    final DialectCodec codec;
    final Outline outline;
    final Caller caller;
    final ConfigSnapshot config;
    final boolean configIsStale;
    final Route route;
    final Deadline deadline;
    final ClientStream client;
    final List<String> attempts = new ArrayList<>();
    final List<String> skipped = new ArrayList<>();
    List<Degradation> degraded = List.of();

    /// Whether this process alone has decided on any admission.
    boolean limitsAreLocal;

    @Nullable
    Target target;

    private final Supplier<Plan> planning;
    private @Nullable Plan plan;
    private @Nullable Outcome<ChatRequest> decoded;
    private @Nullable Long promptTokens;

    ChatCall(
            Arrival arrival,
            DialectCodec codec,
            Outline outline,
            Planned planned,
            Deadline deadline,
            ClientStream client) {
        this.id = arrival.id();
        this.inbound = arrival.inbound();
        this.caller = arrival.caller();
        this.config = arrival.config();
        this.configIsStale = arrival.configIsStale();
        this.codec = codec;
        this.outline = outline;
        this.route = planned.route();
        this.planning = planned.plan();
        this.deadline = deadline;
        this.client = client;
        this.skipped.addAll(route.skipped());
    }

    /// A request whose sender is known.
    record Arrival(RequestId id, InboundRequest inbound, Caller caller, ConfigSnapshot config, boolean configIsStale) {}

    /// The targets in order, planned at most once: with it the request takes its turn in every rotation that it needs.
    Plan plan() {
        if (plan == null) {
            plan = planning.get();
        }
        return plan;
    }

    /// The request as translations need it, decoded at most once.
    Outcome<ChatRequest> request() {
        if (decoded == null) {
            decoded = codec.requests().decode(outline);
        }
        return decoded;
    }

    /// By estimate, made at most once: it is a scan of the body.
    long promptTokens() {
        if (promptTokens == null) {
            promptTokens = TokenEstimate.of(outline.body());
        }
        return promptTokens;
    }

    /// What was not fresh: words of `x-sluice-state`.
    List<String> state() {
        List<String> words = new ArrayList<>(2);
        if (configIsStale) {
            words.add("stale-config");
        }
        if (limitsAreLocal) {
            words.add("local-limits");
        }
        return words;
    }

    boolean isIdentity(Target target) {
        return target.dialect() == codec.dialect() && codec.requests().passes(outline);
    }

    ClientContext context(ChatRequest request, Instant now) {
        return new ClientContext(request, outline, id.token(), now.getEpochSecond());
    }

    void tried(Target target, int status, String category) {
        attempts.add(target.ref() + ":" + status + "/" + category);
    }
}
