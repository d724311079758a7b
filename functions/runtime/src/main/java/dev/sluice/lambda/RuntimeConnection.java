package dev.sluice.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// One worker's socket to the Runtime API, kept from one request to the next and opened anew when it is gone.
///
/// A plain socket, because no HTTP client of the JDK can send trailers. Reads wait without end: the environment may be
/// frozen for hours in the middle of one. Not thread-safe.
final class RuntimeConnection {
    private static final int CONNECT_MILLIS = 5_000;

    private final String host;
    private final int port;
    private @Nullable Open open;

    private record Open(Socket socket, OutputStream out, ReplyReader in) {}

    RuntimeConnection(String host, int port) {
        this.host = host;
        this.port = port;
    }

    String authority() {
        return host + ":" + port;
    }

    boolean isOpen() {
        return open != null;
    }

    void write(byte[] bytes, int from, int to) throws IOException {
        connected().out().write(bytes, from, to - from);
    }

    /// Whether the service has said something that was not waited for.
    boolean hasBytes() throws IOException {
        return connected().in().hasBytes();
    }

    Reply reply(int bound) throws IOException {
        Reply reply = connected().in().read(bound);
        if (reply.last()) {
            close();
        }
        return reply;
    }

    private Open connected() throws IOException {
        if (open == null) {
            open = connect();
        }
        return open;
    }

    private Open connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return new Open(socket, socket.getOutputStream(), new ReplyReader(socket.getInputStream()));
        } catch (IOException | IllegalArgumentException refused) {
            socket.close();
            throw refused instanceof IOException failure ? failure : new ProtocolException(refused.getMessage());
        }
    }

    void close() {
        if (open != null) {
            Open closing = open;
            open = null;
            try {
                closing.socket().close();
            } catch (IOException closed) {
                System.getLogger(RuntimeConnection.class.getName())
                        .log(System.Logger.Level.TRACE, "was closed already", closed);
            }
        }
    }
}
