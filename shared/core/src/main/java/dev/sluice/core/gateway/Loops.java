package dev.sluice.core.gateway;

import dev.sluice.core.config.LoopBreakerRules;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.BodyHash;
import dev.sluice.core.resilience.LoopBreaker;
import dev.sluice.core.routing.SessionId;
import dev.sluice.model.Failure;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// Which requests keep failing, and are not sent on any more: one and the same body, and those of one conversation with
/// one model whose answers all break off. Such a conversation grows by each broken answer, so no body comes twice.
///
/// Thread-safe. A conversation is known where its tool names it ([SessionId]). Each of its turns takes as long as a model
/// does, so its window is as many times longer as there are repeats.
final class Loops {
    private final LoopBreaker bodies = new LoopBreaker();
    private final LoopBreaker conversations = new LoopBreaker();
    private final Time time;

    Loops(Time time) {
        this.time = time;
    }

    /// Bad: it was sent too often.
    Outcome<Outline> passed(ChatCall.Arrival arrival, Outline outline) {
        LoopBreakerRules rules = arrival.config().loopBreaker();
        String key = arrival.caller().keyHash();
        if (!bodies.isIdle() && bodies.isLooping(key, BodyHash.of(outline.body()), rules, time.nanos())) {
            return refused("The same request was sent more than " + rules.repeats()
                    + " times and keeps failing; it is not sent on. Change the request or wait a minute.");
        }
        OptionalLong turn = conversations.isIdle() ? OptionalLong.empty() : conversation(arrival.inbound(), outline);
        if (turn.isPresent() && conversations.isLooping(key, turn.getAsLong(), inTurns(rules), time.nanos())) {
            return refused(
                    "More than " + rules.repeats() + " answers of this conversation broke off and none was whole; the"
                            + " request is not sent on. Choose another model, or begin a new conversation.");
        }
        return Outcome.ok(outline);
    }

    private static Outcome<Outline> refused(String message) {
        return Outcome.bad(new Failure.Refused(Failure.Kind.RATE_LIMITED, message, null, null));
    }

    private static LoopBreakerRules inTurns(LoopBreakerRules rules) {
        return new LoopBreakerRules(rules.repeats(), rules.window().multipliedBy(Math.max(1, rules.repeats())));
    }

    void ended(ChatCall call, Ending ending) {
        LoopBreakerRules rules = call.config.loopBreaker();
        String key = call.caller.keyHash();
        if (!(ending instanceof Ending.Answered)) {
            bodies.failed(key, BodyHash.of(call.outline.body()), rules, time.nanos());
        } else if (!bodies.isIdle()) {
            bodies.succeeded(key, BodyHash.of(call.outline.body()));
        }
        if (ending instanceof Ending.Cut) {
            conversation(call.inbound, call.outline)
                    .ifPresent(turn -> conversations.failed(key, turn, inTurns(rules), time.nanos()));
        } else if (ending instanceof Ending.Answered && !conversations.isIdle()) {
            conversation(call.inbound, call.outline).ifPresent(turn -> conversations.succeeded(key, turn));
        }
    }

    private static OptionalLong conversation(InboundRequest inbound, Outline outline) {
        return SessionId.of(inbound.headers(), outline)
                .map(id -> (outline.model() + "\n" + id).getBytes(StandardCharsets.UTF_8))
                .map(name -> OptionalLong.of(BodyHash.of(name)))
                .orElseGet(OptionalLong::empty);
    }
}
