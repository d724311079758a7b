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
        record(exchange, null, "refused", failure.message(), Usage.NONE);
    }

    void clientGone(Exchange exchange) {
        record(exchange, null, "client-gone", null, Usage.NONE);
    }

    void bug(Exchange exchange, RuntimeException bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        record(exchange, null, "failed", "defect: " + bug.getClass().getName() + place, Usage.NONE);
    }

    void ended(Exchange exchange, ChatCall call, Ending ending) {
        switch (ending) {
            case Ending.Answered(int _, Meter meter) -> record(exchange, call, "ok", null, meter.usage());
            case Ending.Cut(Failure failure, Meter meter) ->
                record(exchange, call, "truncated", failure.message(), meter.usage());
            case Ending.Lost(Failure failure, var _) ->
                record(
                        exchange,
                        call,
                        failure instanceof Failure.Refused ? "refused" : "failed",
                        failure.message(),
                        Usage.NONE);
            case Ending.ClientLeft(Meter meter) -> record(exchange, call, "client-gone", null, meter.usage());
        }
    }

    private void record(
            Exchange exchange, @Nullable ChatCall call, String outcome, @Nullable String reason, Usage usage) {
        Caller caller = exchange.caller();
        Outline outline = exchange.outline();
        Long firstContent = call == null ? null : call.client.firstSentNanos();
        log.record(new CallLog.Entry(
                exchange.arrived(),
                exchange.id().toString(),
                caller == null ? "-" : caller.name(),
                exchange.dialect(),
                outline == null ? "-" : outline.model(),
                call == null || call.target == null ? null : call.target.ref(),
                exchange.status(),
                outcome,
                reason,
                outline != null && outline.stream(),
                call == null ? List.of() : List.copyOf(call.attempts),
                call == null ? List.of() : call.state(),
                usage,
                Duration.ofNanos(time.nanos() - exchange.startedNanos()),
                firstContent == null ? null : Duration.ofNanos(firstContent - exchange.startedNanos())));
    }
}
