package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.metering.Meter;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Failure;
import dev.sluice.model.Usage;
import dev.sluice.protocol.Outline;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one entry about every request when it is over.
final class CallRecords {
    private final CallLog log;
    private final Time time;

    CallRecords(CallLog log, Time time) {
        this.log = log;
        this.time = time;
    }

    void refused(Exchange exchange, Failure failure) {
        record(exchange, About.NOTHING, "refused", failure.message(), Usage.NONE);
    }

    void counted(Exchange exchange, Counting.Counted counted) {
        record(exchange, new About(counted.by().ref(), List.of(), List.of(), null), "ok", null, Usage.NONE);
    }

    /// A chat request that asked no model for anything.
    void answeredHere(Exchange exchange) {
        record(exchange, About.NOTHING, "ok", null, Usage.NONE);
    }

    void clientGone(Exchange exchange) {
        record(exchange, About.NOTHING, "client-gone", null, Usage.NONE);
    }

    void bug(Exchange exchange, RuntimeException bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        record(exchange, About.NOTHING, "failed", "defect: " + bug.getClass().getName() + place, Usage.NONE);
    }

    void ended(Exchange exchange, ChatCall call, Ending ending) {
        switch (ending) {
            case Ending.Answered(int _, Meter meter) -> record(exchange, About.of(call), "ok", null, meter.usage());
            case Ending.Cut(Failure failure, Meter meter) ->
                record(exchange, About.of(call), "truncated", failure.message(), meter.usage());
            case Ending.Lost(Failure failure, var _) ->
                record(
                        exchange,
                        About.of(call),
                        failure instanceof Failure.Refused ? "refused" : "failed",
                        failure.message(),
                        Usage.NONE);
            case Ending.ClientLeft(Meter meter) -> record(exchange, About.of(call), "client-gone", null, meter.usage());
        }
    }

    /// What is told of the providers' part.
    private record About(
            @Nullable String target,
            List<String> attempts,
            List<String> state,
            @Nullable Long firstContent) {
        static final About NOTHING = new About(null, List.of(), List.of(), null);

        static About of(ChatCall call) {
            return new About(
                    call.target == null ? null : call.target.ref(),
                    List.copyOf(call.attempts),
                    call.state(),
                    call.client.firstSentNanos());
        }
    }

    private void record(Exchange exchange, About about, String outcome, @Nullable String reason, Usage usage) {
        Caller caller = exchange.caller();
        Outline outline = exchange.outline();
        Long firstContent = about.firstContent();
        log.record(new CallLog.Entry(
                exchange.arrived(),
                exchange.id().toString(),
                caller == null ? "-" : caller.name(),
                exchange.dialect(),
                outline == null ? "-" : outline.model(),
                about.target(),
                exchange.status(),
                outcome,
                reason,
                outline != null && outline.stream(),
                about.attempts(),
                about.state(),
                usage,
                Duration.ofNanos(time.nanos() - exchange.startedNanos()),
                firstContent == null ? null : Duration.ofNanos(firstContent - exchange.startedNanos())));
    }
}
