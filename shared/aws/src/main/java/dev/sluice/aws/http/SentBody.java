package dev.sluice.aws.http;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/// The request's bytes; being asked for them means that the connection stands.
///
/// They go out in pieces of the one array: `BodyPublishers.ofByteArray` copies all of them once more.
record SentBody(byte[] bytes, Exchange exchange) implements HttpRequest.BodyPublisher {
    /// The client copies each piece into a native buffer that it keeps per thread, as large as the largest.
    private static final int PIECE = 64 * 1024;

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (exchange.phase() == Exchange.Phase.CONNECTING) {
            exchange.enter(Exchange.Phase.SENT);
        }
        subscriber.onSubscribe(new Pieces(bytes, subscriber));
    }

    /// Gives as many pieces as were asked for; a request from within `onNext` is served by the loop that called it.
    private static final class Pieces implements Flow.Subscription {
        private final byte[] bytes;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong wanted = new AtomicLong();
        private volatile boolean over;
        private int at;

        Pieces(byte[] bytes, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.bytes = bytes;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long more) {
            if (more <= 0) {
                if (!over) {
                    over = true;
                    subscriber.onError(new IllegalArgumentException("asked for " + more + " pieces"));
                }
                return;
            }
            long before = wanted.getAndAccumulate(more, Pieces::bounded);
            if (before == 0) {
                give();
            }
        }

        private static long bounded(long one, long other) {
            long sum = one + other;
            return sum < 0 ? Long.MAX_VALUE : sum;
        }

        private void give() {
            do {
                if (!over && at < bytes.length) {
                    int length = Math.min(PIECE, bytes.length - at);
                    ByteBuffer piece = ByteBuffer.wrap(bytes, at, length);
                    at += length;
                    subscriber.onNext(piece);
                }
                if (!over && at == bytes.length) {
                    over = true;
                    subscriber.onComplete();
                }
            } while (!over && wanted.decrementAndGet() > 0);
        }

        @Override
        public void cancel() {
            over = true;
        }
    }
}
