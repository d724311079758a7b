package dev.sluice.core.gateway;

import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.model.Headers;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.StreamTap;
import java.time.Duration;

/// Waits while no provider is at work on an answer, or none of it is there: the client of a stream hears keep-alives.
final class Waits {

    private final Time time;

    Waits(Time time) {
        this.time = time;
    }

    /// False: this thread was interrupted.
    boolean pause(ChatCall call, Duration wait) throws ClientGone {
        Duration left = wait;
        while (left.isPositive()) {
            Duration step = call.outline.stream() ? min(left, call.client.untilKeepAlive()) : left;
            if (step.isZero()) {
                keepAlive(call);
            } else if (!sleep(step)) {
                return false;
            }
            left = left.minus(step);
        }
        return true;
    }

    /// Sends one keep-alive, and before the first one the status.
    static void keepAlive(ChatCall call) throws ClientGone {
        StreamTap tap = call.codec.answers().tap(EncodedRequest.NONE, call.outline);
        if (!call.client.hasStarted()) {
            call.client.start(ResponseHead.of(call, Headers.NONE)
                    .with("content-type", tap.contentType(call.codec.answers().streamType()))
                    .with("cache-control", "no-cache"));
        }
        ByteSink ping = new ByteSink(64);
        tap.keepAlive(ping);
        call.client.keepAlive(ping);
    }

    /// Of a question to a provider that is no attempt at an answer.
    static Deadline deadline(ChatCall.Arrival arrival, Duration longest, Time time) {
        Duration remaining = arrival.inbound().remaining();
        return Deadline.of(time.nanos(), remaining == null ? longest : min(longest, remaining));
    }

    /// Waits for the answer to such a question; past the deadline it is broken.
    static Upstream.Answer answer(Upstream.Pending pending, Deadline deadline, Time time) {
        Upstream.Answer answer = null;
        while (answer == null && !deadline.isPast(time.nanos())) {
            answer = pending.await(deadline.remaining(time.nanos()));
        }
        if (answer == null) {
            pending.cancel();
            return new Upstream.Answer.Broken(Upstream.Breakage.TOTAL_TIMEOUT, "No answer in time.");
        }
        return answer;
    }

    private boolean sleep(Duration step) {
        try {
            time.sleep(step);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
