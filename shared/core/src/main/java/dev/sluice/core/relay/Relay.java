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
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Moves one upstream stream to the client.
///
/// Contract: nothing of an attempt reaches the client before its first content event; after it exactly one terminal
/// event of the client's dialect does. One flush per upstream read. Runs on the caller's thread.
public final class Relay {
    private static final Duration DRAIN = Duration.ofMillis(50);

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
        ByteSink pings = new ByteSink(64);
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
                    case Read.Quiet _ -> quiet(quietSince, lane, head, meter, out, pings);
                }
                if (meter.heardContent()) {
                    start(head);
                    if (!meter.isOver()) {
                        client.flush(out);
                    }
                }
            }
            return finish(upstream, meter, out);
        } catch (ClientGone gone) {
            return new Relayed.ClientLeft();
        } finally {
            upstream.close();
        }
    }

    private void start(Supplier<Headers> head) throws ClientGone {
        if (!client.hasStarted()) {
            client.start(head.get());
        }
    }

    private Relayed finish(ByteStream upstream, Meter meter, ByteSink out) throws ClientGone {
        Failure failure = meter.failure();
        if (failure != null && !meter.heardContent()) {
            return new Relayed.NotBegun(failure);
        }
        client.end(out);
        if (failure != null) {
            return new Relayed.Cut(failure);
        }
        drain(upstream);
        return new Relayed.Complete();
    }

    /// Reads on to the end of the body, which follows the terminal event at once, so that the connection is kept.
    private static void drain(ByteStream upstream) {
        for (int reads = 0; reads < 4; reads++) {
            if (!(upstream.read(DRAIN) instanceof Read.Bytes)) {
                return;
            }
        }
    }

    private void quiet(long quietSince, Lane lane, Supplier<Headers> head, Meter meter, ByteSink out, ByteSink pings)
            throws ClientGone {
        Failure.Upstream late = late(quietSince);
        if (late != null) {
            if (meter.heardContent()) {
                lane.fail(late, out);
            }
            meter.accept(new StreamEvent.Failed(late));
        } else if (client.untilKeepAlive().isZero()) {
            start(head);
            lane.keepAlive(pings);
            client.flush(pings);
        }
    }

    private Failure.@Nullable Upstream late(long quietSince) {
        if (deadline.isPast(time.nanos())) {
            return Failure.Upstream.of(Failure.Category.TIMEOUT, "The answer did not end within the time for a call.");
        }
        if (time.nanos() - quietSince >= idle.toNanos()) {
            return Failure.Upstream.of(
                    Failure.Category.TIMEOUT, "The provider was silent for " + idle.toSeconds() + " s in mid-answer.");
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
