package dev.sluice.aws.http;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Reads an answer whole, up to a bound.
final class WholeBody implements HttpResponse.BodySubscriber<byte[]> {
    private final int bound;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final List<ByteBuffer> pieces = new ArrayList<>();

    private Flow.@Nullable Subscription subscription;
    private int size;

    /// More bytes came than may be kept.
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("larger than the bound", null, false, false);
        }
    }

    WholeBody(int bound) {
        this.bound = bound;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> more) {
        for (ByteBuffer piece : more) {
            if (piece.remaining() > bound - size) {
                giveUp();
                return;
            }
            size += piece.remaining();
            pieces.add(piece);
        }
    }

    private void giveUp() {
        pieces.clear();
        whole.completeExceptionally(new TooLarge());
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        whole.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        byte[] bytes = new byte[size];
        int at = 0;
        for (ByteBuffer piece : pieces) {
            int length = piece.remaining();
            piece.get(bytes, at, length);
            at += length;
        }
        pieces.clear();
        whole.complete(bytes);
    }
}
