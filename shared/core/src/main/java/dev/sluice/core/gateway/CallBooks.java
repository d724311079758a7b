package dev.sluice.core.gateway;

import dev.sluice.core.ports.Ledger;
import dev.sluice.core.ports.Ledger.Admission.Denied;
import dev.sluice.core.ports.Ledger.Admission.Granted;
import dev.sluice.core.ports.Ledger.Ask;
import dev.sluice.core.ports.Ledger.Passage;
import dev.sluice.core.ports.Ledger.Reserve;
import dev.sluice.core.ports.Ledger.Settlement;
import dev.sluice.core.ports.Ledger.Word;
import dev.sluice.core.ports.Time;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Failure;
import dev.sluice.model.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request's dealings with the ledger: every attempt is admitted before it and settled after it, once; so is the
/// caller, when it has limits of its own.
final class CallBooks implements AutoCloseable {
    private final Ledger ledger;
    private final ChatCall call;
    private final Time time;
    private final Map<Target, Denied> denied = new LinkedHashMap<>();
    private @Nullable Granted caller;
    private Reserve callersReserve = new Reserve(0, 0);
    private boolean reached;
    private long prompt;
    private long output;

    CallBooks(Ledger ledger, ChatCall call, Time time) {
        this.ledger = ledger;
        this.call = call;
        this.time = time;
    }

    /// Asks for the request, of the caller's own limits. What is in the way, when something is.
    Optional<Failure> admitCaller() {
        if (call.caller.limits().isEmpty()) {
            return Optional.empty();
        }
        callersReserve = TokenReserve.of(call, call.route.targets().getFirst().model(), call.caller.limits());
        return switch (ledger.admitCaller(call.caller, callersReserve, call.deadline.remaining(time.nanos()))) {
            case Granted granted -> {
                note(granted.isLocal());
                caller = granted;
                yield Optional.empty();
            }
            case Denied refusal -> {
                note(refusal.isLocal());
                yield Optional.of(Exhausted.caller(call.caller, refusal.recovery(), time.now()));
            }
        };
    }

    /// Asks for one attempt. Null: it may not be made now, and the skipped targets say why.
    @Nullable
    Permit admit(Target target, Passage passage) {
        Ask ask = new Ask(
                call.config,
                target.provider(),
                target.model().id(),
                TokenReserve.of(call, target.model(), target.provider().rateLimits()),
                passage,
                call.deadline.remaining(time.nanos()));
        return switch (ledger.admit(ask)) {
            case Granted granted -> {
                note(granted.isLocal());
                yield new Permit(granted.probe(), settlement -> settle(granted, settlement));
            }
            case Denied refusal -> {
                note(refusal.isLocal());
                denied.put(target, refusal);
                call.skipped.add(target.ref() + ":" + refusal.reason());
                yield null;
            }
        };
    }

    /// Which targets would not have the request, and why.
    Map<Target, Denied> denied() {
        return denied;
    }

    private void note(boolean isLocal) {
        call.limitsAreLocal |= isLocal;
    }

    private void settle(Granted granted, Settlement settlement) {
        if (settlement.reached()) {
            reached = true;
            Usage usage = settlement.usage();
            prompt += usage == null ? callersReserve.prompt() : usage.prompt();
            output += usage == null ? callersReserve.output() : usage.outputOr0();
        }
        ledger.settle(granted, settlement);
    }

    /// The request is over: the caller has used what all its attempts used.
    @Override
    public void close() {
        if (caller != null) {
            ledger.settle(
                    caller,
                    reached
                            ? new Settlement(true, Usage.of(prompt, output), Word.NOTHING)
                            : Settlement.returned(Word.NOTHING));
        }
    }
}
