package dev.sluice.cli.lambda;

import dev.sluice.model.Headers;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/// The way of an answer from the runtime's connection to whoever invoked. Bounded: who writes waits for who reads. The
/// first end or failure counts, whatever comes later is dropped. Thread-safe.
final class AnswerPipe {
    private static final int PIECES = 64;
    private static final int PLENTY = 1 << 20;

    private final LinkedBlockingQueue<AnswerPart> parts = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(PIECES);
    private boolean over;

    void begin(String contentType, boolean streaming) {
        put(new AnswerPart.Begun(contentType, streaming), false);
    }

    void bytes(byte[] bytes) throws InterruptedException {
        room.acquire();
        put(new AnswerPart.Bytes(bytes), false);
    }

    /// Whether this was the end, and not an earlier one.
    boolean end(Headers trailers) {
        return put(new AnswerPart.Ended(trailers), true);
    }

    boolean fail(InvocationFailure failure) {
        boolean first = put(new AnswerPart.Failed(failure), true);
        room.release(PLENTY); // a writer that waits must not wait for ever
        return first;
    }

    private synchronized boolean put(AnswerPart part, boolean last) {
        if (over) {
            return false;
        }
        over = last;
        parts.add(part);
        return true;
    }

    synchronized boolean isOver() {
        return over;
    }

    AnswerPart take() throws InterruptedException {
        AnswerPart part = parts.take();
        if (part instanceof AnswerPart.Bytes) {
            room.release();
        }
        return part;
    }
}
