package dev.sluice.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Headers;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentBodyTest {
    private static SentBody body(int length) {
        byte[] bytes = new byte[length];
        new Random(5).nextBytes(bytes);
        Upstream.Call call = new Upstream.Call(
                URI.create("http://127.0.0.1/"), Headers.NONE, bytes, false, Calls.LONG, Calls.LONG, Calls.LONG, true);
        return new SentBody(bytes, new Exchange(call, "127.0.0.1:80"));
    }

    /// Asks for that many pieces at a time, the next ones from within `onNext`.
    private static final class Collecting implements Flow.Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private final int atATime;
        private final boolean goesOn;
        private Flow.Subscription subscription;
        private int pieces;
        private int ends;
        private int errors;

        Collecting(int atATime, boolean goesOn) {
            this.atATime = atATime;
            this.goesOn = goesOn;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(atATime);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            collected.writeBytes(bytes);
            if (++pieces % atATime == 0 && goesOn) {
                subscription.request(atATime);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            errors++;
        }

        @Override
        public void onComplete() {
            ends++;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "65536, 1", "65537, 1", "300000, 1", "300000, 2", "300000, 1000"})
    void gives_every_byte_once_and_then_the_end(int length, int atATime) {
        SentBody body = body(length);
        Collecting collecting = new Collecting(atATime, true);
        body.subscribe(collecting);
        assertThat(collecting.collected.toByteArray()).isEqualTo(body.bytes());
        assertThat(collecting.ends).isEqualTo(1);
        assertThat(collecting.errors).isZero();
    }

    @Test
    void gives_no_more_than_was_asked_for() {
        Collecting collecting = new Collecting(2, false);
        body(300_000).subscribe(collecting);
        assertThat(collecting.pieces).isEqualTo(2);
        assertThat(collecting.ends).isZero();
        collecting.subscription.request(1);
        assertThat(collecting.pieces).isEqualTo(3);
    }

    @Test
    void gives_nothing_after_it_was_cancelled() {
        Collecting collecting = new Collecting(1, false);
        body(300_000).subscribe(collecting);
        collecting.subscription.cancel();
        collecting.subscription.request(5);
        assertThat(collecting.pieces).isEqualTo(1);
        assertThat(collecting.ends).isZero();
    }

    @Test
    void can_be_sent_twice() {
        SentBody body = body(100_000);
        body.subscribe(new Collecting(1, true));
        Collecting again = new Collecting(1, true);
        body.subscribe(again);
        assertThat(again.collected.toByteArray()).isEqualTo(body.bytes());
    }

    @Test
    void asking_for_nothing_is_an_error() {
        Collecting collecting = new Collecting(1, false);
        body(300_000).subscribe(collecting);
        collecting.subscription.request(0);
        assertThat(collecting.errors).isEqualTo(1);
    }
}
