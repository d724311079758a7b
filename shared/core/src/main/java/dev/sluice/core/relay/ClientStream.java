package dev.sluice.core.relay;

import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Headers;
import dev.sluice.protocol.ByteSink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The client's end of one streamed answer, across all attempts: knows whether the status has gone, and when a
/// keep-alive is due.
public final class ClientStream {
    private final ClientResponse response;
    private final Time time;
    private final long keepAliveNanos;
    private boolean started;
    private long lastSentNanos;
    private @Nullable Long firstSentNanos;
    private volatile long sentBytes; // written by the request's own thread only

    /// @param keepAlive the longest silence the client shall see
    public ClientStream(ClientResponse response, Time time, Duration keepAlive) {
        this.response = response;
        this.time = time;
        this.keepAliveNanos = keepAlive.toNanos();
        this.lastSentNanos = time.nanos();
    }

    /// Whether status 200 has gone: from then on errors can only be told inside the stream.
    public boolean hasStarted() {
        return started;
    }

    /// Sends the status, once.
    public void start(Headers headers) throws ClientGone {
        if (!started) {
            started = true;
            response.start(200, headers, -1);
        }
    }

    /// Sends a whole answer, or an error, when nothing has gone yet.
    public void whole(int status, Headers headers, byte[] body) throws ClientGone {
        started = true;
        sent(body.length);
        response.start(status, headers, body.length);
        response.endWith(body, 0, body.length);
    }

    /// Sends what the sink holds and empties it.
    public void flush(ByteSink sink) throws ClientGone {
        if (!sink.isEmpty()) {
            int size = sink.size();
            response.write(sink.array(), 0, size);
            sink.clear();
            sent(size);
        }
    }

    /// Sends a keep-alive and empties the sink. Where the dialect has none, the next one is due as late all the same.
    public void keepAlive(ByteSink sink) throws ClientGone {
        lastSentNanos = time.nanos();
        if (!sink.isEmpty()) {
            response.write(sink.array(), 0, sink.size());
            sink.clear();
        }
    }

    /// Sends what the sink holds and ends the answer.
    public void end(ByteSink sink) throws ClientGone {
        sent(sink.size());
        if (sink.isEmpty()) {
            response.end();
        } else {
            response.endWith(sink.array(), 0, sink.size());
        }
    }

    private void sent(long bytes) {
        long all = sentBytes + bytes;
        sentBytes = all;
        lastSentNanos = time.nanos();
        if (firstSentNanos == null) {
            firstSentNanos = lastSentNanos;
        }
    }

    /// When the first bytes of an answer went out, keep-alives not counted; null while none have.
    public @Nullable Long firstSentNanos() {
        return firstSentNanos;
    }

    /// How much of an answer went out, keep-alives not counted. May be asked by any thread.
    public long sentBytes() {
        return sentBytes;
    }

    public void abort() {
        response.abort();
    }

    /// How long until the next keep-alive is due; not negative.
    public Duration untilKeepAlive() {
        return Duration.ofNanos(Math.max(0, lastSentNanos + keepAliveNanos - time.nanos()));
    }
}
