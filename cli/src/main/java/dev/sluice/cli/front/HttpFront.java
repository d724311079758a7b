package dev.sluice.cli.front;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// A listening HTTP/1.1 server, from `open` to `stop`. Thread-safe.
public final class HttpFront implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());
    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final RequestHandler handler;
    private final LongSupplier maxBody;
    private final FrontLimits limits;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Phaser open = new Phaser(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private HttpFront(ServerSocket listener, RequestHandler handler, LongSupplier maxBody, FrontLimits limits) {
        this.listener = listener;
        this.handler = handler;
        this.maxBody = maxBody;
        this.limits = limits;
    }

    /// Listens there with the usual limits.
    ///
    /// @param maxBody the largest request body in bytes, asked for each request
    public static HttpFront open(InetSocketAddress address, RequestHandler handler, LongSupplier maxBody)
            throws IOException {
        return open(address, handler, maxBody, FrontLimits.DEFAULT);
    }

    public static HttpFront open(
            InetSocketAddress address, RequestHandler handler, LongSupplier maxBody, FrontLimits limits)
            throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address, BACKLOG);
        } catch (IOException taken) {
            listener.close();
            throw taken;
        }
        HttpFront front = new HttpFront(listener, handler, maxBody, limits);
        Thread.ofVirtual().name("front-accept").start(front::accept);
        Thread.ofVirtual().name("front-watch").start(front::watch);
        return front;
    }

    /// Where it listens, with the port that was found when none was asked for.
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException failed) {
                if (!listener.isClosed()) {
                    LOG.log(System.Logger.Level.WARNING, "a connection could not be accepted", failed);
                    pause();
                }
            }
        }
    }

    /// Out of file descriptors, most likely: trying again at once would only burn the processor.
    private void pause() {
        try {
            boolean _ = stopped.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        HttpConnection connection = new HttpConnection(socket, handler, maxBody, limits);
        connections.add(connection);
        open.register();
        Thread.ofVirtual().name("front-connection").start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
                open.arriveAndDeregister();
            }
        });
        if (listener.isClosed()) {
            connection.closeWhenIdle();
        }
    }

    /// Looks after writes that stand still; see [ConnectionOutput].
    private void watch() {
        long period = Math.max(1, limits.write().toMillis() / 8);
        try {
            while (!stopped.await(period, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                connections.forEach(connection -> connection.closeIfStuck(now));
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes no new connections, closes idle ones, lets answers in flight finish for so long, then ends what is left.
    ///
    /// @return whether all of them finished
    public boolean stop(Duration grace) {
        closeListener();
        connections.forEach(HttpConnection::closeWhenIdle);
        boolean finished = awaitConnections(grace);
        if (!finished) {
            connections.forEach(HttpConnection::kill);
        }
        stopped.countDown();
        return finished;
    }

    private boolean awaitConnections(Duration grace) {
        int phase = open.arriveAndDeregister();
        if (open.isTerminated()) {
            return true;
        }
        try {
            open.awaitAdvanceInterruptibly(phase, grace.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.WARNING, "the listener could not be closed", failed);
        }
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
