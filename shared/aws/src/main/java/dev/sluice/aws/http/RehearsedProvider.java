package dev.sluice.aws.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/// A provider inside this process that answers every request on loopback: a stream where one is asked for, else a whole
/// body. After `close` nothing of it is open.
final class RehearsedProvider implements AutoCloseable {
    static final String WORDS = "rehearsed";

    private static final byte[] EVENT = ("data: {\"" + WORDS + "\":true}\n\n").getBytes(StandardCharsets.US_ASCII);
    private static final int EVENTS = 3;

    private final ServerSocket listener;
    private final String scheme;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    RehearsedProvider(String scheme, ServerSocketFactory sockets) throws IOException {
        this.scheme = scheme;
        this.listener = sockets.createServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        Thread.ofVirtual().name("rehearsed-provider").start(this::accept);
    }

    URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + "/v1/rehearsal");
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                clients.add(client);
                Thread.ofVirtual().name("rehearsed-connection").start(() -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                int at = head.indexOf("content-length: ");
                in.skipNBytes(at < 0 ? 0 : Long.parseLong(head, at + 16, head.indexOf('\r', at), 10));
                if (head.contains("text/event-stream")) {
                    stream(out);
                } else {
                    whole(out);
                }
            }
        } catch (IOException over) {
            // the client has what it wanted
        } finally {
            clients.remove(client);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.append(Character.toLowerCase((char) octet));
        }
        return head.toString();
    }

    private static void stream(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < EVENTS; i++) {
            write(out, Integer.toHexString(EVENT.length) + "\r\n");
            out.write(EVENT);
            write(out, "\r\n");
        }
        write(out, "0\r\n\r\n");
    }

    private static void whole(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + EVENT.length + "\r\n\r\n");
        out.write(EVENT);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
