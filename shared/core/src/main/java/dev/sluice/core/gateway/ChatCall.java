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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One chat request on its way: what was asked, by whom, by which configuration, and what has been tried so far.
final class ChatCall {
    final RequestId id;
    final InboundRequest inbound;
    final DialectCodec codec;

    /// As the client sent it.
    final Outline asked;

    /// As it goes on: the same, or with what the client left to an earlier answer.
    final Outline outline;

    final Caller caller;
    final ConfigSnapshot config;
    final boolean configIsStale;
    final Route route;
    final Deadline deadline;
    final ClientStream client;
    final List<String> attempts = new ArrayList<>();
    final List<String> skipped = new ArrayList<>();
    final FetchedMedia media = new FetchedMedia();
    List<Degradation> degraded = List.of();

    /// Whether this process alone has decided on any admission.
    boolean limitsAreLocal;

    /// Why the answer was not kept, where it should have been: a word of `x-sluice-state`.
    @Nullable
    String unkept;

    /// Null: nobody can come back to the answer.
    final @Nullable Keeper keeper;

    @Nullable
    Target target;

    /// For [InFlight], which reads it from other threads.
    volatile @Nullable Try now;

    private final LongSupplier elapsed;
    private final Supplier<Plan> planning;
    private @Nullable Plan plan;
    private @Nullable Outcome<ChatRequest> decoded;
    private @Nullable Long promptTokens;

    /// @param elapsed nanoseconds since the request came
    ChatCall(
            Arrival arrival,
            DialectCodec codec,
            Wanted wanted,
            Planned planned,
            Deadline deadline,
            ClientStream client,
            LongSupplier elapsed) {
        this.id = arrival.id();
        this.inbound = arrival.inbound();
        this.caller = arrival.caller();
        this.config = arrival.config();
        this.configIsStale = arrival.configIsStale();
        this.codec = codec;
        this.asked = wanted.asked();
        this.outline = wanted.outline();
        this.keeper = wanted.keeper();
        this.elapsed = elapsed;
        this.route = planned.route();
        this.planning = planned.plan();
        this.deadline = deadline;
        this.client = client;
        this.skipped.addAll(route.skipped());
    }

    /// A request whose sender is known.
    record Arrival(RequestId id, InboundRequest inbound, Caller caller, ConfigSnapshot config, boolean configIsStale) {}

    /// An attempt under way.
    record Try(Target target, int number) {}

    /// What is asked, and what becomes of its answer.
    ///
    /// @param asked as the client sent it
    /// @param outline as it goes on
    /// @param keeper null: nobody can come back to the answer
    record Wanted(Outline asked, Outline outline, @Nullable Keeper keeper) {}

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

    /// What was not fresh, and whether the answer was not kept: words of `x-sluice-state`.
    List<String> state() {
        List<String> words = new ArrayList<>(2);
        if (configIsStale) {
            words.add("stale-config");
        }
        if (limitsAreLocal) {
            words.add("local-limits");
        }
        if (unkept != null) {
            words.add(unkept);
        }
        return words;
    }

    boolean isIdentity(Target target) {
        return target.dialect() == codec.dialect() && codec.requests().passes(outline);
    }

    ClientContext context(ChatRequest request, Instant now) {
        return new ClientContext(request, asked, id.token(), now.getEpochSecond(), elapsed);
    }

    /// An attempt begins.
    void tries(Target next) {
        Try before = now;
        now = new Try(next, before == null ? 1 : before.number() + 1);
    }

    /// Since the request came.
    Duration age() {
        return Duration.ofNanos(elapsed.getAsLong());
    }

    void tried(Target target, int status, String category) {
        attempts.add(target.ref() + ":" + status + "/" + category);
    }
}
