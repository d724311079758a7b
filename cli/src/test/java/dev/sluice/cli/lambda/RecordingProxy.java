package dev.sluice.cli.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Passes bytes on to another server on loopback and remembers what clients sent, before and after the moment at which it
/// closes every connection. Thread-safe.
final class RecordingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final URI target;
    private final List<Socket> open = new ArrayList<>();
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder after = new StringBuilder();
    private boolean cut;
    private int connectionsAfter;

    private RecordingProxy(ServerSocket listener, URI target) {
        this.listener = listener;
        this.target = target;
    }

    static RecordingProxy to(URI target) throws IOException {
        RecordingProxy proxy = new RecordingProxy(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().name("recording-proxy").start(proxy::accept);
        return proxy;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                keep(client, server);
                Thread.ofVirtual().start(() -> pump(client, server, true));
                Thread.ofVirtual().start(() -> pump(server, client, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private synchronized void keep(Socket client, Socket server) {
        open.add(client);
        open.add(server);
        if (cut) {
            connectionsAfter++;
        }
    }

    private void pump(Socket from, Socket to, boolean recorded) {
        byte[] piece = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (recorded) {
                    record(piece, length);
                }
                to.getOutputStream().write(piece, 0, length);
            }
        } catch (IOException closed) {
            // either end may go at any time
        }
    }

    private synchronized void record(byte[] piece, int length) {
        (cut ? after : before).append(new String(Arrays.copyOf(piece, length), StandardCharsets.ISO_8859_1));
    }

    /// Closes what is open; whatever comes from now on comes after.
    synchronized void cut() {
        cut = true;
        for (Socket socket : open) {
            RuntimeApiServer.closeQuietly(socket);
        }
        open.clear();
    }

    /// The access keys that requests were signed with.
    synchronized Set<String> keysBefore() {
        return keys(before.toString());
    }

    synchronized Set<String> keysAfter() {
        return keys(after.toString());
    }

    synchronized int connectionsAfter() {
        return connectionsAfter;
    }

    private static Set<String> keys(String sent) {
        Set<String> keys = new LinkedHashSet<>();
        String mark = "Credential=";
        for (int at = sent.indexOf(mark); at >= 0; at = sent.indexOf(mark, at + 1)) {
            keys.add(sent.substring(at + mark.length(), sent.indexOf('/', at)));
        }
        return keys;
    }

    @Override
    public void close() {
        RuntimeApiServer.closeQuietly(listener);
        cut();
    }
}
