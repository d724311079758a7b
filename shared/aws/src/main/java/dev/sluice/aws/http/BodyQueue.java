package dev.sluice.aws.http;

import dev.sluice.core.ports.ByteStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The body of an answer between the client's thread that brings it and the one thread that reads it.
///
/// Back-pressure: at most [#WINDOW] network reads wait here; more are asked for when half of them are consumed.
final class BodyQueue implements HttpResponse.BodySubscriber<@Nullable Void>, ByteStream {
    private static final int WINDOW = 16;
    private static final int SMALL = 16 * 1024;
    private static final int LARGE = 128 * 1024;

    private final String origin;
    private final CompletionStage<@Nullable Void> body = CompletableFuture.completedFuture(null);
    private final ArrayDeque<List<ByteBuffer>> arrived = new ArrayDeque<>(WINDOW);

    private Flow.@Nullable Subscription subscription;
    private @Nullable Read last;
    private boolean closed;
    private volatile @Nullable Thread reader;

    private List<ByteBuffer> current = List.of();
    private int currentIndex;
    private int consumed;
    private byte[] buffer = new byte[SMALL];

    /// @param origin host and port, for messages
    BodyQueue(String origin) {
        this.origin = origin;
    }

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        boolean unwanted;
        synchronized (this) {
            subscription = given;
            unwanted = closed;
        }
        if (unwanted) {
            given.cancel();
        } else {
            given.request(WINDOW);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        synchronized (this) {
            if (!closed) {
                arrived.add(pieces);
            }
        }
        wake();
    }

    @Override
    public void onComplete() {
        finish(Read.END);
    }

    @Override
    public void onError(Throwable thrown) {
        finish(new Read.Reset("the connection to " + origin + " broke in the middle of the answer"));
    }

    private void finish(Read end) {
        synchronized (this) {
            if (last == null) {
                last = end;
            }
        }
        wake();
    }

    private void wake() {
        Thread waiting = reader;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    @Override
    public Read read(Duration wait) {
        Read here = take();
        if (here != null) {
            return here;
        }
        long until = System.nanoTime() + wait.toNanos();
        reader = Thread.currentThread();
        try {
            for (; ; ) {
                here = take();
                if (here != null) {
                    return here;
                }
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return Read.QUIET;
                }
                if (Thread.currentThread().isInterrupted()) {
                    close();
                    return new Read.Reset("the call to " + origin + " was cancelled");
                }
                LockSupport.parkNanos(this, left);
            }
        } finally {
            reader = null;
        }
    }

    /// What is here, merged; null when nothing is.
    private @Nullable Read take() {
        int filled = 0;
        int pieces = 0;
        synchronized (this) {
            if (nothingHere()) {
                return last;
            }
            if (arrived.size() > 2) {
                grow();
            }
            while (filled < buffer.length && !nothingHere()) {
                ByteBuffer piece = current.get(currentIndex);
                int length = Math.min(piece.remaining(), buffer.length - filled);
                piece.get(buffer, filled, length);
                filled += length;
                if (!piece.hasRemaining() && ++currentIndex == current.size()) {
                    current = List.of();
                    pieces++;
                }
            }
        }
        askForMore(pieces);
        return filled == 0 ? null : new Read.Bytes(buffer, 0, filled);
    }

    /// Moves on to the next pieces that hold something.
    private boolean nothingHere() {
        while (current.isEmpty()) {
            List<ByteBuffer> next = arrived.poll();
            if (next == null) {
                return true;
            }
            current = next;
            currentIndex = 0;
        }
        return false;
    }

    private void grow() {
        if (buffer.length < LARGE) {
            buffer = new byte[LARGE];
        }
    }

    private void askForMore(int pieces) {
        consumed += pieces;
        Flow.Subscription from = subscription;
        if (consumed >= WINDOW / 2 && from != null) {
            int more = consumed;
            consumed = 0;
            from.request(more);
        }
    }

    @Override
    public void close() {
        Flow.Subscription open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            arrived.clear();
            current = List.of();
            open = last == null ? subscription : null;
            if (last == null) {
                last = new Read.Reset("the answer of " + origin + " was let go");
            }
        }
        if (open != null) {
            open.cancel();
        }
    }
}
