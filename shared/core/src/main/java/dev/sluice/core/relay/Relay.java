package dev.sluice.core.relay;

import dev.sluice.core.metering.Meter;
import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.ByteStream.Read;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Time;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.Lane;
import dev.sluice.protocol.Outcome;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Moves one upstream stream to the client.
///
/// Contract: nothing of an attempt reaches the client before its first content event; after it exactly one terminal
/// event of the client's dialect does. One flush per upstream read. Runs on the caller's thread.
public final class Relay {
    private static final Duration DRAIN = Duration.ofMillis(50);
    private static final int LONGEST_BODY = 16 << 20;

    private final Time time;
    private final Duration idle;
    private final Deadline deadline;
    private final ClientStream client;

    /// @param idle the longest silence of the upstream
    /// @param deadline of the whole call
    public Relay(Time time, Duration idle, Deadline deadline, ClientStream client) {
        this.time = time;
        this.idle = idle;
        this.deadline = deadline;
        this.client = client;
    }

    /// Pumps until the end.
    ///
    /// @param head the response headers, asked for when the status goes out
    public Relayed pump(ByteStream upstream, Lane lane, Supplier<Headers> head, Meter meter) {
        ByteSink out = new ByteSink(8192);
        try {
            long quietSince = time.nanos();
            while (!meter.isOver()) {
                switch (upstream.read(patience(quietSince))) {
                    case Read.Bytes(byte[] bytes, int from, int to) -> {
                        quietSince = time.nanos();
                        lane.feed(bytes, from, to, out, meter);
                    }
                    case Read.End _ -> lane.end(false, out, meter);
                    case Read.Reset _ -> lane.end(true, out, meter);
                    case Read.Quiet _ -> {}
                }
                if (!meter.isOver()) {
                    failIfLate(quietSince, lane, meter, out);
                }
                if (meter.heardContent()) {
                    start(head);
                }
                if (!meter.isOver()) {
                    pass(lane, head, meter, out);
                }
            }
            return finish(upstream, meter, out);
        } catch (ClientGone gone) {
            return new Relayed.ClientLeft();
        } finally {
            meter.passed(lane.unreadTokens());
            upstream.close();
        }
    }

    /// Reads a body that is no stream, whole.
    ///
    /// @param keepAlive sends one to the client
    public Outcome<byte[]> gather(ByteStream upstream, KeepAlive keepAlive) throws ClientGone {
        ByteSink whole = new ByteSink(8192);
        try {
            long quietSince = time.nanos();
            while (whole.size() <= LONGEST_BODY) {
                switch (upstream.read(patience(quietSince))) {
                    case Read.Bytes(byte[] bytes, int from, int to) -> {
                        quietSince = time.nanos();
                        whole.write(bytes, from, to);
                    }
                    case Read.End _ -> {
                        return Outcome.ok(whole.toByteArray());
                    }
                    case Read.Reset(String message) -> {
                        return Outcome.bad(Failure.Upstream.of(Failure.Category.NETWORK_ERROR, message));
                    }
                    case Read.Quiet _ -> {}
                }
                Failure.Upstream late = late(quietSince, false);
                if (late != null) {
                    return Outcome.bad(late);
                }
                if (client.untilKeepAlive().isZero()) {
                    keepAlive.send();
                }
            }
            return Outcome.bad(
                    Failure.Upstream.of(Failure.Category.MALFORMED_ANSWER, "The provider's answer is too large."));
        } finally {
            upstream.close();
        }
    }

    /// Sends a keep-alive.
    public interface KeepAlive {
        void send() throws ClientGone;
    }

    private void start(Supplier<Headers> head) throws ClientGone {
        if (!client.hasStarted()) {
            client.start(head.get());
        }
    }

    /// What is there goes out once content has begun; a client that has heard nothing for long gets a keep-alive.
    private void pass(Lane lane, Supplier<Headers> head, Meter meter, ByteSink out) throws ClientGone {
        if (meter.heardContent()) {
            client.flush(out);
        }
        if (client.untilKeepAlive().isZero()) {
            start(head);
            ByteSink ping = new ByteSink(64);
            lane.keepAlive(ping);
            client.keepAlive(ping);
        }
    }

    private void failIfLate(long quietSince, Lane lane, Meter meter, ByteSink out) {
        Failure.Upstream late = late(quietSince, meter.heardContent());
        if (late != null) {
            if (meter.heardContent()) {
                lane.fail(late, out);
            }
            meter.accept(new StreamEvent.Failed(late));
        }
    }

    private Relayed finish(ByteStream upstream, Meter meter, ByteSink out) {
        Failure failure = meter.failure();
        if (failure != null && !meter.heardContent()) {
            return new Relayed.NotBegun(failure);
        }
        end(out);
        if (failure != null) {
            return new Relayed.Cut(failure);
        }
        drain(upstream);
        return new Relayed.Complete();
    }

    private void end(ByteSink out) {
        try {
            client.end(out);
        } catch (ClientGone alreadySatisfied) {
            // what counts is the terminal event: many clients close their connection on it
        }
    }

    /// Reads on to the end of the body, which follows the terminal event at once, so that the connection is kept.
    private static void drain(ByteStream upstream) {
        for (int reads = 0; reads < 4; reads++) {
            if (!(upstream.read(DRAIN) instanceof Read.Bytes)) {
                return;
            }
        }
    }

    private Failure.@Nullable Upstream late(long quietSince, boolean begun) {
        if (deadline.isPast(time.nanos())) {
            return Failure.Upstream.of(
                    Failure.Category.CANCELLED, "The answer did not end within the time for a call.");
        }
        if (time.nanos() - quietSince >= idle.toNanos()) {
            return Failure.Upstream.of(
                    begun ? Failure.Category.TIMEOUT : Failure.Category.FIRST_BYTE_TIMEOUT,
                    "The provider was silent for " + idle.toSeconds() + " s in mid-answer.");
        }
        return null;
    }

    /// The longest wait after which nothing is overdue.
    private Duration patience(long quietSince) {
        long now = time.nanos();
        Duration untilIdle = Duration.ofNanos(Math.max(0, quietSince + idle.toNanos() - now));
        Duration shortest = min(untilIdle, deadline.remaining(now));
        return min(shortest, client.untilKeepAlive());
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
