package dev.sluice.core.gateway;

import dev.sluice.core.access.Caller;
import dev.sluice.core.ports.ClientResponse;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.core.ports.Time;
import dev.sluice.core.relay.ClientStream;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.ErrorAnswer;
import dev.sluice.protocol.EventEncoder;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One request and the way back to its sender: what is known of it so far, and the only place that answers it locally.
final class Exchange {
    private final RequestId id;
    private final InboundRequest inbound;
    private final ClientResponse response;
    private final Time time;
    private final Instant arrived;
    private final long startedNanos;
    private @Nullable DialectCodec codec;
    private @Nullable Caller caller;
    private @Nullable Outline outline;
    private @Nullable ClientStream stream;
    private Headers added = Headers.NONE;
    private int status;

    Exchange(RequestId id, InboundRequest inbound, ClientResponse response, Time time) {
        this.id = id;
        this.inbound = inbound;
        this.response = new CorsResponse(response);
        this.time = time;
        this.arrived = time.now();
        this.startedNanos = time.nanos();
    }

    RequestId id() {
        return id;
    }

    InboundRequest inbound() {
        return inbound;
    }

    Instant arrived() {
        return arrived;
    }

    long startedNanos() {
        return startedNanos;
    }

    long elapsedNanos() {
        return time.nanos() - startedNanos;
    }

    @Nullable
    Caller caller() {
        return caller;
    }

    @Nullable
    Outline outline() {
        return outline;
    }

    /// The name of the client's dialect, or `-` before it is known.
    String dialect() {
        return codec == null ? "-" : codec.dialect().id();
    }

    /// The status that was sent; 0 before.
    int status() {
        return status;
    }

    void speaks(DialectCodec dialect) {
        codec = dialect;
    }

    void calledBy(Caller known) {
        caller = known;
    }

    void asksFor(Outline known) {
        outline = known;
    }

    /// Headers that let an allowed browser origin read the answer.
    void addToAnswer(Headers headers) {
        added = headers;
    }

    ClientStream stream(Duration keepAlive) {
        stream = new ClientStream(response, time, keepAlive);
        return stream;
    }

    /// Answers with the failure in the client's dialect.
    void refuse(Failure failure) throws ClientGone {
        refuse(codec == null ? PlainErrors.encode(failure) : encoded(codec, failure));
    }

    private ErrorAnswer encoded(DialectCodec client, Failure failure) {
        ErrorAnswer error = client.failures().encode(failure, id.toString());
        return client.failures().shaped(error, asked());
    }

    /// The request's line: a body that nobody has read yet says nothing more.
    private RequestHead asked() {
        return new RequestHead(inbound.path(), QueryString.parse(inbound.query()), Headers.NONE);
    }

    void refuse(ErrorAnswer error) throws ClientGone {
        send(error.status(), error.headers(), error.body());
    }

    /// A local answer: status, headers beside the usual, body.
    void send(int code, Headers headers, byte[] body) throws ClientGone {
        response.start(code, ResponseHead.own(id, Headers.NONE).and(headers), body.length);
        response.endWith(body, 0, body.length);
    }

    /// Tells the client that all attempts failed: as an HTTP error while the status has not gone, else in the stream.
    void lost(ChatCall call, Failure failure, @Nullable ErrorAnswer relay) throws ClientGone {
        if (call.client.hasStarted()) {
            ByteSink out = new ByteSink(512);
            failInStream(call, failure, out);
            call.client.end(out);
            return;
        }
        ErrorAnswer error =
                relay != null && failure instanceof Failure.Upstream upstream && Errors.mayBeRelayed(upstream)
                        ? Errors.withRetryAdvice(call.codec.failures().shaped(relay, call.outline.head()), upstream)
                        : Errors.inOurWords(encoded(call.codec, failure), failure);
        Headers head = ResponseHead.of(call, error.headers()).and(error.headers());
        call.client.whole(error.status(), head, error.body());
    }

    private void failInStream(ChatCall call, Failure failure, ByteSink out) {
        if (call.request() instanceof Outcome.Ok<ChatRequest>(ChatRequest request)) {
            EventEncoder encoder = call.codec.answers().encoder(call.context(request, time.now()));
            encoder.encode(new StreamEvent.Failed(failure), out);
        } else {
            call.codec.answers().tap(EncodedRequest.NONE, call.outline).fail(failure, out);
        }
    }

    /// A defect of ours: the client gets an error when it has nothing yet, else a broken connection, never a clean end.
    void brokenByBug() {
        try {
            if (status == 0) {
                refuse(Failure.Refused.of(
                        Failure.Kind.UPSTREAM_FAULT,
                        "Sluice failed to handle this request; see its log for " + id + "."));
            } else {
                response.abort();
            }
        } catch (ClientGone gone) {
            response.abort();
        }
    }

    /// Adds the CORS headers to whatever is sent, and remembers the status.
    private final class CorsResponse implements ClientResponse {
        private final ClientResponse next;

        CorsResponse(ClientResponse next) {
            this.next = next;
        }

        @Override
        public void start(int code, Headers headers, long length) throws ClientGone {
            status = code;
            next.start(code, headers.and(added), length);
        }

        @Override
        public void write(byte[] bytes, int from, int to) throws ClientGone {
            next.write(bytes, from, to);
        }

        @Override
        public void end() throws ClientGone {
            next.end();
        }

        @Override
        public void endWith(byte[] bytes, int from, int to) throws ClientGone {
            next.endWith(bytes, from, to);
        }

        @Override
        public void abort() {
            next.abort();
        }
    }
}
