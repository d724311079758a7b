package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.config.ModelConfig.Price;
import dev.sluice.core.metering.Cost;
import dev.sluice.core.metering.Meter;
import dev.sluice.core.ports.CallLog;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Failure;
import dev.sluice.model.Usage;
import dev.sluice.protocol.Outline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes one entry about every request when it is over.
final class CallRecords {
    /// No client makes a line longer than it should be.
    private static final int MOST_OF_A_NAME = 200;

    private static final int MOST_OF_WORDS = 400;

    /// Where the gateway itself says no for one of these, its words are not of the body; and a client that does not stop
    /// asking must not make it read every body.
    private static final Set<Failure.Kind> NOT_OF_THE_BODY =
            Set.of(Failure.Kind.RATE_LIMITED, Failure.Kind.UNAVAILABLE, Failure.Kind.TIMEOUT);

    private final CallLog log;
    private final Time time;

    CallRecords(CallLog log, Time time) {
        this.log = log;
        this.time = time;
    }

    void refused(Exchange exchange, Failure failure) {
        record(exchange, About.NOTHING, Result.of("refused", told(exchange, failure, null), failure), Usage.NONE);
    }

    void counted(Exchange exchange, Counting.Counted counted) {
        record(exchange, new About(counted.by().ref(), List.of(), List.of(), null, null), Result.OK, Usage.NONE);
    }

    /// A chat request that asked no model for anything.
    void answeredHere(Exchange exchange) {
        record(exchange, About.NOTHING, Result.OK, Usage.NONE);
    }

    void clientGone(Exchange exchange) {
        record(exchange, About.NOTHING, Result.LEFT, Usage.NONE);
    }

    void bug(Exchange exchange, RuntimeException bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        String reason = "defect: " + bug.getClass().getName() + place;
        record(exchange, About.NOTHING, new Result("failed", reason, Failure.Kind.UPSTREAM_FAULT), Usage.NONE);
    }

    void ended(Exchange exchange, ChatCall call, Ending ending) {
        switch (ending) {
            case Ending.Answered(int _, Meter meter) -> record(exchange, About.of(call), Result.OK, meter.usage());
            case Ending.Cut(Failure failure, Meter meter) ->
                record(
                        exchange,
                        About.of(call),
                        Result.of("truncated", told(exchange, failure, call), failure),
                        meter.usage());
            case Ending.Lost(Failure failure, var _) -> {
                String outcome = failure instanceof Failure.Refused ? "refused" : "failed";
                record(
                        exchange,
                        About.of(call),
                        Result.of(outcome, told(exchange, failure, call), failure),
                        Usage.NONE);
            }
            case Ending.ClientLeft(Meter meter) -> record(exchange, About.of(call), Result.LEFT, meter.usage());
        }
    }

    /// How it came out.
    private record Result(String outcome, @Nullable String reason, Failure.@Nullable Kind failure) {
        static final Result OK = new Result("ok", null, null);
        static final Result LEFT = new Result("client-gone", null, null);

        static Result of(String outcome, String reason, Failure failure) {
            return new Result(outcome, reason, failure.kind());
        }
    }

    /// What is told of a failure: never what it repeats of the request.
    private static String told(Exchange exchange, Failure failure, @Nullable ChatCall call) {
        boolean isUnread = exchange.outline() == null; // nobody has looked into the body
        if (failure instanceof Failure.Refused && (isUnread || NOT_OF_THE_BODY.contains(failure.kind()))) {
            return clipped(failure.message(), MOST_OF_WORDS);
        }
        List<String> names = new ArrayList<>();
        if (exchange.outline() != null) {
            names.add(exchange.outline().model());
        }
        if (call != null && call.target != null) {
            names.add(call.target.ref());
            names.add(call.target.model().id());
        }
        // with what the client left to an earlier answer: a provider may quote that as well
        byte[] body = call == null ? exchange.inbound().body() : call.outline.body();
        return Echoes.without(failure.message(), body, names);
    }

    private static String clipped(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "\u2026";
    }

    /// What is told of the providers' part.
    private record About(
            @Nullable String target,
            List<String> attempts,
            List<String> state,
            @Nullable Long firstContent,
            @Nullable Price price) {
        static final About NOTHING = new About(null, List.of(), List.of(), null, null);

        static About of(ChatCall call) {
            return new About(
                    call.target == null ? null : call.target.ref(),
                    List.copyOf(call.attempts),
                    call.state(),
                    call.client.firstSentNanos(),
                    call.target == null ? null : call.target.model().price());
        }
    }

    private void record(Exchange exchange, About about, Result result, Usage usage) {
        Caller caller = exchange.caller();
        Outline outline = exchange.outline();
        Long firstContent = about.firstContent();
        log.record(new CallLog.Entry(
                exchange.arrived(),
                exchange.id().toString(),
                caller == null ? CallLog.Entry.NOBODY : caller.name(),
                exchange.dialect(),
                ClientTool.of(exchange.inbound().headers()).orElse(null),
                outline == null ? "-" : clipped(outline.model(), MOST_OF_A_NAME),
                about.target(),
                exchange.status(),
                result.outcome(),
                result.reason(),
                outline != null && outline.stream(),
                about.attempts(),
                about.state(),
                usage,
                Duration.ofNanos(time.nanos() - exchange.startedNanos()),
                firstContent == null ? null : Duration.ofNanos(firstContent - exchange.startedNanos()),
                result.failure(),
                about.price() == null ? null : Cost.usd(about.price(), usage).orElse(null)));
    }
}
