package dev.sluice.core.gateway;

import dev.sluice.core.ports.Time;
import dev.sluice.core.relay.ClientStream;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import java.time.Duration;
import java.util.Optional;

/// Of a chat request's bytes, what shall become of it: who asks, for what, and by which plan.
final class Understanding {
    private final Reception reception;
    private final Planning planning;
    private final Resumption resumption;
    private final Keeper keeper;
    private final Time time;
    private final Loops loops;

    Understanding(Reception reception, Planning planning, Resumption resumption, Keeper keeper, Time time) {
        this.reception = reception;
        this.planning = planning;
        this.resumption = resumption;
        this.keeper = keeper;
        this.time = time;
        this.loops = new Loops(time);
    }

    /// What becomes of a request that is understood.
    sealed interface Next {}

    record Call(ChatCall call) implements Next {}

    /// It asks no model for anything.
    record Here(String type, byte[] body) implements Next {}

    /// Bad: it is nobody's, none, leads nowhere, or was sent too often.
    Outcome<Next> of(Exchange exchange, DialectCodec codec, RequestHead head) {
        return reception
                .arrival(exchange, codec.dialect())
                .then(arrival -> Reception.outlined(
                                exchange,
                                arrival.config(),
                                body -> codec.requests().outline(body, head))
                        .then(outline -> next(exchange, arrival, codec, outline)));
    }

    private Outcome<Next> next(Exchange exchange, ChatCall.Arrival arrival, DialectCodec codec, Outline asked) {
        Optional<byte[]> here = codec.requests().answeredHere(asked, time.now().getEpochSecond());
        if (here.isPresent()) {
            String type = asked.stream() ? codec.answers().streamType() : "application/json";
            return Outcome.ok(new Here(type, here.get()));
        }
        return resumption
                .of(arrival.caller(), codec.dialect(), asked)
                .then(resumed -> loops.passed(arrival, resumed.outline())
                        .then(_ -> planning.planned(Planning.Wish.of(arrival, codec.dialect(), resumed)))
                        .then(planned -> Outcome.ok(new Call(started(
                                exchange,
                                arrival,
                                codec,
                                new ChatCall.Wanted(
                                        asked,
                                        resumed.outline(),
                                        Keeper.isWanted(codec.dialect(), asked) ? keeper : null),
                                planned)))));
    }

    private static ChatCall started(
            Exchange exchange,
            ChatCall.Arrival arrival,
            DialectCodec codec,
            ChatCall.Wanted wanted,
            Planning.Planned planned) {
        Duration total = arrival.config().timeouts().total();
        Duration remaining = exchange.inbound().remaining();
        Deadline deadline =
                Deadline.of(exchange.startedNanos(), remaining == null ? total : Waits.min(total, remaining));
        ClientStream client = exchange.stream(arrival.config().timeouts().keepAlive());
        return new ChatCall(arrival, codec, wanted, planned, deadline, client, exchange::elapsedNanos);
    }

    /// Remembers which requests keep failing.
    void ended(ChatCall call, Ending ending) {
        loops.ended(call, ending);
    }
}
