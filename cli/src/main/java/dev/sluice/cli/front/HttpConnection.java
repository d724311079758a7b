package dev.sluice.cli.front;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse.ClientGone;
import dev.sluice.model.Headers;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// One client's connection: requests one after the other until either side has had enough. Runs on its own virtual
/// thread.
final class HttpConnection {
    private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long LINGER_BYTES = 16 * 1024 * 1024;

    private final Socket socket;
    private final RequestHandler handler;
    private final LongSupplier maxBody;
    private final FrontLimits limits;
    private final String clientAddress;
    private final ConnectionInput in;
    private final ConnectionOutput out;
    private final HeadReader heads;
    private final BodyReader bodies;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
    private volatile Thread thread = Thread.currentThread();

    private enum Phase {
        IDLE,
        BUSY,
        CLOSED
    }

    HttpConnection(Socket socket, RequestHandler handler, LongSupplier maxBody, FrontLimits limits) throws IOException {
        this.socket = socket;
        this.handler = handler;
        this.maxBody = maxBody;
        this.limits = limits;
        this.clientAddress = socket.getInetAddress().getHostAddress();
        this.in = new ConnectionInput(socket);
        this.out = new ConnectionOutput(socket);
        this.heads = new HeadReader(in, limits);
        this.bodies = new BodyReader(in);
    }

    void run() {
        thread = Thread.currentThread();
        try (socket) {
            while (awaitRequest() && serve()) {
                in.patience(limits.idle());
            }
        } catch (IOException | ClientGone over) {
            LOG.log(System.Logger.Level.TRACE, "connection ended", over);
        } finally {
            phase.set(Phase.CLOSED);
        }
    }

    /// Whether a request begins, in time and before the front stops.
    private boolean awaitRequest() throws IOException {
        phase.compareAndSet(Phase.BUSY, Phase.IDLE);
        if (out.isClosing() && in.isEmpty()) {
            return false;
        }
        in.patience(limits.idle());
        try {
            return in.fill() && phase.compareAndSet(Phase.IDLE, Phase.BUSY);
        } catch (SocketTimeoutException idle) {
            return false;
        }
    }

    /// Answers one request; whether another may follow.
    private boolean serve() throws IOException, ClientGone {
        try {
            RequestHead head = heads.read();
            in.patience(limits.body());
            BodyReader.Body body = body(head);
            ResponseWriter response = new ResponseWriter(out, head, head.keepAlive() && body.reusable());
            handle(request(head, body), response);
            if (!body.reusable() && response.isEnded()) {
                linger();
            }
            return response.isReusable();
        } catch (Refusal refusal) {
            refuse(refusal.status(), refusal.reason());
            return false;
        } catch (SocketTimeoutException slow) {
            refuse(408, "the request did not come in time");
            return false;
        }
    }

    private BodyReader.Body body(RequestHead head) throws IOException {
        if (head.length() == 0) {
            return BodyReader.Body.of(new byte[0]);
        }
        long bound = maxBody.getAsLong();
        boolean waits = head.expectsContinue() && head.http11() && in.isEmpty();
        boolean invited = waits && BodyReader.isAcceptable(head, bound);
        if (invited) {
            out.write(CONTINUE, 0, CONTINUE.length);
        }
        BodyReader.Body raw = bodies.read(head, bound, !waits || invited);
        return limits.inflates() ? raw.decoded(head.contentEncoding(), bound) : raw;
    }

    private InboundRequest request(RequestHead head, BodyReader.Body body) {
        return new InboundRequest(
                head.method(), head.path(), head.query(), head.headers(), body.bytes(), body.problem(), clientAddress);
    }

    private void handle(InboundRequest request, ResponseWriter response) throws ClientGone {
        try {
            handler.handle(request, response);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "the request handler failed", fault);
            if (!response.isStarted()) {
                plain(response, 500, "internal error");
            }
        }
        if (!response.isEnded()) {
            response.abort();
        }
    }

    /// A plain answer to what is not a request; then the connection is closed.
    private void refuse(int status, String message) throws IOException, ClientGone {
        RequestHead none = new RequestHead("GET", "", "", true, Headers.NONE, 0, false);
        plain(new ResponseWriter(out, none, false), status, message);
        linger();
    }

    private static void plain(ResponseWriter response, int status, String message) throws ClientGone {
        byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
        response.start(status, Headers.of("content-type", "text/plain; charset=utf-8"), text.length);
        response.endWith(text, 0, text.length);
    }

    /// Closing while the client still sends would reset the connection and take our answer with it.
    private void linger() throws IOException {
        socket.shutdownOutput();
        long deadline = System.nanoTime() + limits.linger().toNanos();
        try {
            long gone = 0;
            while (gone < LINGER_BYTES && in.fillUntil(deadline)) {
                gone += in.discard(in.buffered());
            }
        } catch (IOException enough) {
            LOG.log(System.Logger.Level.TRACE, "gave up reading", enough);
        }
    }

    /// Closes at once when no request is under way, else after its answer.
    void closeWhenIdle() {
        out.closeAfterResponse();
        if (phase.compareAndSet(Phase.IDLE, Phase.CLOSED)) {
            out.breakOff(false);
        }
    }

    /// Closes a connection whose client takes nothing.
    void closeIfStuck(long now) {
        if (out.isStuck(now, limits.write().toNanos())) {
            out.breakOff(true);
        }
    }

    /// Ends whatever is under way.
    void kill() {
        out.breakOff(true);
        thread.interrupt();
    }
}
