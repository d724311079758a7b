package dev.sluice.cli.lambda;

import dev.sluice.cli.front.ConnectionInput;
import dev.sluice.cli.front.FrontLimits;
import dev.sluice.cli.front.HeadReader;
import dev.sluice.cli.front.Refusal;
import dev.sluice.cli.front.RequestHead;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One connection of a runtime: request after request, in the order they come. Runs on its own virtual thread; only
/// `close` and `isWaiting` may be called from others.
final class RuntimeConnection {
    private static final System.Logger LOG = System.getLogger(RuntimeConnection.class.getName());
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration FOR_EVER = Duration.ofDays(20);

    private final Socket socket;
    private final RuntimeDesk desk;
    private final ConnectionInput in;
    private final HeadReader heads;
    private volatile boolean waiting;

    RuntimeConnection(Socket socket, RuntimeDesk desk) throws IOException {
        this.socket = socket;
        this.desk = desk;
        this.in = new ConnectionInput(socket);
        this.heads = new HeadReader(in, FrontLimits.DEFAULT);
    }

    void run() {
        try (socket) {
            while (awaitRequest() && serve()) {
                // one request after the other
            }
        } catch (IOException over) {
            LOG.log(System.Logger.Level.TRACE, "a runtime's connection ended", over);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitRequest() throws IOException {
        in.patience(FOR_EVER); // a frozen process may sleep within a request too
        return in.fill();
    }

    private boolean serve() throws IOException, InterruptedException {
        try {
            RequestHead head = heads.read();
            in.patience(FOR_EVER);
            if (head.expectsContinue()) {
                socket.getOutputStream().write(CONTINUE);
            }
            return desk.serve(this, head, new Upload(in, head));
        } catch (Refusal refusal) {
            reply(RuntimeReply.plain(refusal.status(), refusal.reason()));
            return false;
        }
    }

    void reply(RuntimeReply reply) throws IOException {
        socket.getOutputStream().write(reply.bytes());
    }

    /// Whether the runtime waits here for an event or for its restore.
    boolean isWaiting() {
        return waiting;
    }

    void waiting(boolean now) {
        waiting = now;
    }

    void close() {
        RuntimeApiServer.closeQuietly(socket);
    }
}
