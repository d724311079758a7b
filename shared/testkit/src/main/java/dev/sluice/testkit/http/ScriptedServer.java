package dev.sluice.testkit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/// A server on loopback that plays one script per connection, in order; the last one again for all that follow.
public final class ScriptedServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /// What the server does on one connection. The connection is closed after it.
    @FunctionalInterface
    public interface Script {
        void play(ScriptedPeer peer) throws IOException, InterruptedException;
    }

    private ScriptedServer(ServerSocket listener, List<Script> scripts) {
        this.listener = listener;
        this.scripts = scripts;
    }

    public static ScriptedServer playing(Script... scripts) throws IOException {
        return over(ServerSocketFactory.getDefault(), scripts);
    }

    /// On sockets of that kind, as for TLS.
    public static ScriptedServer over(ServerSocketFactory sockets, Script... scripts) throws IOException {
        ServerSocket listener = sockets.createServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
        ScriptedServer server = new ScriptedServer(listener, List.of(scripts));
        Thread.ofVirtual().name("scripted-server").start(server::accept);
        return server;
    }

    /// Answers every request of every connection with these bytes.
    public static ScriptedServer answering(String answer) throws IOException {
        return playing(peer -> {
            while (!peer.readRequest().isEmpty()) {
                peer.send(answer);
            }
        });
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Script script = scripts.get(Math.min(accepted.getAndIncrement(), scripts.size() - 1));
                Thread.ofVirtual().name("scripted-peer").start(() -> play(script, socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void play(Script script, Socket socket) {
        try (socket) {
            script.play(new ScriptedPeer(socket, requests));
        } catch (IOException clientWentAway) {
            // a script writes to clients that give up: that is what many tests are about
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /// How many connections came.
    public int connections() {
        return accepted.get();
    }

    /// Every request that was read, head and body, as it came.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException alreadyClosed) {
            // nothing is left to close
        }
    }
}
